import { Command } from "commander";
import { withContext } from "../context.ts";

export function migrateCommand(): Command {
  return new Command("migrate")
    .description("Bring the database up to date and check that it and the image store can be used.")
    .addHelpText("after", "\nThe server does the same at every start; several at once are safe.")
    .action(() =>
      withContext(async (ctx) => {
        await ctx.store.ping();
        console.log(
          `The ${ctx.store.dialect === "sqlite" ? "SQLite" : "PostgreSQL"} database is up to date.`,
        );
      }),
    );
}
