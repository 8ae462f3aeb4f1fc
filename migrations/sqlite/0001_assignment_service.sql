ALTER TABLE `assignments` ADD `offered_by` text REFERENCES user(id) ON DELETE set null;--> statement-breakpoint
ALTER TABLE `assignments` ADD `reminded_at_ms` integer;--> statement-breakpoint
ALTER TABLE `assignments` ADD `reviewed_by` text REFERENCES user(id) ON DELETE set null;--> statement-breakpoint
ALTER TABLE `assignments` ADD `reviewed_at_ms` integer;--> statement-breakpoint
ALTER TABLE `assignments` ADD `review_note` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `assignments` ADD `external_session` text;--> statement-breakpoint
ALTER TABLE `trajectories` ADD `prompt_cue` text DEFAULT '' NOT NULL;