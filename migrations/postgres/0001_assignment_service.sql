ALTER TABLE "assignments" ADD COLUMN "offered_by" text;--> statement-breakpoint
ALTER TABLE "assignments" ADD COLUMN "reminded_at_ms" bigint;--> statement-breakpoint
ALTER TABLE "assignments" ADD COLUMN "reviewed_by" text;--> statement-breakpoint
ALTER TABLE "assignments" ADD COLUMN "reviewed_at_ms" bigint;--> statement-breakpoint
ALTER TABLE "assignments" ADD COLUMN "review_note" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "assignments" ADD COLUMN "external_session" jsonb;--> statement-breakpoint
ALTER TABLE "trajectories" ADD COLUMN "prompt_cue" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_offered_by_user_id_fk" FOREIGN KEY ("offered_by") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_reviewed_by_user_id_fk" FOREIGN KEY ("reviewed_by") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;