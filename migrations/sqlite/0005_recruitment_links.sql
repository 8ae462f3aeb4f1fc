CREATE TABLE `external_ids` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`study_id` text NOT NULL,
	`link_id` text NOT NULL,
	`kind` text NOT NULL,
	`external_id` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`link_id`) REFERENCES `recruitment_links`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "external_ids_kind_ck" CHECK("external_ids"."kind" in ('prolific', 'generic'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `external_ids_study_id_uq` ON `external_ids` (`study_id`,`kind`,`external_id`);--> statement-breakpoint
CREATE INDEX `external_ids_user_ix` ON `external_ids` (`user_id`);--> statement-breakpoint
CREATE INDEX `external_ids_link_ix` ON `external_ids` (`link_id`);--> statement-breakpoint
CREATE TABLE `external_sessions` (
	`external_id_id` text NOT NULL,
	`session` text NOT NULL,
	`external_study` text NOT NULL,
	`arrived_at_ms` integer NOT NULL,
	PRIMARY KEY(`external_id_id`, `session`),
	FOREIGN KEY (`external_id_id`) REFERENCES `external_ids`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `personal_links` (
	`token_sha256` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`expires_at_ms` integer NOT NULL,
	`used_at_ms` integer,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `personal_links_user_ix` ON `personal_links` (`user_id`);--> statement-breakpoint
CREATE TABLE `recruitment_links` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`study_id` text NOT NULL,
	`kind` text NOT NULL,
	`status` text DEFAULT 'open' NOT NULL,
	`pool` text DEFAULT '' NOT NULL,
	`max_raters` integer,
	`trusts_ids` integer DEFAULT false NOT NULL,
	`created_by` text,
	`created_at_ms` integer NOT NULL,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`created_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null,
	CONSTRAINT "recruitment_links_kind_ck" CHECK("recruitment_links"."kind" in ('prolific', 'generic')),
	CONSTRAINT "recruitment_links_status_ck" CHECK("recruitment_links"."status" in ('open', 'closed')),
	CONSTRAINT "recruitment_links_max_ck" CHECK("recruitment_links"."max_raters" is null or "recruitment_links"."max_raters" >= 1)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `recruitment_links_slug_uq` ON `recruitment_links` (`slug`);--> statement-breakpoint
CREATE INDEX `recruitment_links_study_ix` ON `recruitment_links` (`study_id`,`created_at_ms`);