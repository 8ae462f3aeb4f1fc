ALTER TABLE "studies" ADD COLUMN "analysis_unlocked_at_ms" bigint;--> statement-breakpoint
ALTER TABLE "studies" ADD COLUMN "analysis_unlocked_by" text;--> statement-breakpoint
ALTER TABLE "studies" ADD CONSTRAINT "studies_analysis_unlocked_by_user_id_fk" FOREIGN KEY ("analysis_unlocked_by") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;