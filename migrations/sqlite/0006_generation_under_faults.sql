CREATE TABLE `hidden_images` (
	`rater_id` text NOT NULL,
	`image_id` text NOT NULL,
	`hidden_at_ms` integer NOT NULL,
	PRIMARY KEY(`rater_id`, `image_id`),
	FOREIGN KEY (`rater_id`) REFERENCES `raters`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`image_id`) REFERENCES `images`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `hidden_images_image_ix` ON `hidden_images` (`image_id`);--> statement-breakpoint
CREATE TABLE `provider_calls` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`study_id` text,
	`turn_id` text,
	`step_id` text,
	`provider` text NOT NULL,
	`model` text NOT NULL,
	`started_at_ms` integer NOT NULL,
	`duration_ms` integer NOT NULL,
	`fault` text,
	`billed` integer NOT NULL,
	`parameters` text NOT NULL,
	`input_tokens` integer,
	`output_tokens` integer,
	`cost_micros` integer,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`turn_id`) REFERENCES `turns`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`step_id`) REFERENCES `generation_steps`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "provider_calls_fault_ck" CHECK("provider_calls"."fault" is null or "provider_calls"."fault" in ('unreachable', 'timeout', 'rate_limited', 'unavailable', 'misconfigured', 'rejected', 'blocked', 'malformed'))
);
--> statement-breakpoint
CREATE INDEX `provider_calls_provider_ix` ON `provider_calls` (`provider`,`started_at_ms`);--> statement-breakpoint
CREATE INDEX `provider_calls_study_ix` ON `provider_calls` (`study_id`,`started_at_ms`);--> statement-breakpoint
CREATE INDEX `provider_calls_turn_ix` ON `provider_calls` (`turn_id`);--> statement-breakpoint
CREATE INDEX `provider_calls_step_ix` ON `provider_calls` (`step_id`);--> statement-breakpoint
CREATE TABLE `provider_states` (
	`provider` text PRIMARY KEY NOT NULL,
	`tokens` real,
	`tokens_at_ms` integer,
	`paused_until_ms` integer,
	`breaker_status` text DEFAULT 'closed' NOT NULL,
	`breaker_failures` integer DEFAULT 0 NOT NULL,
	`breaker_openings` integer DEFAULT 0 NOT NULL,
	`breaker_since_ms` integer DEFAULT 0 NOT NULL,
	`breaker_until_ms` integer,
	CONSTRAINT "provider_states_breaker_ck" CHECK("provider_states"."breaker_status" in ('closed', 'open', 'half_open'))
);
--> statement-breakpoint
CREATE TABLE `safety_blocks` (
	`id` text PRIMARY KEY NOT NULL,
	`study_id` text NOT NULL,
	`trajectory_id` text NOT NULL,
	`turn_id` text,
	`subject` text NOT NULL,
	`text` text NOT NULL,
	`source` text NOT NULL,
	`reason` text NOT NULL,
	`at_ms` integer NOT NULL,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`trajectory_id`) REFERENCES `trajectories`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`turn_id`) REFERENCES `turns`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "safety_blocks_subject_ck" CHECK("safety_blocks"."subject" in ('prompt', 'critique', 'expansion', 'image'))
);
--> statement-breakpoint
CREATE INDEX `safety_blocks_study_ix` ON `safety_blocks` (`study_id`,`at_ms`);--> statement-breakpoint
CREATE INDEX `safety_blocks_trajectory_ix` ON `safety_blocks` (`trajectory_id`);--> statement-breakpoint
CREATE TABLE `workers` (
	`id` text PRIMARY KEY NOT NULL,
	`host` text NOT NULL,
	`pid` integer NOT NULL,
	`running` integer NOT NULL,
	`started_at_ms` integer NOT NULL,
	`heartbeat_at_ms` integer NOT NULL,
	`stopped_at_ms` integer
);
--> statement-breakpoint
CREATE INDEX `workers_heartbeat_ix` ON `workers` (`heartbeat_at_ms`);--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_generation_steps` (
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
	`proposed` text,
	`started_at_ms` integer,
	`finished_at_ms` integer,
	`created_at_ms` integer NOT NULL,
	FOREIGN KEY (`turn_id`) REFERENCES `turns`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`trajectory_id`) REFERENCES `trajectories`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`image_id`) REFERENCES `images`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "generation_steps_kind_ck" CHECK("__new_generation_steps"."kind" in ('propose', 'render')),
	CONSTRAINT "generation_steps_status_ck" CHECK("__new_generation_steps"."status" in ('pending', 'running', 'done', 'failed', 'cancelled')),
	CONSTRAINT "generation_steps_target_ck" CHECK(("__new_generation_steps"."kind" = 'render') = ("__new_generation_steps"."image_id" is not null))
);
--> statement-breakpoint
INSERT INTO `__new_generation_steps`("id", "turn_id", "trajectory_id", "kind", "image_id", "provider", "status", "attempts", "run_after_ms", "lease_owner", "lease_token", "lease_expires_at_ms", "error", "started_at_ms", "finished_at_ms", "created_at_ms") SELECT "id", "turn_id", "trajectory_id", "kind", "image_id", "provider", "status", "attempts", "run_after_ms", "lease_owner", "lease_token", "lease_expires_at_ms", "error", "started_at_ms", "finished_at_ms", "created_at_ms" FROM `generation_steps`;--> statement-breakpoint
DROP TABLE `generation_steps`;--> statement-breakpoint
ALTER TABLE `__new_generation_steps` RENAME TO `generation_steps`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE UNIQUE INDEX `generation_steps_image_uq` ON `generation_steps` (`image_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `generation_steps_propose_uq` ON `generation_steps` (`turn_id`) WHERE "generation_steps"."kind" in ('propose');--> statement-breakpoint
CREATE INDEX `generation_steps_due_ix` ON `generation_steps` (`status`,`run_after_ms`);--> statement-breakpoint
CREATE INDEX `generation_steps_turn_ix` ON `generation_steps` (`turn_id`);--> statement-breakpoint
CREATE INDEX `generation_steps_provider_ix` ON `generation_steps` (`provider`,`status`);--> statement-breakpoint
CREATE TABLE `__new_turns` (
	`id` text PRIMARY KEY NOT NULL,
	`trajectory_id` text NOT NULL,
	`turn_index` integer NOT NULL,
	`status` text NOT NULL,
	`word_limit` integer NOT NULL,
	`seed` integer NOT NULL,
	`requested_at_ms` integer NOT NULL,
	`ready_at_ms` integer,
	`deadline_at_ms` integer,
	`failure_kind` text,
	`failure` text,
	FOREIGN KEY (`trajectory_id`) REFERENCES `trajectories`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "turns_index_ck" CHECK("__new_turns"."turn_index" >= 0),
	CONSTRAINT "turns_status_ck" CHECK("__new_turns"."status" in ('proposing', 'rendering', 'ready', 'chosen', 'failed')),
	CONSTRAINT "turns_failure_kind_ck" CHECK("__new_turns"."failure_kind" is null or "__new_turns"."failure_kind" in ('fault', 'deadline', 'blocked', 'spend_cap', 'cancelled'))
);
--> statement-breakpoint
INSERT INTO `__new_turns`("id", "trajectory_id", "turn_index", "status", "word_limit", "seed", "requested_at_ms", "ready_at_ms", "failure") SELECT "id", "trajectory_id", "turn_index", "status", "word_limit", "seed", "requested_at_ms", "ready_at_ms", "failure" FROM `turns`;--> statement-breakpoint
DROP TABLE `turns`;--> statement-breakpoint
ALTER TABLE `__new_turns` RENAME TO `turns`;--> statement-breakpoint
CREATE UNIQUE INDEX `turns_trajectory_index_uq` ON `turns` (`trajectory_id`,`turn_index`);--> statement-breakpoint
CREATE INDEX `turns_status_ix` ON `turns` (`status`);