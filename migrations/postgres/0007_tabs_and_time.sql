CREATE TABLE "work_times" (
	"assignment_id" text NOT NULL,
	"writer_id" text NOT NULL,
	"phase" text NOT NULL,
	"turn_index" integer NOT NULL,
	"active_ms" bigint NOT NULL,
	"idle_ms" bigint NOT NULL,
	"waiting_ms" bigint NOT NULL,
	"first_at_ms" bigint NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	CONSTRAINT "work_times_assignment_id_writer_id_phase_turn_index_pk" PRIMARY KEY("assignment_id","writer_id","phase","turn_index"),
	CONSTRAINT "work_times_phase_ck" CHECK ("work_times"."phase" in ('consent', 'about_you', 'instructions', 'practice', 'prompt', 'interaction', 'evaluation', 'done'))
);
--> statement-breakpoint
ALTER TABLE "assignments" ADD COLUMN "writer_id" text;--> statement-breakpoint
ALTER TABLE "assignments" ADD COLUMN "writer_token" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "assignments" ADD COLUMN "writer_seen_at_ms" bigint;--> statement-breakpoint
ALTER TABLE "work_times" ADD CONSTRAINT "work_times_assignment_id_assignments_id_fk" FOREIGN KEY ("assignment_id") REFERENCES "public"."assignments"("id") ON DELETE cascade ON UPDATE no action;