ALTER TABLE "exports" DROP CONSTRAINT "exports_status_ck";--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "options" jsonb DEFAULT '{"profile":"internal","include":"all","source":null,"formats":["jsonl","csv","parquet"],"tables":["trajectories","turns","columns","images","candidates","raters","preferences","choices","steps","preferences_trl","prompts_trl"],"images":false,"splits":{"key":null,"testUnseen":0.1,"testSeen":0.1},"filters":{"armIds":null,"startedFromMs":null,"startedBeforeMs":null},"spreadsheet":false,"linkAs":null,"info":{}}' NOT NULL;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "release_salt" text;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "stage" text;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "done_count" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "total_count" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "written_bytes" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "seconds_left" integer;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "progress_at_ms" bigint;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "attempts" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "run_after_ms" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "lease_owner" text;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "lease_token" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "lease_expires_at_ms" bigint;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "snapshot_at_ms" bigint;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "summary" jsonb;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "expires_at_ms" bigint;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "files_removed_at_ms" bigint;--> statement-breakpoint
UPDATE "exports" SET "options" = jsonb_set("options", '{profile}', to_jsonb("profile"));--> statement-breakpoint
ALTER TABLE "exports" ALTER COLUMN "options" DROP DEFAULT;--> statement-breakpoint
UPDATE "exports" SET "error" = 'The server was updated while the export ran. Start it again.' WHERE "status" = 'running';--> statement-breakpoint
UPDATE "exports" SET "files" = NULL, "files_removed_at_ms" = CASE WHEN "status" = 'done' THEN coalesce("finished_at_ms", "created_at_ms") END, "finished_at_ms" = coalesce("finished_at_ms", "created_at_ms"), "status" = CASE WHEN "status" = 'done' THEN 'ready' ELSE 'failed' END;--> statement-breakpoint
CREATE INDEX "exports_status_ix" ON "exports" USING btree ("status","run_after_ms");--> statement-breakpoint
ALTER TABLE "exports" ADD CONSTRAINT "exports_stage_ck" CHECK ("exports"."stage" in ('snapshot', 'tables', 'images', 'publish'));--> statement-breakpoint
ALTER TABLE "exports" ADD CONSTRAINT "exports_status_ck" CHECK ("exports"."status" in ('queued', 'running', 'ready', 'failed', 'cancelled'));