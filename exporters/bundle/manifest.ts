import { jsonText, type MetadataContext } from "../metadata/context.ts";
import { SCHEMA_VERSION } from "../records.ts";
import type { BundleFile } from "./counts.ts";

/** manifest.json: what the bundle holds and how it was made. */
export function manifestText(context: MetadataContext, files: readonly BundleFile[]): string {
  const { counts, excluded, withheld } = context;
  return jsonText({
    schema_version: SCHEMA_VERSION,
    layout: context.layout,
    release: context.info.version,
    made_by: `turnwise ${context.softwareVersion}`,
    code_revision: context.codeRevision,
    built_at: new Date(context.builtAtMs).toISOString(),
    study_id: context.studyId,
    profile: context.profile,
    filters: {
      include: context.include,
      source: context.source,
      arm_ids: context.filters.armIds,
      study_versions: context.filters.studyVersions,
      started_from: dayTime(context.filters.startedFromMs),
      started_before: dayTime(context.filters.startedBeforeMs),
    },
    splits: context.splits && { test_unseen: context.splits.testUnseen, test_seen: context.splits.testSeen },
    sizes: { horizon: context.sizes.horizon, columns: context.sizes.columnCount },
    counts: {
      trajectories: counts.trajectories,
      complete: counts.complete,
      abandoned: counts.abandoned,
      abandoned_in_progress: counts.inProgress,
      raters: counts.raters,
      turns: counts.turns,
      choices: counts.choices,
      columns: counts.columns,
      images: counts.images,
      answers: counts.answers,
      in_turn_pairs: counts.inTurnPairs,
      cross_turn_pairs: counts.crossTurnPairs,
      splits: counts.splits,
    },
    excluded: {
      withdrawn: excluded.withdrawn,
      rejected: excluded.rejected,
      no_consent: excluded.noConsent,
      out_of_scope: excluded.outOfScope,
      abandoned: excluded.abandoned,
      source: excluded.source,
      filtered: excluded.filtered,
    },
    withheld: {
      free_text: withheld.freeText,
      images: withheld.images,
      demographics: withheld.demographics,
    },
    screening: withheld.screening,
    image_files: context.images,
    files: files.map(({ name, rows, byteSize, sha256 }) => ({ name, rows, bytes: byteSize, sha256 })),
  });
}

function dayTime(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}

/** A line of SHA256SUMS, as `sha256sum -c` reads it. Names of the bundle need no escaping. */
export function checksumLine(file: { name: string; sha256: string }): string {
  return `${file.sha256}  ${file.name}\n`;
}
