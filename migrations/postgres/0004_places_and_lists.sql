CREATE TABLE "prompt_lists" (
	"study_id" text NOT NULL,
	"study_version" integer NOT NULL,
	"seed" integer NOT NULL,
	"next_position" integer DEFAULT 0 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	CONSTRAINT "prompt_lists_study_id_study_version_pk" PRIMARY KEY("study_id","study_version")
);
--> statement-breakpoint
DROP INDEX "assignments_study_status_ix";--> statement-breakpoint
DROP INDEX "assignments_rater_ix";--> statement-breakpoint
ALTER TABLE "assignments" ADD COLUMN "remind_at_ms" bigint;--> statement-breakpoint
ALTER TABLE "assignments" ADD COLUMN "keeps_place" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "studies" ADD COLUMN "places_held" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "study_raters" ADD COLUMN "arm_key" text;--> statement-breakpoint
ALTER TABLE "study_raters" ADD COLUMN "arm_probability" double precision;--> statement-breakpoint
ALTER TABLE "study_raters" ADD COLUMN "withdrawn_at_ms" bigint;--> statement-breakpoint
ALTER TABLE "prompt_lists" ADD CONSTRAINT "prompt_lists_study_id_studies_id_fk" FOREIGN KEY ("study_id") REFERENCES "public"."studies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "assignments_study_status_ix" ON "assignments" USING btree ("study_id","status","lease_expires_at_ms");--> statement-breakpoint
CREATE INDEX "assignments_rater_ix" ON "assignments" USING btree ("rater_id","study_id","started_at_ms");