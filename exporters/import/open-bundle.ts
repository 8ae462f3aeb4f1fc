/** Reads what a bundle says of itself and checks its files, before any row is looked at. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { lstat, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { PRIVACY_PROFILES, SOURCES } from "../../app/domain/vocabulary.ts";
import type { DatasetInfo } from "../metadata/dataset-info.ts";
import { LICENCE_IDS } from "../metadata/licences.ts";
import { INCLUDE_VALUES } from "../privacy/consent.ts";
import { SCHEMA_VERSION } from "../records.ts";
import { allTables, TABLE_FORMATS, TABLE_NAMES } from "../tables/index.ts";
import { type BundleProblems, shown } from "./problems.ts";
import type { ImportedRelease } from "./release.ts";

/** Documents are read whole, so they have a limit; tables and archives are streams. */
const DOCUMENT_BYTES_MAX = 64 * 1024 * 1024;
/** What the rows are rebuilt from. The other tables follow from these, and are compared with what follows. */
export const NEEDED_FILES = [
  "trajectories.jsonl",
  "turns.csv",
  "images.csv",
  "candidates.csv",
  "raters.csv",
] as const;

const count = z.number().int().nonnegative();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in hex");
// A flat folder: no separators, no way up, nothing hidden.
const fileName = z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}$/, "is no file name of a bundle");
const share = z.number().min(0).max(1);

const manifestSchema = z.object({
  schema_version: z.literal(SCHEMA_VERSION, `must be "${SCHEMA_VERSION}"`),
  layout: z.literal("turnwise-seq/1.0", 'must be "turnwise-seq/1.0"'),
  release: z.string(),
  made_by: z.string().startsWith("turnwise "),
  code_revision: z.string(),
  built_at: z.iso.datetime(),
  study_id: z.string().regex(/^[A-Za-z0-9_.-]{1,200}$/, "must be an id"),
  profile: z.enum(PRIVACY_PROFILES),
  filters: z.object({
    include: z.enum(INCLUDE_VALUES),
    source: z.enum(SOURCES).nullable(),
    arm_ids: z.array(z.string()).nullable(),
    study_versions: z.array(count).nullable(),
    started_from: z.iso.datetime().nullable(),
    started_before: z.iso.datetime().nullable(),
  }),
  splits: z.object({ test_unseen: share, test_seen: share }).nullable(),
  sizes: z.object({ horizon: z.number().int().min(0).max(20), columns: z.number().int().min(0).max(8) }),
  counts: z.object({ trajectories: count, raters: count, abandoned_in_progress: count }),
  excluded: z.object({
    withdrawn: count,
    rejected: count,
    no_consent: count,
    out_of_scope: count,
    abandoned: count,
    source: count,
    filtered: count,
  }),
  withheld: z.object({ free_text: count, images: count, demographics: count }),
  screening: z.object({
    flagged: count,
    redacted: count,
    excluded: count,
    undecided: count,
    unreviewed: count,
  }),
  image_files: z.object({ files: count, bytes: count }).nullable(),
  files: z
    .array(z.object({ name: fileName, rows: count.nullable(), bytes: count, sha256 }))
    .min(1)
    .max(20_000),
});
export type Manifest = z.infer<typeof manifestSchema>;

const packageSchema = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string(),
  version: z.string(),
  homepage: z.string(),
  keywords: z.array(z.string()),
  licenses: z.array(z.object({ name: z.enum(LICENCE_IDS) })).length(1),
  contributors: z.array(z.object({ title: z.string() })).min(1),
});
const kaggleSchema = z.object({ id: z.string().regex(/^[^/]+\/[^/]+$/), subtitle: z.string() });

export interface OpenBundle {
  folder: string;
  manifest: Manifest;
  release: ImportedRelease;
}

/** Null when too little is sound to go on; `problems` says why in any case. Hashes every file that the manifest names. */
export async function openBundle(folder: string, problems: BundleProblems): Promise<OpenBundle | null> {
  const document = await readJson(folder, "manifest.json", manifestSchema, problems);
  if (!document) return null;
  const { value: manifest } = document;
  await checkFiles(folder, manifest, problems);
  const info = await readInfo(folder, manifest, problems);
  return info && { folder, manifest, release: releaseOf(manifest, document.sha256, info) };
}

async function checkFiles(folder: string, { files }: Manifest, problems: BundleProblems): Promise<void> {
  const names = new Set<string>();
  for (const { name, bytes, sha256: hash } of files) {
    if (names.has(name)) problems.add("manifest.json", null, "files", `${name} is listed twice.`);
    names.add(name);
    const state = await lstat(join(folder, name)).catch(() => null);
    if (!state) problems.add(name, null, "", "The file is missing.");
    else if (!state.isFile()) problems.add(name, null, "", "This is no plain file.");
    else if (state.size !== bytes)
      problems.add(name, null, "", `The file has ${state.size} bytes, but the manifest says ${bytes}.`);
    else if ((await hashOf(join(folder, name))) !== hash)
      problems.add(
        name,
        null,
        "",
        "The checksum differs from the manifest's: the file was changed or damaged.",
      );
  }
  for (const name of NEEDED_FILES)
    if (!names.has(name))
      problems.add(name, null, "", "The bundle was made without this table, which an import needs.");
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const bytes of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(bytes as Buffer);
  return hash.digest("hex");
}

async function readInfo(
  folder: string,
  manifest: Manifest,
  problems: BundleProblems,
): Promise<DatasetInfo | null> {
  const data = (await readJson(folder, "datapackage.json", packageSchema, problems))?.value;
  const kaggle = (await readJson(folder, "dataset-metadata.json", kaggleSchema, problems))?.value;
  const changes = await readDocument(folder, "CHANGELOG.md", problems);
  if (!data || !kaggle || changes === null) return null;
  return {
    title: data.title,
    slug: data.name,
    owner: kaggle.id.split("/")[0] as string,
    subtitle: kaggle.subtitle,
    description: data.description,
    licence: (data.licenses[0] as { name: DatasetInfo["licence"] }).name,
    version: manifest.release,
    creators: data.contributors.map(({ title }) => title),
    url: data.homepage,
    keywords: data.keywords,
    changes: parseChanges(changes.toString("utf8")),
  };
}

/** The entries of CHANGELOG.md; its own among them, so that it is not written a second time. */
function parseChanges(text: string): DatasetInfo["changes"] {
  return [
    ...text.matchAll(/^## (\d+\.\d+\.\d+) \((\d{4}-\d{2}-\d{2})\)\n\n([\s\S]*?)\n(?=\n## |$(?![\s\S]))/gm),
  ].map(([, version, date, entry]) => ({ version: version ?? "", date: date ?? "", text: entry ?? "" }));
}

function releaseOf(manifest: Manifest, manifestSha256: string, info: DatasetInfo): ImportedRelease {
  const { filters, splits, excluded, withheld } = manifest;
  const listed = new Set(manifest.files.map(({ name }) => name));
  const has = (table: string, format: string) => listed.has(`${table}.${format}`);
  const specs = allTables();
  return {
    manifestSha256,
    studyId: manifest.study_id,
    profile: manifest.profile,
    include: filters.include,
    source: filters.source,
    filters: {
      armIds: filters.arm_ids,
      studyVersions: filters.study_versions,
      startedFromMs: instantOf(filters.started_from),
      startedBeforeMs: instantOf(filters.started_before),
    },
    splits: splits && { testUnseen: splits.test_unseen, testSeen: splits.test_seen },
    sizes: { horizon: manifest.sizes.horizon, columnCount: manifest.sizes.columns },
    info,
    builtAtMs: Date.parse(manifest.built_at),
    softwareVersion: manifest.made_by.slice("turnwise ".length),
    codeRevision: manifest.code_revision,
    inProgress: manifest.counts.abandoned_in_progress,
    excluded: {
      withdrawn: excluded.withdrawn,
      rejected: excluded.rejected,
      noConsent: excluded.no_consent,
      outOfScope: excluded.out_of_scope,
      abandoned: excluded.abandoned,
      source: excluded.source,
      filtered: excluded.filtered,
    },
    withheld: {
      freeText: withheld.free_text,
      images: withheld.images,
      demographics: withheld.demographics,
      screening: manifest.screening,
    },
    formats: TABLE_FORMATS.filter((format) => specs.some(({ table }) => has(table.name, format))),
    tables: TABLE_NAMES.filter((name) => TABLE_FORMATS.some((format) => has(name, format))),
    images: manifest.image_files && (listed.has("images-00000.tar") ? "shards" : "files"),
  };
}

function instantOf(text: string | null): number | null {
  return text === null ? null : Date.parse(text);
}

async function readDocument(folder: string, name: string, problems: BundleProblems): Promise<Buffer | null> {
  const state = await lstat(join(folder, name)).catch(() => null);
  if (!state?.isFile()) problems.add(name, null, "", "The file is missing.");
  else if (state.size > DOCUMENT_BYTES_MAX)
    problems.add(name, null, "", "The file is too big to be this document.");
  else return readFile(join(folder, name));
  return null;
}

async function readJson<T>(
  folder: string,
  name: string,
  schema: z.ZodType<T>,
  problems: BundleProblems,
): Promise<{ value: T; sha256: string } | null> {
  const bytes = await readDocument(folder, name, problems);
  if (!bytes) return null;
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    problems.add(name, null, "", "The file is no JSON.");
    return null;
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { value: parsed.data, sha256: createHash("sha256").update(bytes).digest("hex") };
  for (const issue of parsed.error.issues) {
    const given = issue.path.reduce(
      (at: unknown, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key],
      json,
    );
    problems.add(name, null, issue.path.join("."), `${issue.message}: ${shown(given)}`);
  }
  return null;
}
