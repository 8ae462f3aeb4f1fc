CREATE TABLE `account` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`provider_id` text NOT NULL,
	`user_id` text NOT NULL,
	`access_token` text,
	`refresh_token` text,
	`id_token` text,
	`access_token_expires_at` integer,
	`refresh_token_expires_at` integer,
	`scope` text,
	`password` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `account_user_ix` ON `account` (`user_id`);--> statement-breakpoint
CREATE TABLE `allocation_entries` (
	`list_id` text NOT NULL,
	`position` integer NOT NULL,
	`block_index` integer NOT NULL,
	`arm_id` text NOT NULL,
	`trajectory_id` text,
	`drawn_at_ms` integer,
	PRIMARY KEY(`list_id`, `position`),
	FOREIGN KEY (`list_id`) REFERENCES `allocation_lists`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`arm_id`) REFERENCES `arms`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`trajectory_id`) REFERENCES `trajectories`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `allocation_entries_trajectory_uq` ON `allocation_entries` (`trajectory_id`);--> statement-breakpoint
CREATE TABLE `allocation_lists` (
	`id` text PRIMARY KEY NOT NULL,
	`study_id` text NOT NULL,
	`study_version` integer NOT NULL,
	`stratum` text NOT NULL,
	`seed` integer NOT NULL,
	`next_position` integer DEFAULT 0 NOT NULL,
	`created_at_ms` integer NOT NULL,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `allocation_lists_stratum_uq` ON `allocation_lists` (`study_id`,`study_version`,`stratum`);--> statement-breakpoint
CREATE TABLE `api_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`prefix` text NOT NULL,
	`key_sha256` text NOT NULL,
	`scopes` text NOT NULL,
	`owner_user_id` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`expires_at_ms` integer,
	`revoked_at_ms` integer,
	`last_used_at_ms` integer,
	FOREIGN KEY (`owner_user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_keys_hash_uq` ON `api_keys` (`key_sha256`);--> statement-breakpoint
CREATE INDEX `api_keys_owner_ix` ON `api_keys` (`owner_user_id`);--> statement-breakpoint
CREATE TABLE `arms` (
	`id` text PRIMARY KEY NOT NULL,
	`study_id` text NOT NULL,
	`study_version` integer NOT NULL,
	`arm_key` text NOT NULL,
	`label` text NOT NULL,
	`weight` integer NOT NULL,
	`agent` text NOT NULL,
	`status` text DEFAULT 'open' NOT NULL,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "arms_weight_ck" CHECK("arms"."weight" >= 1),
	CONSTRAINT "arms_status_ck" CHECK("arms"."status" in ('open', 'paused'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `arms_study_version_key_uq` ON `arms` (`study_id`,`study_version`,`arm_key`);--> statement-breakpoint
CREATE TABLE `assignments` (
	`id` text PRIMARY KEY NOT NULL,
	`study_id` text NOT NULL,
	`study_version` integer NOT NULL,
	`rater_id` text NOT NULL,
	`status` text NOT NULL,
	`lease_expires_at_ms` integer NOT NULL,
	`completion_code` text NOT NULL,
	`started_at_ms` integer NOT NULL,
	`submitted_at_ms` integer,
	`updated_at_ms` integer NOT NULL,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`rater_id`) REFERENCES `raters`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "assignments_status_ck" CHECK("assignments"."status" in ('offered', 'active', 'paused', 'submitted', 'approved', 'rejected', 'returned', 'expired', 'withdrawn'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `assignments_one_live_uq` ON `assignments` (`study_id`,`rater_id`) WHERE "assignments"."status" in ('offered', 'active', 'paused');--> statement-breakpoint
CREATE INDEX `assignments_study_status_ix` ON `assignments` (`study_id`,`status`);--> statement-breakpoint
CREATE INDEX `assignments_rater_ix` ON `assignments` (`rater_id`,`started_at_ms`);--> statement-breakpoint
CREATE INDEX `assignments_lease_ix` ON `assignments` (`status`,`lease_expires_at_ms`);--> statement-breakpoint
CREATE TABLE `audit_log` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at_ms` integer NOT NULL,
	`actor_user_id` text,
	`action` text NOT NULL,
	`subject_type` text NOT NULL,
	`subject_id` text NOT NULL,
	`data` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_log_at_ix` ON `audit_log` (`at_ms`);--> statement-breakpoint
CREATE INDEX `audit_log_subject_ix` ON `audit_log` (`subject_type`,`subject_id`);--> statement-breakpoint
CREATE TABLE `candidates` (
	`turn_id` text NOT NULL,
	`candidate_index` integer NOT NULL,
	`prompt` text NOT NULL,
	`category` text NOT NULL,
	`in_slate` integer NOT NULL,
	`selector_score` real,
	`propensity` real,
	PRIMARY KEY(`turn_id`, `candidate_index`),
	FOREIGN KEY (`turn_id`) REFERENCES `turns`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "candidates_propensity_ck" CHECK("candidates"."propensity" is null or ("candidates"."propensity" >= 0 and "candidates"."propensity" <= 1))
);
--> statement-breakpoint
CREATE TABLE `choices` (
	`turn_id` text PRIMARY KEY NOT NULL,
	`trajectory_id` text NOT NULL,
	`column_id` text NOT NULL,
	`critique` text DEFAULT '' NOT NULL,
	`critique_sent_to_agent` text DEFAULT '' NOT NULL,
	`chosen_at_ms` integer NOT NULL,
	`active_ms` integer,
	`idle_ms` integer,
	`waiting_ms` integer,
	FOREIGN KEY (`turn_id`) REFERENCES `turns`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`trajectory_id`) REFERENCES `trajectories`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`column_id`) REFERENCES `columns`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `choices_trajectory_ix` ON `choices` (`trajectory_id`);--> statement-breakpoint
CREATE INDEX `choices_column_ix` ON `choices` (`column_id`);--> statement-breakpoint
CREATE TABLE `column_satisfactions` (
	`column_id` text PRIMARY KEY NOT NULL,
	`turn_id` text NOT NULL,
	`trajectory_id` text NOT NULL,
	`satisfaction` integer NOT NULL,
	`updated_at_ms` integer NOT NULL,
	FOREIGN KEY (`column_id`) REFERENCES `columns`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`turn_id`) REFERENCES `turns`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`trajectory_id`) REFERENCES `trajectories`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "column_satisfactions_value_ck" CHECK("column_satisfactions"."satisfaction" between 1 and 5)
);
--> statement-breakpoint
CREATE INDEX `column_satisfactions_trajectory_ix` ON `column_satisfactions` (`trajectory_id`);--> statement-breakpoint
CREATE TABLE `columns` (
	`id` text PRIMARY KEY NOT NULL,
	`turn_id` text NOT NULL,
	`trajectory_id` text NOT NULL,
	`column_index` integer NOT NULL,
	`display_position` integer NOT NULL,
	`candidate_index` integer NOT NULL,
	`prompt` text NOT NULL,
	`category` text NOT NULL,
	FOREIGN KEY (`turn_id`) REFERENCES `turns`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`trajectory_id`) REFERENCES `trajectories`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `columns_turn_index_uq` ON `columns` (`turn_id`,`column_index`);--> statement-breakpoint
CREATE UNIQUE INDEX `columns_turn_position_uq` ON `columns` (`turn_id`,`display_position`);--> statement-breakpoint
CREATE INDEX `columns_trajectory_ix` ON `columns` (`trajectory_id`);--> statement-breakpoint
CREATE TABLE `consents` (
	`id` text PRIMARY KEY NOT NULL,
	`rater_id` text NOT NULL,
	`study_id` text NOT NULL,
	`consent_version` integer NOT NULL,
	`scopes` text NOT NULL,
	`given_at_ms` integer NOT NULL,
	`withdrawn_at_ms` integer,
	FOREIGN KEY (`rater_id`) REFERENCES `raters`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `consents_rater_study_version_uq` ON `consents` (`rater_id`,`study_id`,`consent_version`);--> statement-breakpoint
CREATE TABLE `drafts` (
	`assignment_id` text NOT NULL,
	`field` text NOT NULL,
	`value` text NOT NULL,
	`revision` integer DEFAULT 1 NOT NULL,
	`updated_at_ms` integer NOT NULL,
	PRIMARY KEY(`assignment_id`, `field`),
	FOREIGN KEY (`assignment_id`) REFERENCES `assignments`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `events` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at_ms` integer NOT NULL,
	`type` text NOT NULL,
	`study_id` text,
	`rater_id` text,
	`assignment_id` text,
	`trajectory_id` text,
	`turn_id` text,
	`data` text NOT NULL,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`rater_id`) REFERENCES `raters`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`assignment_id`) REFERENCES `assignments`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`trajectory_id`) REFERENCES `trajectories`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`turn_id`) REFERENCES `turns`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `events_study_ix` ON `events` (`study_id`,`id`);--> statement-breakpoint
CREATE INDEX `events_trajectory_ix` ON `events` (`trajectory_id`,`id`);--> statement-breakpoint
CREATE INDEX `events_assignment_ix` ON `events` (`assignment_id`,`id`);--> statement-breakpoint
CREATE TABLE `exports` (
	`id` text PRIMARY KEY NOT NULL,
	`study_id` text NOT NULL,
	`requested_by` text,
	`status` text NOT NULL,
	`profile` text NOT NULL,
	`files` text,
	`error` text,
	`created_at_ms` integer NOT NULL,
	`finished_at_ms` integer,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`requested_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null,
	CONSTRAINT "exports_status_ck" CHECK("exports"."status" in ('running', 'done', 'failed')),
	CONSTRAINT "exports_profile_ck" CHECK("exports"."profile" in ('internal', 'shared', 'public'))
);
--> statement-breakpoint
CREATE INDEX `exports_study_ix` ON `exports` (`study_id`,`created_at_ms`);--> statement-breakpoint
CREATE TABLE `generation_steps` (
	`id` text PRIMARY KEY NOT NULL,
	`turn_id` text NOT NULL,
	`trajectory_id` text NOT NULL,
	`kind` text NOT NULL,
	`image_id` text,
	`provider` text NOT NULL,
	`status` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`run_after_ms` integer NOT NULL,
	`lease_owner` text,
	`lease_token` integer DEFAULT 0 NOT NULL,
	`lease_expires_at_ms` integer,
	`error` text,
	`started_at_ms` integer,
	`finished_at_ms` integer,
	`created_at_ms` integer NOT NULL,
	FOREIGN KEY (`turn_id`) REFERENCES `turns`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`trajectory_id`) REFERENCES `trajectories`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`image_id`) REFERENCES `images`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "generation_steps_kind_ck" CHECK("generation_steps"."kind" in ('propose', 'render')),
	CONSTRAINT "generation_steps_status_ck" CHECK("generation_steps"."status" in ('pending', 'running', 'done', 'failed')),
	CONSTRAINT "generation_steps_target_ck" CHECK(("generation_steps"."kind" = 'render') = ("generation_steps"."image_id" is not null))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `generation_steps_image_uq` ON `generation_steps` (`image_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `generation_steps_propose_uq` ON `generation_steps` (`turn_id`) WHERE "generation_steps"."kind" in ('propose');--> statement-breakpoint
CREATE INDEX `generation_steps_due_ix` ON `generation_steps` (`status`,`run_after_ms`);--> statement-breakpoint
CREATE INDEX `generation_steps_turn_ix` ON `generation_steps` (`turn_id`);--> statement-breakpoint
CREATE TABLE `images` (
	`id` text PRIMARY KEY NOT NULL,
	`column_id` text NOT NULL,
	`turn_id` text NOT NULL,
	`trajectory_id` text NOT NULL,
	`image_index` integer NOT NULL,
	`display_row` integer NOT NULL,
	`seed` integer NOT NULL,
	`status` text NOT NULL,
	`model` text NOT NULL,
	`sha256` text,
	`display_sha256` text,
	`ready_at_ms` integer,
	FOREIGN KEY (`column_id`) REFERENCES `columns`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`turn_id`) REFERENCES `turns`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`trajectory_id`) REFERENCES `trajectories`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`sha256`) REFERENCES `objects`(`sha256`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`display_sha256`) REFERENCES `objects`(`sha256`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "images_status_ck" CHECK("images"."status" in ('pending', 'ready', 'failed')),
	CONSTRAINT "images_ready_ck" CHECK(("images"."status" = 'ready') = ("images"."sha256" is not null and "images"."display_sha256" is not null))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `images_column_index_uq` ON `images` (`column_id`,`image_index`);--> statement-breakpoint
CREATE UNIQUE INDEX `images_column_row_uq` ON `images` (`column_id`,`display_row`);--> statement-breakpoint
CREATE INDEX `images_turn_ix` ON `images` (`turn_id`,`status`);--> statement-breakpoint
CREATE INDEX `images_trajectory_ix` ON `images` (`trajectory_id`);--> statement-breakpoint
CREATE TABLE `invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`token_sha256` text NOT NULL,
	`email` text NOT NULL,
	`role` text NOT NULL,
	`study_id` text,
	`source` text DEFAULT 'human' NOT NULL,
	`created_by` text,
	`created_at_ms` integer NOT NULL,
	`expires_at_ms` integer NOT NULL,
	`accepted_at_ms` integer,
	`accepted_user_id` text,
	`revoked_at_ms` integer,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`created_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`accepted_user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null,
	CONSTRAINT "invitations_role_ck" CHECK("invitations"."role" in ('rater', 'coordinator', 'researcher', 'admin')),
	CONSTRAINT "invitations_source_ck" CHECK("invitations"."source" in ('human', 'simulated'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_token_uq` ON `invitations` (`token_sha256`);--> statement-breakpoint
CREATE INDEX `invitations_study_ix` ON `invitations` (`study_id`,`created_at_ms`);--> statement-breakpoint
CREATE TABLE `objects` (
	`sha256` text PRIMARY KEY NOT NULL,
	`byte_size` integer NOT NULL,
	`mime_type` text NOT NULL,
	`width_px` integer NOT NULL,
	`height_px` integer NOT NULL,
	`created_at_ms` integer NOT NULL,
	CONSTRAINT "objects_sha256_ck" CHECK(length("objects"."sha256") = 64)
);
--> statement-breakpoint
CREATE TABLE `problem_messages` (
	`id` text PRIMARY KEY NOT NULL,
	`report_id` text NOT NULL,
	`author_user_id` text,
	`text` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	FOREIGN KEY (`report_id`) REFERENCES `problem_reports`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`author_user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `problem_messages_report_ix` ON `problem_messages` (`report_id`,`created_at_ms`);--> statement-breakpoint
CREATE TABLE `problem_reports` (
	`id` text PRIMARY KEY NOT NULL,
	`study_id` text NOT NULL,
	`rater_id` text NOT NULL,
	`assignment_id` text,
	`turn_id` text,
	`image_id` text,
	`kind` text NOT NULL,
	`text` text NOT NULL,
	`status` text DEFAULT 'open' NOT NULL,
	`created_at_ms` integer NOT NULL,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`rater_id`) REFERENCES `raters`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`assignment_id`) REFERENCES `assignments`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`turn_id`) REFERENCES `turns`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`image_id`) REFERENCES `images`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "problem_reports_kind_ck" CHECK("problem_reports"."kind" in ('image_broken', 'offensive', 'wrong', 'slow', 'my_mistake', 'other')),
	CONSTRAINT "problem_reports_status_ck" CHECK("problem_reports"."status" in ('open', 'answered', 'closed'))
);
--> statement-breakpoint
CREATE INDEX `problem_reports_study_ix` ON `problem_reports` (`study_id`,`status`,`created_at_ms`);--> statement-breakpoint
CREATE INDEX `problem_reports_rater_ix` ON `problem_reports` (`rater_id`,`created_at_ms`);--> statement-breakpoint
CREATE TABLE `rate_limit` (
	`id` text PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`count` integer NOT NULL,
	`last_request` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `rate_limit_key_uq` ON `rate_limit` (`key`);--> statement-breakpoint
CREATE TABLE `rater_profiles` (
	`rater_id` text PRIMARY KEY NOT NULL,
	`answers` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	FOREIGN KEY (`rater_id`) REFERENCES `raters`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `raters` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text,
	`pool` text DEFAULT '' NOT NULL,
	`locale` text DEFAULT 'en' NOT NULL,
	`source` text DEFAULT 'human' NOT NULL,
	`created_at_ms` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null,
	CONSTRAINT "raters_source_ck" CHECK("raters"."source" in ('human', 'simulated'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `raters_user_uq` ON `raters` (`user_id`);--> statement-breakpoint
CREATE TABLE `session` (
	`id` text PRIMARY KEY NOT NULL,
	`expires_at` integer NOT NULL,
	`token` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`ip_address` text,
	`user_agent` text,
	`user_id` text NOT NULL,
	`impersonated_by` text,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `session_token_uq` ON `session` (`token`);--> statement-breakpoint
CREATE INDEX `session_user_ix` ON `session` (`user_id`);--> statement-breakpoint
CREATE TABLE `slates` (
	`turn_id` text PRIMARY KEY NOT NULL,
	`agent_version` text NOT NULL,
	`t2i_model` text NOT NULL,
	`display_order` text NOT NULL,
	`proposed_at_ms` integer NOT NULL,
	`shown_at_ms` integer,
	FOREIGN KEY (`turn_id`) REFERENCES `turns`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `studies` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`status` text DEFAULT 'draft' NOT NULL,
	`current_version` integer DEFAULT 0 NOT NULL,
	`draft_settings` text NOT NULL,
	`created_by` text,
	`created_at_ms` integer NOT NULL,
	`updated_at_ms` integer NOT NULL,
	FOREIGN KEY (`created_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null,
	CONSTRAINT "studies_status_ck" CHECK("studies"."status" in ('draft', 'open', 'paused', 'closed')),
	CONSTRAINT "studies_version_ck" CHECK("studies"."current_version" >= 0)
);
--> statement-breakpoint
CREATE INDEX `studies_created_ix` ON `studies` (`created_at_ms`);--> statement-breakpoint
CREATE TABLE `study_raters` (
	`study_id` text NOT NULL,
	`rater_id` text NOT NULL,
	`status` text DEFAULT 'active' NOT NULL,
	`added_at_ms` integer NOT NULL,
	PRIMARY KEY(`study_id`, `rater_id`),
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`rater_id`) REFERENCES `raters`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "study_raters_status_ck" CHECK("study_raters"."status" in ('active', 'blocked'))
);
--> statement-breakpoint
CREATE INDEX `study_raters_rater_ix` ON `study_raters` (`rater_id`);--> statement-breakpoint
CREATE TABLE `study_versions` (
	`study_id` text NOT NULL,
	`version` integer NOT NULL,
	`settings` text NOT NULL,
	`published_by` text,
	`published_at_ms` integer NOT NULL,
	PRIMARY KEY(`study_id`, `version`),
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`published_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null,
	CONSTRAINT "study_versions_version_ck" CHECK("study_versions"."version" >= 1)
);
--> statement-breakpoint
CREATE TABLE `submissions` (
	`actor_id` text NOT NULL,
	`submission_id` text NOT NULL,
	`use_case` text NOT NULL,
	`body_sha256` text NOT NULL,
	`result` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	PRIMARY KEY(`actor_id`, `submission_id`)
);
--> statement-breakpoint
CREATE TABLE `trajectories` (
	`id` text PRIMARY KEY NOT NULL,
	`assignment_id` text NOT NULL,
	`study_id` text NOT NULL,
	`study_version` integer NOT NULL,
	`rater_id` text NOT NULL,
	`source` text NOT NULL,
	`phase` text NOT NULL,
	`arm_id` text,
	`arm_probability` real,
	`initial_prompt` text DEFAULT '' NOT NULL,
	`prompt_submitted_at_ms` integer,
	`user_type` integer,
	`started_at_ms` integer NOT NULL,
	`completed_at_ms` integer,
	FOREIGN KEY (`assignment_id`) REFERENCES `assignments`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`rater_id`) REFERENCES `raters`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`arm_id`) REFERENCES `arms`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "trajectories_source_ck" CHECK("trajectories"."source" in ('human', 'simulated')),
	CONSTRAINT "trajectories_phase_ck" CHECK("trajectories"."phase" in ('consent', 'about_you', 'instructions', 'practice', 'prompt', 'interaction', 'evaluation', 'done')),
	CONSTRAINT "trajectories_arm_ck" CHECK(("trajectories"."arm_id" is null) = ("trajectories"."prompt_submitted_at_ms" is null)),
	CONSTRAINT "trajectories_arm_probability_ck" CHECK("trajectories"."arm_probability" is null or ("trajectories"."arm_probability" > 0 and "trajectories"."arm_probability" <= 1))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `trajectories_assignment_uq` ON `trajectories` (`assignment_id`);--> statement-breakpoint
CREATE INDEX `trajectories_study_ix` ON `trajectories` (`study_id`,`started_at_ms`);--> statement-breakpoint
CREATE INDEX `trajectories_rater_ix` ON `trajectories` (`rater_id`);--> statement-breakpoint
CREATE INDEX `trajectories_arm_ix` ON `trajectories` (`arm_id`);--> statement-breakpoint
CREATE TABLE `turn_evaluations` (
	`turn_id` text PRIMARY KEY NOT NULL,
	`trajectory_id` text NOT NULL,
	`confirmed_column_id` text,
	`rationale` text DEFAULT '' NOT NULL,
	`vs_previous` text,
	`turn_satisfaction` integer,
	`revision` integer DEFAULT 1 NOT NULL,
	`updated_at_ms` integer NOT NULL,
	FOREIGN KEY (`turn_id`) REFERENCES `turns`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`trajectory_id`) REFERENCES `trajectories`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`confirmed_column_id`) REFERENCES `columns`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "turn_evaluations_vs_previous_ck" CHECK("turn_evaluations"."vs_previous" is null or "turn_evaluations"."vs_previous" in ('better', 'same', 'worse')),
	CONSTRAINT "turn_evaluations_satisfaction_ck" CHECK("turn_evaluations"."turn_satisfaction" is null or "turn_evaluations"."turn_satisfaction" between 1 and 5)
);
--> statement-breakpoint
CREATE INDEX `turn_evaluations_trajectory_ix` ON `turn_evaluations` (`trajectory_id`);--> statement-breakpoint
CREATE TABLE `turns` (
	`id` text PRIMARY KEY NOT NULL,
	`trajectory_id` text NOT NULL,
	`turn_index` integer NOT NULL,
	`status` text NOT NULL,
	`word_limit` integer NOT NULL,
	`seed` integer NOT NULL,
	`requested_at_ms` integer NOT NULL,
	`ready_at_ms` integer,
	`failure` text,
	FOREIGN KEY (`trajectory_id`) REFERENCES `trajectories`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "turns_index_ck" CHECK("turns"."turn_index" >= 0),
	CONSTRAINT "turns_status_ck" CHECK("turns"."status" in ('proposing', 'rendering', 'ready', 'chosen', 'failed'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `turns_trajectory_index_uq` ON `turns` (`trajectory_id`,`turn_index`);--> statement-breakpoint
CREATE INDEX `turns_status_ix` ON `turns` (`status`);--> statement-breakpoint
CREATE TABLE `user` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`email_verified` integer DEFAULT false NOT NULL,
	`image` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`role` text DEFAULT 'rater' NOT NULL,
	`banned` integer DEFAULT false,
	`ban_reason` text,
	`ban_expires` integer,
	CONSTRAINT "user_role_ck" CHECK("user"."role" in ('rater', 'coordinator', 'researcher', 'admin'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `user_email_uq` ON `user` (`email`);--> statement-breakpoint
CREATE TABLE `verification` (
	`id` text PRIMARY KEY NOT NULL,
	`identifier` text NOT NULL,
	`value` text NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `verification_identifier_ix` ON `verification` (`identifier`);