ALTER TABLE `studies` ADD `imported` text;--> statement-breakpoint
ALTER TABLE `trajectories` ADD `imported_split` text;