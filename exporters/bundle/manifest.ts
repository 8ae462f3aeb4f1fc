import type { PrivacyProfile } from "../../app/domain/vocabulary.ts";
import type { Counts } from "../invariants.ts";
import { SCHEMA_VERSION } from "../records.ts";

export const INCLUDE_VALUES = ["complete", "all"] as const;
/** Complete trajectories alone, or abandoned ones as well. */
export type Include = (typeof INCLUDE_VALUES)[number];

/** A file of the bundle; `rows` is null for files that hold no rows. */
export interface BundleFile {
  name: string;
  rows: number | null;
  byteSize: number;
  sha256: string;
}

export interface BundleCounts extends Counts {
  trajectories: number;
  complete: number;
  abandoned: number;
  /** Of the abandoned ones, those whose rater could still have gone on. */
  inProgress: number;
}

/** Trajectories that were left out, and why. */
export interface Exclusions {
  abandoned: number;
  rejected: number;
  withdrawn: number;
}

export interface ManifestInput {
  softwareVersion: string;
  builtAtMs: number;
  profile: PrivacyProfile;
  include: Include;
  /** Pseudonym. */
  studyId: string;
  counts: BundleCounts;
  excluded: Exclusions;
  /** Copied image files; null when the bundle has none. */
  images: { files: number; bytes: number } | null;
  files: readonly BundleFile[];
}

/** manifest.json: what the bundle holds and how it was made. The only place that tells the build time. */
export function manifestText(input: ManifestInput): string {
  const { counts, excluded } = input;
  const manifest = {
    schema_version: SCHEMA_VERSION,
    made_by: `turnwise ${input.softwareVersion}`,
    built_at: new Date(input.builtAtMs).toISOString(),
    study_id: input.studyId,
    profile: input.profile,
    filters: { include: input.include },
    counts: {
      trajectories: counts.trajectories,
      complete: counts.complete,
      abandoned: counts.abandoned,
      abandoned_in_progress: counts.inProgress,
      turns: counts.turns,
      choices: counts.choices,
      columns: counts.columns,
      images: counts.images,
      answers: counts.answers,
    },
    excluded: { abandoned: excluded.abandoned, rejected: excluded.rejected, withdrawn: excluded.withdrawn },
    image_files: input.images,
    files: input.files.map(({ name, rows, byteSize, sha256 }) => ({ name, rows, bytes: byteSize, sha256 })),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** A line of SHA256SUMS, as `sha256sum -c` reads it. Names of the bundle need no escaping. */
export function checksumLine(file: { name: string; sha256: string }): string {
  return `${file.sha256}  ${file.name}\n`;
}
