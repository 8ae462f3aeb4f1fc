/** Reads trajectories for the exporters, a page at a time, the same way on both databases. */
import { and, asc, count, eq, gt, gte, isNotNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { AssignmentStatus } from "../../app/domain/assignment.ts";
import type { Source } from "../../app/domain/vocabulary.ts";
import type { DatasetSource, SourceTrajectory, StudySizes } from "../../exporters/source.ts";
import type { ReadStore } from "../snapshot.ts";
import { createReadRaters } from "./dataset-raters.ts";
import { createReadTurns } from "./dataset-turns.ts";
import { prepareRows } from "./prepared-rows.ts";
import { createFindDecisions } from "./text-decisions.ts";

/** The rows of a study as the exporters read them, from either database. */
export function datasetSource(store: ReadStore): DatasetSource {
  const { trajectories, assignments } = store.t;
  const belowMark = (query: { studyId: string; startedBeforeMs: number }) =>
    and(eq(trajectories.studyId, query.studyId), lt(trajectories.startedAtMs, query.startedBeforeMs));
  const sizes = createSizes(store);
  const pages = preparePages(store);
  const readTurns = createReadTurns(store);
  const readRaters = createReadRaters(store);
  const findDecisions = createFindDecisions(store);

  return {
    findDecisions,

    async getStudy(studyId) {
      const { studies, studyVersions } = store.t;
      const [study] = await store.read
        .select({ id: studies.id, name: studies.name, imported: studies.imported })
        .from(studies)
        .where(eq(studies.id, studyId));
      if (!study) throw new Error(`there is no study ${studyId}`);
      const versions = await store.read
        .select({ settings: studyVersions.settings })
        .from(studyVersions)
        .where(eq(studyVersions.studyId, studyId));
      const largest = (of: "columnCount" | "horizon") =>
        versions.reduce((max, { settings }) => Math.max(max, settings[of]), 0);
      if (study.imported) return { ...study, ...study.imported.sizes };
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

    async withdrawals(query) {
      const { consents, studyRaters } = store.t;
      const [taken] = await store.read
        .select({ n: count() })
        .from(consents)
        .where(and(eq(consents.studyId, query.studyId), isNotNull(consents.withdrawnAtMs)));
      const [members] = await store.read
        .select({ n: count() })
        .from(studyRaters)
        .where(and(eq(studyRaters.studyId, query.studyId), isNotNull(studyRaters.withdrawnAtMs)));
      const statuses = await this.countTrajectories(query);
      const all = Object.values(statuses).reduce((sum, n) => sum + n, 0);
      return JSON.stringify([
        all,
        statuses.withdrawn ?? 0,
        statuses.rejected ?? 0,
        Number(taken?.n ?? 0),
        Number(members?.n ?? 0),
      ]);
    },

    async listTrajectories({ studyId, startedBeforeMs, after, limit, withCandidates = false }) {
      const page = await pages({
        studyId,
        startedBeforeMs,
        limit,
        // Before every instant there is, and every id.
        afterMs: after?.startedAtMs ?? -1,
        afterId: after?.id ?? "",
      });
      if (page.length === 0) return [];
      // The status was read first: whatever belongs to a completed trajectory was committed before it.
      const turns = await readTurns(
        page.map((row) => row[0]),
        withCandidates,
      );
      const raters = await readRaters(studyId, [...new Set(page.map((row) => row[2]))]);
      const out: SourceTrajectory[] = [];
      for (const row of page) {
        const rater = raters.get(row[2]);
        if (!rater) throw new Error(`trajectory ${row[0]} has no rater`);
        out.push({
          id: row[0],
          studyId,
          studyVersion: row[1],
          ...(await sizes(studyId, row[1])),
          raterId: row[2],
          rater,
          source: row[3],
          status: row[4],
          initialPrompt: row[5],
          armId: row[6],
          armProbability: row[7],
          userType: row[8],
          split: row[9],
          startedAtMs: row[10],
          completedAtMs: row[11],
          turns: turns.get(row[0]) ?? [],
        });
      }
      return out;
    },
  };
}

type TrajectoryRow = [
  id: string,
  studyVersion: number,
  raterId: string,
  source: Source,
  status: AssignmentStatus,
  initialPrompt: string,
  armId: string | null,
  armProbability: number | null,
  userType: number | null,
  importedSplit: string | null,
  startedAtMs: number,
  completedAtMs: number | null,
];

/** Pages in the order (startedAtMs, id), ids by bytes. */
function preparePages(store: ReadStore) {
  const { trajectories, assignments } = store.t;
  // Text order follows the locale on PostgreSQL; on SQLite it is by bytes already.
  const id: SQL<string> =
    store.dialect === "postgres" ? sql`${trajectories.id} collate "C"` : sql`${trajectories.id}`;
  const { startedAtMs } = trajectories;
  const afterMs = sql.placeholder("afterMs");
  return prepareRows<TrajectoryRow>(
    store,
    store.read
      .select({
        id: trajectories.id,
        studyVersion: trajectories.studyVersion,
        raterId: trajectories.raterId,
        source: trajectories.source,
        status: assignments.status,
        initialPrompt: trajectories.initialPrompt,
        armId: trajectories.armId,
        armProbability: trajectories.armProbability,
        userType: trajectories.userType,
        importedSplit: trajectories.importedSplit,
        startedAtMs,
        completedAtMs: trajectories.completedAtMs,
      })
      .from(trajectories)
      .innerJoin(assignments, eq(assignments.id, trajectories.assignmentId))
      .where(
        and(
          eq(trajectories.studyId, sql.placeholder("studyId")),
          lt(startedAtMs, sql.placeholder("startedBeforeMs")),
          // What the index is entered by; the rest tells those of the same instant apart.
          gte(startedAtMs, afterMs),
          or(gt(startedAtMs, afterMs), gt(id, sql.placeholder("afterId"))),
        ),
      )
      .orderBy(asc(startedAtMs), asc(id))
      .limit(sql.placeholder("limit")),
  );
}

interface VersionFacts {
  sizes: StudySizes;
  consentAsked: boolean;
}

/** What the exporters need of each study version, read once. */
function createSizes(store: ReadStore): (studyId: string, version: number) => Promise<VersionFacts> {
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
