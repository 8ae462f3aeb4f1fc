import { resolve } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { PRIVACY_PROFILES, type PrivacyProfile, SOURCES, type Source } from "../../app/domain/vocabulary.ts";
import { recordAudit } from "../../app/services/record-event.ts";
import { datasetSource } from "../../db/repositories/dataset.ts";
import {
  type Bundle,
  codeRevision,
  type DatasetInfo,
  defaultSplits,
  IMAGE_LAYOUTS,
  type ImageLayout,
  INCLUDE_VALUES,
  type Include,
  LICENCE_IDS,
  type LicenceId,
  newReleaseKey,
  softwareVersion,
  TABLE_FORMATS,
  TABLE_NAMES,
  type TableFormat,
  type TableName,
  writeBundle,
} from "../../exporters/index.ts";
import { getStudy, withContext } from "../context.ts";
import { formatBytes, formatCount, formatTable } from "../format.ts";
import { interruptible } from "../interrupt.ts";
import { createProgress } from "../progress.ts";

interface ExportFlags {
  study: string;
  out: string;
  profile: PrivacyProfile;
  include: Include;
  source?: Source;
  format: TableFormat[];
  files: TableName[];
  images?: ImageLayout | true;
  splits: boolean;
  splitKey?: string;
  testUnseen: number;
  testSeen: number;
  title?: string;
  slug?: string;
  owner?: string;
  licence?: LicenceId;
  release?: string;
}

/** `turnwise export`. */
export function exportCommand(): Command {
  return new Command("export")
    .description("Write a study's data as a dataset bundle (turnwise-seq/1.0).")
    .requiredOption("--study <id or name>", "the study to export")
    .requiredOption("--out <folder>", "a new or empty folder for the bundle")
    .addOption(
      new Option(
        "--profile <profile>",
        "whom it is made for: internal (the own team), shared (named partners), public (everybody)",
      )
        .choices(PRIVACY_PROFILES)
        .default("internal"),
    )
    .addOption(
      new Option("--include <which>", "complete trajectories only, or all with their status")
        .choices(INCLUDE_VALUES)
        .default("all"),
    )
    .addOption(
      new Option("--source <who>", "only what people, or what simulated raters made").choices(SOURCES),
    )
    .option(
      "--format <formats>",
      `all, or some of ${TABLE_FORMATS.join(",")}`,
      listOf(TABLE_FORMATS, "format"),
      [...TABLE_FORMATS],
    )
    .option("--files <tables>", `all, or some of ${TABLE_NAMES.join(",")}`, listOf(TABLE_NAMES, "table"), [
      ...TABLE_NAMES,
    ])
    .addOption(
      new Option(
        "--images [layout]",
        "also the original images: tar archives (shards), or one file each",
      ).choices(IMAGE_LAYOUTS),
    )
    .option("--no-splits", "leave the column split empty")
    .option("--split-key <text>", "draw the splits with this key instead of the study's own")
    .option("--test-unseen <share>", "share of raters kept for test_unseen", share, 0.1)
    .option("--test-seen <share>", "share of the other raters' trajectories kept for test_seen", share, 0.1)
    .option("--title <text>", "title of the dataset, 6 to 50 characters")
    .option("--slug <text>", "its name in addresses, 6 to 50 letters, digits and hyphens")
    .option("--owner <account>", "account that publishes it, for dataset-metadata.json")
    .addOption(new Option("--licence <licence>", "licence of the dataset").choices(LICENCE_IDS))
    .option("--release <version>", "version of this release, such as 1.2.0")
    .addHelpText(
      "after",
      `
Every bundle is pseudonymised with a key that is made for this export and never stored.
Shared and public bundles hold only what raters agreed to. What a bundle holds: docs/dataset.md.
Check a bundle with: cd <folder> && sha256sum -c SHA256SUMS

Examples:
  turnwise export --study "Demo study" --include complete --out ./bundle
  turnwise export --study std_1 --profile public --format parquet --images --out ./release`,
    )
    .action((flags: ExportFlags) => interruptible((signal) => withContext((ctx) => run(ctx, flags, signal))));
}

/** A comma-separated list of known words; `all` = every one. */
function listOf<T extends string>(known: readonly T[], what: string): (value: string) => T[] {
  return (value) => {
    if (value === "all") return [...known];
    const words = value.split(",").map((word) => word.trim());
    const unknown = words.find((word) => !(known as readonly string[]).includes(word));
    if (unknown !== undefined)
      throw new InvalidArgumentError(`There is no ${what} "${unknown}"; there are ${known.join(", ")}.`);
    return known.filter((word) => words.includes(word));
  };
}

function share(value: string): number {
  const number = Number(value);
  if (value.trim() === "" || !(number >= 0 && number <= 1))
    throw new InvalidArgumentError("A share is a number from 0 to 1.");
  return number;
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
      source: flags.source ?? null,
      formats: flags.format,
      tables: flags.files,
      images: flags.images
        ? {
            objects: ctx.objects.inStudy(study.studyId),
            layout: flags.images === true ? "shards" : flags.images,
          }
        : null,
      releaseKey: newReleaseKey(),
      splits: flags.splits ? splitsOf(study.studyId, flags) : null,
      info: infoOf(flags),
      startedBeforeMs: ctx.now(),
      builtAtMs: ctx.now(),
      softwareVersion: softwareVersion(),
      codeRevision: codeRevision(),
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
      data: {
        profile: flags.profile,
        include: flags.include,
        formats: flags.format,
        tables: flags.files,
        images: flags.images !== undefined,
      },
    }),
  );
  print(bundle, outDir);
}

function splitsOf(studyId: string, { splitKey, testUnseen, testSeen }: ExportFlags) {
  return {
    ...defaultSplits(studyId),
    ...(splitKey !== undefined && { key: splitKey }),
    testUnseen,
    testSeen,
  };
}

function infoOf({ title, slug, owner, licence, release }: ExportFlags): Partial<DatasetInfo> {
  return { title, slug, owner, licence, version: release };
}

const REASONS: Record<keyof Bundle["excluded"], string> = {
  withdrawn: "withdrawn",
  rejected: "rejected",
  noConsent: "without consent",
  outOfScope: "whose consent does not cover it",
  abandoned: "abandoned",
  source: "from another source",
  filtered: "left out by a filter",
};

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
  const left = (Object.keys(REASONS) as (keyof typeof REASONS)[]).filter((reason) => excluded[reason] > 0);
  if (left.length > 0)
    console.log(
      `left out: ${left.map((reason) => `${formatCount(excluded[reason])} ${REASONS[reason]}`).join(", ")}`,
    );
}
