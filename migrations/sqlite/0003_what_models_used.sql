ALTER TABLE `images` ADD `parameters` text;--> statement-breakpoint
ALTER TABLE `slates` ADD `selector_fallback` text;