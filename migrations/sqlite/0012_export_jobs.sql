PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_exports` (
	`id` text PRIMARY KEY NOT NULL,
	`study_id` text NOT NULL,
	`requested_by` text,
	`status` text NOT NULL,
	`profile` text NOT NULL,
	`options` text NOT NULL,
	`release_salt` text,
	`stage` text,
	`done_count` integer DEFAULT 0 NOT NULL,
	`total_count` integer DEFAULT 0 NOT NULL,
	`written_bytes` integer DEFAULT 0 NOT NULL,
	`seconds_left` integer,
	`progress_at_ms` integer,
	`attempts` integer DEFAULT 0 NOT NULL,
	`run_after_ms` integer DEFAULT 0 NOT NULL,
	`lease_owner` text,
	`lease_token` integer DEFAULT 0 NOT NULL,
	`lease_expires_at_ms` integer,
	`created_at_ms` integer NOT NULL,
	`snapshot_at_ms` integer,
	`finished_at_ms` integer,
	`files` text,
	`summary` text,
	`error` text,
	`expires_at_ms` integer,
	`files_removed_at_ms` integer,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`requested_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null,
	CONSTRAINT "exports_status_ck" CHECK("__new_exports"."status" in ('queued', 'running', 'ready', 'failed', 'cancelled')),
	CONSTRAINT "exports_stage_ck" CHECK("__new_exports"."stage" in ('snapshot', 'tables', 'images', 'publish')),
	CONSTRAINT "exports_profile_ck" CHECK("__new_exports"."profile" in ('internal', 'shared', 'public'))
);
--> statement-breakpoint
INSERT INTO `__new_exports`("id", "study_id", "requested_by", "status", "profile", "options", "created_at_ms", "finished_at_ms", "error", "files_removed_at_ms") SELECT "id", "study_id", "requested_by", CASE "status" WHEN 'done' THEN 'ready' ELSE 'failed' END, "profile", json_set('{"profile":"internal","include":"all","source":null,"formats":["jsonl","csv","parquet"],"tables":["trajectories","turns","columns","images","candidates","raters","preferences","choices","steps","preferences_trl","prompts_trl"],"images":false,"splits":{"key":null,"testUnseen":0.1,"testSeen":0.1},"filters":{"armIds":null,"startedFromMs":null,"startedBeforeMs":null},"spreadsheet":false,"linkAs":null,"info":{}}', '$.profile', "profile"), "created_at_ms", coalesce("finished_at_ms", "created_at_ms"), CASE "status" WHEN 'running' THEN 'The server was updated while the export ran. Start it again.' ELSE "error" END, CASE "status" WHEN 'done' THEN coalesce("finished_at_ms", "created_at_ms") END FROM `exports`;--> statement-breakpoint
DROP TABLE `exports`;--> statement-breakpoint
ALTER TABLE `__new_exports` RENAME TO `exports`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `exports_study_ix` ON `exports` (`study_id`,`created_at_ms`);--> statement-breakpoint
CREATE INDEX `exports_status_ix` ON `exports` (`status`,`run_after_ms`);