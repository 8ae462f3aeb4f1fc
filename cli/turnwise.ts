#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { softwareVersion } from "../exporters/index.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { exportCommand } from "./commands/export.ts";
import { importCommand } from "./commands/import.ts";
import { keyCommand } from "./commands/key.ts";
import { migrateCommand } from "./commands/migrate.ts";
import { simulateCommand } from "./commands/simulate.ts";
import { storageCommand } from "./commands/storage.ts";
import { studyCommand } from "./commands/study.ts";
import { uploadCommand } from "./commands/upload.ts";
import { userCommand } from "./commands/user.ts";
import { exitCodeOf, reportError, USAGE_EXIT_CODE } from "./errors.ts";

const program = new Command("turnwise")
  .description("Multi-turn human preference data for text-to-image: operate an installation from the shell.")
  .version(softwareVersion())
  .addCommand(exportCommand())
  .addCommand(uploadCommand())
  .addCommand(importCommand())
  .addCommand(studyCommand())
  .addCommand(userCommand())
  .addCommand(keyCommand())
  .addCommand(simulateCommand())
  .addCommand(migrateCommand())
  .addCommand(storageCommand())
  .addCommand(doctorCommand())
  .addHelpText(
    "after",
    `
Commands other than simulate work on the database directly: set DATA_DIR or DATABASE_URL as for the server.
Results go to stdout, progress to stderr. Exit codes: 0 done, 1 failed, 2 wrong usage.`,
  );

/** Commander ends the process itself unless every command is told not to. */
function throwInsteadOfExit(command: Command): void {
  command.exitOverride().showHelpAfterError("(see --help)");
  for (const child of command.commands) throwInsteadOfExit(child);
}

throwInsteadOfExit(program);
try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has printed its message already.
    process.exitCode = error.exitCode === 0 ? 0 : USAGE_EXIT_CODE;
  } else {
    reportError(error);
    process.exitCode = exitCodeOf(error);
  }
}
