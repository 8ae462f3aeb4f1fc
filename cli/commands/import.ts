import { resolve } from "node:path";
import { Command } from "commander";
import { importBundle } from "../../app/services/dataset/import-bundle.server.ts";
import { BundleError } from "../../exporters/index.ts";
import { withContext } from "../context.ts";
import { CliError } from "../errors.ts";
import { formatCount } from "../format.ts";
import { interruptible } from "../interrupt.ts";
import { createProgress } from "../progress.ts";

/** `turnwise import`. */
export function importCommand(): Command {
  return new Command("import")
    .description("Rebuild a study from a dataset bundle, for replay and analysis.")
    .argument("<folder>", "a bundle of turnwise-seq/1.0 with its JSONL and CSV files")
    .option("--name <text>", "what to call the study; default: the dataset's title")
    .addHelpText(
      "after",
      `
The bundle is checked whole first: every problem is told with file, row and column, and nothing is imported then.
The study is closed to raters. Exporting it again, in the profile of the bundle, gives the same bytes.
Images are not taken over.

Example:
  turnwise import ./bundle --name "Pilot, imported"`,
    )
    .action((folder: string, { name }: { name?: string }) =>
      interruptible((signal) => run(folder, name, signal)),
    );
}

async function run(folder: string, name: string | undefined, signal: AbortSignal): Promise<void> {
  const progress = createProgress();
  try {
    const study = await withContext((ctx) =>
      importBundle(ctx, {
        folder: resolve(folder),
        name,
        actorUserId: null,
        signal,
        onProgress: ({ stage, done, total }) =>
          progress.update(
            `${stage === "check" ? "checking" : "writing"}: ${formatCount(done)} of ${formatCount(total)} trajectories`,
          ),
      }),
    );
    progress.end();
    console.log(
      `${study.studyId}  ${study.name}\n${formatCount(study.trajectories)} trajectories of ${formatCount(study.raters)} raters, profile ${study.release.profile}`,
    );
    if (study.reworded.length > 0)
      console.log(`This version words these documents differently: ${study.reworded.join(", ")}`);
  } catch (error) {
    progress.end();
    if (!(error instanceof BundleError)) throw error;
    for (const { file, row, column, message } of error.problems)
      console.error(
        [file, row === null ? "" : `row ${row}`, column, message].filter((part) => part !== "").join(": "),
      );
    const listed = error.problems.length;
    const total = [...error.counts.values()].reduce((sum, n) => sum + n, 0);
    if (total > listed) {
      const byFile = [...error.counts].map(([file, n]) => `${file} ${formatCount(n)}`).join(", ");
      console.error(`… and ${formatCount(total - listed)} more; in all: ${byFile}`);
    }
    throw new CliError(error.message);
  }
}
