CREATE TABLE `work_times` (
	`assignment_id` text NOT NULL,
	`writer_id` text NOT NULL,
	`phase` text NOT NULL,
	`turn_index` integer NOT NULL,
	`active_ms` integer NOT NULL,
	`idle_ms` integer NOT NULL,
	`waiting_ms` integer NOT NULL,
	`first_at_ms` integer NOT NULL,
	`updated_at_ms` integer NOT NULL,
	PRIMARY KEY(`assignment_id`, `writer_id`, `phase`, `turn_index`),
	FOREIGN KEY (`assignment_id`) REFERENCES `assignments`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "work_times_phase_ck" CHECK("work_times"."phase" in ('consent', 'about_you', 'instructions', 'practice', 'prompt', 'interaction', 'evaluation', 'done'))
);
--> statement-breakpoint
ALTER TABLE `assignments` ADD `writer_id` text;--> statement-breakpoint
ALTER TABLE `assignments` ADD `writer_token` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `assignments` ADD `writer_seen_at_ms` integer;