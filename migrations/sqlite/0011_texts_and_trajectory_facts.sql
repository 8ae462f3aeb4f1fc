CREATE TABLE `text_decisions` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`study_id` text NOT NULL,
	`trajectory_id` text NOT NULL,
	`turn_index` integer,
	`field` text NOT NULL,
	`decision` text NOT NULL,
	`replacement` text,
	`text_sha256` text NOT NULL,
	`batch_id` text NOT NULL,
	`decided_by` text,
	`decided_at_ms` integer NOT NULL,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`trajectory_id`) REFERENCES `trajectories`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`decided_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null,
	CONSTRAINT "text_decisions_field_ck" CHECK("text_decisions"."field" in ('initial_prompt', 'critique', 'rationale')),
	CONSTRAINT "text_decisions_decision_ck" CHECK("text_decisions"."decision" in ('kept', 'redacted', 'excluded', 'undone')),
	CONSTRAINT "text_decisions_replacement_ck" CHECK(("text_decisions"."decision" = 'redacted') = ("text_decisions"."replacement" is not null))
);
--> statement-breakpoint
CREATE INDEX `text_decisions_study_ix` ON `text_decisions` (`study_id`,`id`);--> statement-breakpoint
CREATE INDEX `text_decisions_trajectory_ix` ON `text_decisions` (`trajectory_id`,`id`);--> statement-breakpoint
CREATE INDEX `text_decisions_batch_ix` ON `text_decisions` (`batch_id`);--> statement-breakpoint
ALTER TABLE `trajectories` ADD `assignment_status` text;--> statement-breakpoint
ALTER TABLE `trajectories` ADD `chosen_turns` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `trajectories` ADD `mean_satisfaction` real;