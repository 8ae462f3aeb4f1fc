ALTER TABLE "images" ADD COLUMN "parameters" jsonb;--> statement-breakpoint
ALTER TABLE "slates" ADD COLUMN "selector_fallback" jsonb;