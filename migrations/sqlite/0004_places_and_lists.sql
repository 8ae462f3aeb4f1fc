CREATE TABLE `prompt_lists` (
	`study_id` text NOT NULL,
	`study_version` integer NOT NULL,
	`seed` integer NOT NULL,
	`next_position` integer DEFAULT 0 NOT NULL,
	`created_at_ms` integer NOT NULL,
	PRIMARY KEY(`study_id`, `study_version`),
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
DROP INDEX `assignments_study_status_ix`;--> statement-breakpoint
DROP INDEX `assignments_rater_ix`;--> statement-breakpoint
ALTER TABLE `assignments` ADD `remind_at_ms` integer;--> statement-breakpoint
ALTER TABLE `assignments` ADD `keeps_place` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX `assignments_study_status_ix` ON `assignments` (`study_id`,`status`,`lease_expires_at_ms`);--> statement-breakpoint
CREATE INDEX `assignments_rater_ix` ON `assignments` (`rater_id`,`study_id`,`started_at_ms`);--> statement-breakpoint
ALTER TABLE `studies` ADD `places_held` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `study_raters` ADD `arm_key` text;--> statement-breakpoint
ALTER TABLE `study_raters` ADD `arm_probability` real;--> statement-breakpoint
ALTER TABLE `study_raters` ADD `withdrawn_at_ms` integer;