ALTER TABLE "images" ALTER COLUMN "seed" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "studies" ADD COLUMN "imported" jsonb;--> statement-breakpoint
ALTER TABLE "trajectories" ADD COLUMN "imported_split" text;