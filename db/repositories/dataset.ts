/** Reads trajectories for the exporters, a page at a time, the same way on both databases. */
import { and, asc, count, eq, gt, lt, or, type SQL, sql } from "drizzle-orm";
import type { DatasetSource, SourceTrajectory, StudySizes } from "../../exporters/source.ts";
import type { Store } from "../store.ts";
import { listSourceRaters } from "./dataset-raters.ts";
import { createReadTurns } from "./dataset-turns.ts";

/** The rows of a study as the exporters read them, from either database. */
export function datasetSource(store: Store): DatasetSource {
  const { trajectories, assignments } = store.t;
  // Text order follows the locale on PostgreSQL; on SQLite it is by bytes already.
  const trajectoryId: SQL<string> =
    store.dialect === "postgres" ? sql`${trajectories.id} collate "C"` : sql`${trajectories.id}`;
  const belowMark = (query: { studyId: string; startedBeforeMs: number }) =>
    and(eq(trajectories.studyId, query.studyId), lt(trajectories.startedAtMs, query.startedBeforeMs));
  const sizes = createSizes(store);
  const readTurns = createReadTurns(store);

  return {
    async getStudy(studyId) {
      const { studies, studyVersions } = store.t;
      const [study] = await store.read
        .select({ id: studies.id, name: studies.name })
        .from(studies)
        .where(eq(studies.id, studyId));
      if (!study) throw new Error(`there is no study ${studyId}`);
      const versions = await store.read
        .select({ settings: studyVersions.settings })
        .from(studyVersions)
        .where(eq(studyVersions.studyId, studyId));
      const largest = (of: "columnCount" | "horizon") =>
        versions.reduce((max, { settings }) => Math.max(max, settings[of]), 0);
      return { ...study, columnCount: largest("columnCount"), horizon: largest("horizon") };
    },

    async countTrajectories(query) {
      const rows = await store.read
        .select({ status: assignments.status, n: count() })
        .from(trajectories)
        .innerJoin(assignments, eq(assignments.id, trajectories.assignmentId))
        .where(belowMark(query))
        .groupBy(assignments.status);
      return Object.fromEntries(rows.map((row) => [row.status, Number(row.n)]));
    },

    async listTrajectories({ after, limit, withCandidates = false, ...query }) {
      const page = await store.read
        .select({
          id: trajectories.id,
          studyId: trajectories.studyId,
          studyVersion: trajectories.studyVersion,
          raterId: trajectories.raterId,
          source: trajectories.source,
          status: assignments.status,
          initialPrompt: trajectories.initialPrompt,
          armId: trajectories.armId,
          armProbability: trajectories.armProbability,
          userType: trajectories.userType,
          startedAtMs: trajectories.startedAtMs,
          completedAtMs: trajectories.completedAtMs,
        })
        .from(trajectories)
        .innerJoin(assignments, eq(assignments.id, trajectories.assignmentId))
        .where(
          and(
            belowMark(query),
            after === null
              ? undefined
              : or(
                  gt(trajectories.startedAtMs, after.startedAtMs),
                  and(eq(trajectories.startedAtMs, after.startedAtMs), gt(trajectoryId, after.id)),
                ),
          ),
        )
        .orderBy(asc(trajectories.startedAtMs), asc(trajectoryId))
        .limit(limit);
      // The status was read first: whatever belongs to a completed trajectory was committed before it.
      const turns = await readTurns(
        page.map((row) => row.id),
        withCandidates,
      );
      const raters = await listSourceRaters(store, query.studyId, [
        ...new Set(page.map((row) => row.raterId)),
      ]);
      const out: SourceTrajectory[] = [];
      for (const row of page) {
        const rater = raters.get(row.raterId);
        if (!rater) throw new Error(`trajectory ${row.id} has no rater`);
        out.push({
          ...row,
          ...(await sizes(row.studyId, row.studyVersion)),
          rater,
          turns: turns.get(row.id) ?? [],
        });
      }
      return out;
    },
  };
}

interface VersionFacts {
  sizes: StudySizes;
  consentAsked: boolean;
}

/** What the exporters need of each study version, read once. */
function createSizes(store: Store): (studyId: string, version: number) => Promise<VersionFacts> {
  const known = new Map<string, VersionFacts>();
  return async (studyId, version) => {
    const key = `${studyId}/${version}`;
    const found = known.get(key);
    if (found) return found;
    const { studyVersions } = store.t;
    const [row] = await store.read
      .select({ settings: studyVersions.settings })
      .from(studyVersions)
      .where(and(eq(studyVersions.studyId, studyId), eq(studyVersions.version, version)));
    if (!row) throw new Error(`study ${studyId} has no version ${version}`);
    const { horizon, columnCount, imagesPerColumn, optionalPhases } = row.settings;
    const value = {
      sizes: { horizon, columnCount, imagesPerColumn },
      consentAsked: (optionalPhases ?? []).includes("consent"),
    };
    known.set(key, value);
    return value;
  };
}
