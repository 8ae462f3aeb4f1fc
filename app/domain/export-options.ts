/** What an export is asked for. Stored with its job, so that whoever takes the job up does the same. */
import { z } from "zod";
import { PRIVACY_PROFILES, SOURCES } from "./vocabulary.ts";

export const TABLE_FORMATS = ["jsonl", "csv", "parquet"] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

export const TABLE_NAMES = [
  "trajectories",
  "turns",
  "columns",
  "images",
  "candidates",
  "raters",
  "preferences",
  "choices",
  "steps",
  "preferences_trl",
  "prompts_trl",
] as const;
export type TableName = (typeof TABLE_NAMES)[number];

export const INCLUDE_VALUES = ["complete", "all"] as const;
/** Complete trajectories alone, or abandoned ones as well. */
export type Include = (typeof INCLUDE_VALUES)[number];

export const IMAGE_LAYOUTS = ["shards", "files"] as const;
/** Archives of about 1 GB, or one file an image beside the tables. */
export type ImageLayout = (typeof IMAGE_LAYOUTS)[number];

/** Licences that a dataset can be given out under: those that every catalogue knows, and none at all. */
export const LICENCE_IDS = [
  "CC0-1.0",
  "CC-BY-4.0",
  "CC-BY-SA-4.0",
  "CC-BY-NC-4.0",
  "CC-BY-NC-SA-4.0",
  "other",
] as const;
export type LicenceId = (typeof LICENCE_IDS)[number];

const share = z.number().min(0).max(1);
const line = (max: number) => z.string().trim().max(max);

/** `key` draws the splits; null = the study's own, which every release shares. */
const splits = z.strictObject({
  key: z.string().min(1).max(200).nullable().default(null),
  testUnseen: share.default(0.1),
  testSeen: share.default(0.1),
});

/** How the dataset is presented; what is left out follows from the study. */
const info = z
  .strictObject({
    title: line(50),
    slug: line(50),
    owner: line(80),
    subtitle: line(80),
    description: line(5_000),
    licence: z.enum(LICENCE_IDS),
    /** Of the release: MAJOR.MINOR.PATCH. */
    version: z.string().regex(/^\d{1,6}\.\d{1,6}\.\d{1,6}$/, "The version looks like 1.0.0."),
    creators: z.array(line(200).min(1)).min(1).max(100),
    url: line(500),
    keywords: z.array(line(60).min(1)).max(40),
  })
  .partial();

/** Only these trajectories; null = no limit. */
const filters = z.strictObject({
  armIds: z.array(z.string().max(80)).min(1).max(200).nullable().default(null),
  studyVersions: z.array(z.number().int().positive()).min(1).max(200).nullable().default(null),
  startedFromMs: z.number().int().nonnegative().nullable().default(null),
  startedBeforeMs: z.number().int().nonnegative().nullable().default(null),
});
export type ExportFilters = z.infer<typeof filters>;
export const NO_FILTERS: ExportFilters = {
  armIds: null,
  studyVersions: null,
  startedFromMs: null,
  startedBeforeMs: null,
};

export const exportOptionsSchema = z.strictObject({
  profile: z.enum(PRIVACY_PROFILES),
  include: z.enum(INCLUDE_VALUES).default("all"),
  /** Who made the trajectories; null = people and simulated raters. */
  source: z.enum(SOURCES).nullable().default(null),
  formats: z
    .array(z.enum(TABLE_FORMATS))
    .min(1)
    .default([...TABLE_FORMATS]),
  tables: z
    .array(z.enum(TABLE_NAMES))
    .min(1)
    .default([...TABLE_NAMES]),
  /** Also the original images, as archives of about 1 GB. */
  images: z.boolean().default(false),
  /** null = the column `split` stays empty. */
  splits: splits.nullable().default({ key: null, testUnseen: 0.1, testSeen: 0.1 }),
  filters: filters.default(NO_FILTERS),
  /**
   * Releases of a study with the same words here have the same pseudonyms, so that people can follow a rater from one to
   * the next; null = names of its own, which nothing links to those of another release.
   */
  linkAs: z.string().trim().min(1).max(80).nullable().default(null),
  info: info.default({}),
});
export type ExportOptions = z.infer<typeof exportOptionsSchema>;
/** As they are asked for: everything but the profile may be left out. */
export type ExportOptionsInput = z.input<typeof exportOptionsSchema>;
