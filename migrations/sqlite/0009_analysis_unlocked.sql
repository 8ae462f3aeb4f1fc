ALTER TABLE `studies` ADD `analysis_unlocked_at_ms` integer;--> statement-breakpoint
ALTER TABLE `studies` ADD `analysis_unlocked_by` text REFERENCES user(id) ON DELETE set null;