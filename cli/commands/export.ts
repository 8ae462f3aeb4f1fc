import { resolve } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { PRIVACY_PROFILES, type PrivacyProfile } from "../../app/domain/vocabulary.ts";
import { recordAudit } from "../../app/services/record-event.ts";
import { datasetSource } from "../../db/repositories/dataset.ts";
import {
  type Bundle,
  INCLUDE_VALUES,
  type Include,
  newReleaseKey,
  profileRefusal,
  softwareVersion,
  writeBundle,
} from "../../exporters/index.ts";
import { getStudy, withContext } from "../context.ts";
import { CliError } from "../errors.ts";
import { formatBytes, formatCount, formatTable } from "../format.ts";
import { interruptible } from "../interrupt.ts";
import { createProgress } from "../progress.ts";

interface ExportFlags {
  study: string;
  out: string;
  profile: PrivacyProfile;
  include: Include;
  images: boolean;
}

/** `turnwise export`. */
export function exportCommand(): Command {
  return new Command("export")
    .description("Write a study's data as a dataset bundle (turnwise-seq/1.0).")
    .requiredOption("--study <id or name>", "the study to export")
    .requiredOption("--out <folder>", "a new or empty folder for the bundle")
    .addOption(
      new Option("--profile <profile>", "whom it is made for: the own team (internal)")
        .argParser(parseProfile)
        .default("internal"),
    )
    .addOption(
      new Option("--include <which>", "complete trajectories only, or all with their status")
        .choices(INCLUDE_VALUES)
        .default("all"),
    )
    .option("--images", "also copy the original images into the folder", false)
    .addHelpText(
      "after",
      `
Every bundle is pseudonymised with a key that is made for this export and never stored.
Check a bundle with: cd <folder> && sha256sum -c SHA256SUMS

Example:
  turnwise export --study "Demo study" --include complete --out ./bundle`,
    )
    .action((flags: ExportFlags) => interruptible((signal) => withContext((ctx) => run(ctx, flags, signal))));
}

function parseProfile(value: string): PrivacyProfile {
  const profile = PRIVACY_PROFILES.find((one) => one === value);
  if (!profile) throw new InvalidArgumentError("The profile is internal.");
  const refusal = profileRefusal(profile);
  if (refusal !== null) throw new CliError(refusal);
  return profile;
}

type Context = Parameters<Parameters<typeof withContext>[0]>[0];

async function run(ctx: Context, flags: ExportFlags, signal: AbortSignal): Promise<void> {
  const study = await getStudy(ctx, flags.study);
  const outDir = resolve(flags.out);
  const progress = createProgress();
  let bundle: Bundle;
  try {
    bundle = await writeBundle(datasetSource(ctx.store), {
      studyId: study.studyId,
      profile: flags.profile,
      include: flags.include,
      images: flags.images ? ctx.objects.inStudy(study.studyId) : null,
      releaseKey: newReleaseKey(),
      startedBeforeMs: ctx.now(),
      builtAtMs: ctx.now(),
      softwareVersion: softwareVersion(),
      outDir,
      signal,
      onProgress: ({ done, total }) =>
        progress.update(`${formatCount(done)} of ${formatCount(total)} trajectories`),
    });
  } finally {
    progress.end();
  }
  await ctx.store.tx((tx) =>
    recordAudit(ctx, tx, {
      actorUserId: null,
      action: "export.written",
      subjectType: "study",
      subjectId: study.studyId,
      data: { profile: flags.profile, include: flags.include, images: flags.images },
    }),
  );
  print(bundle, outDir);
}

function print({ files, counts, excluded }: Bundle, outDir: string): void {
  const rows = files.map((file) => [
    file.name,
    file.rows === null ? "" : `${formatCount(file.rows)} rows`,
    formatBytes(file.byteSize),
  ]);
  console.log(formatTable(rows, ["left", "right", "right"]));
  console.log(
    `\n${formatCount(counts.trajectories)} trajectories (${formatCount(counts.complete)} complete, ${formatCount(counts.abandoned)} abandoned) in ${outDir}`,
  );
  const left = Object.entries(excluded).filter(([, n]) => n > 0);
  if (left.length > 0)
    console.log(`left out: ${left.map(([why, n]) => `${formatCount(n)} ${why}`).join(", ")}`);
}
