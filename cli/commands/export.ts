import { resolve } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { eq } from "drizzle-orm";
import { DAY_MS, dayStartMs } from "../../app/domain/day.ts";
import {
  type ExportFilters,
  type ExportOptions,
  exportOptionsSchema,
} from "../../app/domain/export-options.ts";
import { PRIVACY_PROFILES, type PrivacyProfile, SOURCES, type Source } from "../../app/domain/vocabulary.ts";
import { estimateFiles } from "../../app/services/dataset/estimate-files.ts";
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
import { CliError } from "../errors.ts";
import { printBundle, printEstimate } from "../export-report.ts";
import { formatCount } from "../format.ts";
import { interruptible } from "../interrupt.ts";
import { createProgress } from "../progress.ts";

interface ExportFlags {
  study: string;
  out?: string;
  dryRun?: true;
  arm?: string[];
  studyVersion?: number[];
  from?: number;
  until?: number;
  subtitle?: string;
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
    .option("--out <folder>", "a new or empty folder for the bundle")
    .option("--dry-run", "write nothing: count what it would hold, and tell about how large it would be")
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
    .option("--arm <ids or names>", "only trajectories of these arms, comma-separated", words)
    .option("--study-version <numbers>", "only trajectories of these versions of the study", versions)
    .option("--from <day>", "only what was started on this day or later (UTC)", day)
    .option("--until <day>", "only what was started on this day or earlier (UTC)", day)
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
    .option("--subtitle <text>", "its subtitle, 20 to 80 characters")
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
  turnwise export --study std_1 --profile public --format parquet --images --out ./release
  turnwise export --study std_1 --profile shared --from 2026-01-01 --until 2026-01-31 --dry-run`,
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

function words(value: string): string[] {
  return value
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
}

function versions(value: string): number[] {
  return words(value).map((word) => {
    if (!/^[1-9]\d{0,5}$/.test(word)) throw new InvalidArgumentError("A version is a number such as 1.");
    return Number(word);
  });
}

function day(value: string): number {
  const ms = dayStartMs(value);
  if (Number.isNaN(ms)) throw new InvalidArgumentError("A day looks like 2026-01-31.");
  return ms;
}

type Context = Parameters<Parameters<typeof withContext>[0]>[0];

async function run(ctx: Context, flags: ExportFlags, signal: AbortSignal): Promise<void> {
  const study = await getStudy(ctx, flags.study);
  const filters = await filtersOf(ctx, study.studyId, flags);
  if (flags.dryRun) return printEstimate(await estimateFiles(ctx, study.studyId, optionsOf(flags, filters)));
  if (flags.out === undefined)
    throw new CliError("Say where to write: --out FOLDER. Or count only: --dry-run.");
  const outDir = resolve(flags.out);
  const progress = createProgress();
  let bundle: Bundle;
  try {
    bundle = await writeBundle(datasetSource(ctx.store), {
      studyId: study.studyId,
      profile: flags.profile,
      include: flags.include,
      source: flags.source ?? null,
      filters,
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
        filters,
      },
    }),
  );
  printBundle(bundle, outDir);
}

function splitsOf(studyId: string, { splitKey, testUnseen, testSeen }: ExportFlags) {
  return {
    ...defaultSplits(studyId),
    ...(splitKey !== undefined && { key: splitKey }),
    testUnseen,
    testSeen,
  };
}

function infoOf({ title, subtitle, slug, owner, licence, release }: ExportFlags): Partial<DatasetInfo> {
  return { title, subtitle, slug, owner, licence, version: release };
}

async function filtersOf(ctx: Context, studyId: string, flags: ExportFlags): Promise<ExportFilters> {
  return {
    armIds: flags.arm ? await findArmIds(ctx, studyId, flags.arm) : null,
    studyVersions: flags.studyVersion ?? null,
    startedFromMs: flags.from ?? null,
    startedBeforeMs: flags.until === undefined ? null : flags.until + DAY_MS,
  };
}

/** An arm has an id in each version of the study; its name means all of them. */
async function findArmIds(ctx: Context, studyId: string, wanted: string[]): Promise<string[]> {
  const { arms } = ctx.store.t;
  const rows = await ctx.store.read
    .select({ id: arms.id, label: arms.label })
    .from(arms)
    .where(eq(arms.studyId, studyId));
  const unknown = wanted.find((word) => !rows.some((row) => row.id === word || row.label === word));
  if (unknown !== undefined)
    throw new CliError(
      `The study has no arm "${unknown}"; it has ${[...new Set(rows.map((row) => row.label))].join(", ")}.`,
    );
  return rows.filter((row) => wanted.includes(row.id) || wanted.includes(row.label)).map((row) => row.id);
}

/** Of what only matters for the bytes of a bundle, the defaults. */
function optionsOf(flags: ExportFlags, filters: ExportFilters): ExportOptions {
  const { profile, include, source, format: formats, files: tables, images } = flags;
  return exportOptionsSchema.parse({
    profile,
    include,
    source: source ?? null,
    formats,
    tables,
    images: images !== undefined,
    filters,
  });
}
