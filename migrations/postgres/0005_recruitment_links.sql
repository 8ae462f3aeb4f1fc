CREATE TABLE "external_ids" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"study_id" text NOT NULL,
	"link_id" text NOT NULL,
	"kind" text NOT NULL,
	"external_id" text NOT NULL,
	"created_at_ms" bigint NOT NULL,
	CONSTRAINT "external_ids_kind_ck" CHECK ("external_ids"."kind" in ('prolific', 'generic'))
);
--> statement-breakpoint
CREATE TABLE "external_sessions" (
	"external_id_id" text NOT NULL,
	"session" text NOT NULL,
	"external_study" text NOT NULL,
	"arrived_at_ms" bigint NOT NULL,
	CONSTRAINT "external_sessions_external_id_id_session_pk" PRIMARY KEY("external_id_id","session")
);
--> statement-breakpoint
CREATE TABLE "personal_links" (
	"token_sha256" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"expires_at_ms" bigint NOT NULL,
	"used_at_ms" bigint
);
--> statement-breakpoint
CREATE TABLE "recruitment_links" (
	"id" text PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"study_id" text NOT NULL,
	"kind" text NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"pool" text DEFAULT '' NOT NULL,
	"max_raters" integer,
	"trusts_ids" boolean DEFAULT false NOT NULL,
	"created_by" text,
	"created_at_ms" bigint NOT NULL,
	CONSTRAINT "recruitment_links_kind_ck" CHECK ("recruitment_links"."kind" in ('prolific', 'generic')),
	CONSTRAINT "recruitment_links_status_ck" CHECK ("recruitment_links"."status" in ('open', 'closed')),
	CONSTRAINT "recruitment_links_max_ck" CHECK ("recruitment_links"."max_raters" is null or "recruitment_links"."max_raters" >= 1)
);
--> statement-breakpoint
ALTER TABLE "external_ids" ADD CONSTRAINT "external_ids_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "external_ids" ADD CONSTRAINT "external_ids_study_id_studies_id_fk" FOREIGN KEY ("study_id") REFERENCES "public"."studies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "external_ids" ADD CONSTRAINT "external_ids_link_id_recruitment_links_id_fk" FOREIGN KEY ("link_id") REFERENCES "public"."recruitment_links"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "external_sessions" ADD CONSTRAINT "external_sessions_external_id_id_external_ids_id_fk" FOREIGN KEY ("external_id_id") REFERENCES "public"."external_ids"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "personal_links" ADD CONSTRAINT "personal_links_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recruitment_links" ADD CONSTRAINT "recruitment_links_study_id_studies_id_fk" FOREIGN KEY ("study_id") REFERENCES "public"."studies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recruitment_links" ADD CONSTRAINT "recruitment_links_created_by_user_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "external_ids_study_id_uq" ON "external_ids" USING btree ("study_id","kind","external_id");--> statement-breakpoint
CREATE INDEX "external_ids_user_ix" ON "external_ids" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "external_ids_link_ix" ON "external_ids" USING btree ("link_id");--> statement-breakpoint
CREATE INDEX "personal_links_user_ix" ON "personal_links" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "recruitment_links_slug_uq" ON "recruitment_links" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "recruitment_links_study_ix" ON "recruitment_links" USING btree ("study_id","created_at_ms");