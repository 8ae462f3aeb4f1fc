/** Reads trajectories for the exporters, a page at a time, the same way on both databases. */
import { and, asc, count, eq, gt, inArray, lt, or, type SQL, sql } from "drizzle-orm";
import type { ConsentScope } from "../../app/domain/vocabulary.ts";
import type {
  DatasetSource,
  SourceCandidate,
  SourceColumn,
  SourceConsent,
  SourceImage,
  SourceRater,
  SourceTrajectory,
  SourceTurn,
  StudySizes,
} from "../../exporters/source.ts";
import { chunk, type Store } from "../store.ts";

/** A turn is part of the data once its whole slate was rendered. */
const RENDERED = ["ready", "chosen"] as const;

/** The rows of a study as the exporters read them, from either database. */
export function datasetSource(store: Store): DatasetSource {
  const { trajectories, assignments } = store.t;
  // Text order follows the locale on PostgreSQL; on SQLite it is by bytes already.
  const trajectoryId: SQL<string> =
    store.dialect === "postgres" ? sql`${trajectories.id} collate "C"` : sql`${trajectories.id}`;
  const belowMark = (query: { studyId: string; startedBeforeMs: number }) =>
    and(eq(trajectories.studyId, query.studyId), lt(trajectories.startedAtMs, query.startedBeforeMs));
  const sizes = createSizes(store);

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
      const turns = await listTurns(
        store,
        page.map((row) => row.id),
        withCandidates,
      );
      const raters = await listRaters(store, query.studyId, [...new Set(page.map((row) => row.raterId))]);
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

/** Raters with their newest consent to the study, by id. */
async function listRaters(
  store: Store,
  studyId: string,
  raterIds: string[],
): Promise<Map<string, SourceRater>> {
  const { raters, raterProfiles, consents, user } = store.t;
  const people = await inChunks(raterIds, (ids) =>
    store.read
      .select({
        id: raters.id,
        pool: raters.pool,
        locale: raters.locale,
        name: user.name,
        answers: raterProfiles.answers,
      })
      .from(raters)
      .leftJoin(raterProfiles, eq(raterProfiles.raterId, raters.id))
      .leftJoin(user, eq(user.id, raters.userId))
      .where(inArray(raters.id, ids)),
  );
  const given = await inChunks(raterIds, (ids) =>
    store.read
      .select({
        raterId: consents.raterId,
        version: consents.consentVersion,
        scopes: consents.scopes,
        withdrawnAtMs: consents.withdrawnAtMs,
      })
      .from(consents)
      .where(and(eq(consents.studyId, studyId), inArray(consents.raterId, ids))),
  );
  given.sort((a, b) => a.version - b.version);
  const newest = new Map<string, SourceConsent>();
  for (const { raterId, version, scopes, withdrawnAtMs } of given)
    newest.set(raterId, { version, scopes: scopes as ConsentScope[], withdrawn: withdrawnAtMs !== null });
  return new Map(
    people.map(({ name, answers, ...rater }) => [
      rater.id,
      {
        ...rater,
        consent: newest.get(rater.id) ?? null,
        demographics: answers ?? {},
        names: name ? [name] : [],
      },
    ]),
  );
}

/** The rendered turns of some trajectories, by trajectory, each list in order of the turns. */
async function listTurns(
  store: Store,
  trajectoryIds: string[],
  withCandidates: boolean,
): Promise<Map<string, SourceTurn[]>> {
  const { turns, slates, choices, turnEvaluations } = store.t;
  const rows = await inChunks(trajectoryIds, (ids) =>
    store.read
      .select({
        id: turns.id,
        trajectoryId: turns.trajectoryId,
        turnIndex: turns.turnIndex,
        agentVersion: slates.agentVersion,
        t2iModel: slates.t2iModel,
        shownAtMs: slates.shownAtMs,
        choice: {
          columnId: choices.columnId,
          critique: choices.critique,
          critiqueSentToAgent: choices.critiqueSentToAgent,
          chosenAtMs: choices.chosenAtMs,
          activeMs: choices.activeMs,
          idleMs: choices.idleMs,
          waitingMs: choices.waitingMs,
        },
        // Drizzle makes null of a joined object whose first column is null: that must be one that never is.
        evaluation: {
          turnId: turnEvaluations.turnId,
          confirmedColumnId: turnEvaluations.confirmedColumnId,
          rationale: turnEvaluations.rationale,
          vsPrevious: turnEvaluations.vsPrevious,
          turnSatisfaction: turnEvaluations.turnSatisfaction,
        },
      })
      .from(turns)
      .innerJoin(slates, eq(slates.turnId, turns.id))
      .leftJoin(choices, eq(choices.turnId, turns.id))
      .leftJoin(turnEvaluations, eq(turnEvaluations.turnId, turns.id))
      .where(and(inArray(turns.trajectoryId, ids), inArray(turns.status, [...RENDERED]))),
  );
  rows.sort((a, b) => a.turnIndex - b.turnIndex);
  // After the turns: everything of a rendered turn was committed before its status said so.
  const columns = await listColumns(store, trajectoryIds);
  const candidates = withCandidates
    ? await listCandidates(
        store,
        rows.map((row) => row.id),
      )
    : new Map<string, SourceCandidate[]>();
  return groupBy(
    rows,
    (row) => row.trajectoryId,
    (row): SourceTurn => ({
      id: row.id,
      turnIndex: row.turnIndex,
      agentVersion: row.agentVersion,
      t2iModel: row.t2iModel,
      shownAtMs: row.shownAtMs,
      choice: row.choice,
      evaluation: row.evaluation,
      columns: columns.get(row.id) ?? [],
      candidates: candidates.get(row.id) ?? [],
    }),
  );
}

/** Everything that the agent proposed, by turn. */
async function listCandidates(store: Store, turnIds: string[]): Promise<Map<string, SourceCandidate[]>> {
  const { candidates } = store.t;
  const rows = await inChunks(turnIds, (ids) =>
    store.read.select().from(candidates).where(inArray(candidates.turnId, ids)),
  );
  rows.sort((a, b) => a.candidateIndex - b.candidateIndex);
  return groupBy(
    rows,
    (row) => row.turnId,
    ({ turnId: _, ...row }): SourceCandidate => row,
  );
}

/** Columns with their images and satisfactions, by turn. */
async function listColumns(store: Store, trajectoryIds: string[]): Promise<Map<string, SourceColumn[]>> {
  const { columns, columnSatisfactions } = store.t;
  const images = await listImages(store, trajectoryIds);
  const rows = await inChunks(trajectoryIds, (ids) =>
    store.read
      .select({
        id: columns.id,
        turnId: columns.turnId,
        columnIndex: columns.columnIndex,
        displayPosition: columns.displayPosition,
        prompt: columns.prompt,
        category: columns.category,
        satisfaction: columnSatisfactions.satisfaction,
      })
      .from(columns)
      .leftJoin(columnSatisfactions, eq(columnSatisfactions.columnId, columns.id))
      .where(inArray(columns.trajectoryId, ids)),
  );
  rows.sort((a, b) => a.columnIndex - b.columnIndex);
  return groupBy(
    rows,
    (row) => row.turnId,
    ({ turnId: _, ...row }): SourceColumn => ({ ...row, images: images.get(row.id) ?? [] }),
  );
}

/** Finished images with what is known of their original bytes, by column. */
async function listImages(store: Store, trajectoryIds: string[]): Promise<Map<string, SourceImage[]>> {
  const { images, objects } = store.t;
  const rows = await inChunks(trajectoryIds, (ids) =>
    store.read
      .select({
        id: images.id,
        columnId: images.columnId,
        imageIndex: images.imageIndex,
        displayRow: images.displayRow,
        seed: images.seed,
        model: images.model,
        sha256: objects.sha256,
        byteSize: objects.byteSize,
        mimeType: objects.mimeType,
        widthPx: objects.widthPx,
        heightPx: objects.heightPx,
      })
      .from(images)
      .innerJoin(objects, eq(objects.sha256, images.sha256))
      .where(and(inArray(images.trajectoryId, ids), eq(images.status, "ready"))),
  );
  rows.sort((a, b) => a.imageIndex - b.imageIndex);
  return groupBy(
    rows,
    (row) => row.columnId,
    ({ columnId: _, ...row }): SourceImage => row,
  );
}

async function inChunks<Row>(ids: string[], query: (ids: string[]) => PromiseLike<Row[]>): Promise<Row[]> {
  const out: Row[] = [];
  for (const part of chunk(ids)) out.push(...(await query(part)));
  return out;
}

/** Groups in order of appearance, so a list sorted before is sorted in each group. */
function groupBy<Row, Value>(
  rows: readonly Row[],
  key: (row: Row) => string,
  value: (row: Row) => Value,
): Map<string, Value[]> {
  const out = new Map<string, Value[]>();
  for (const row of rows) {
    const group = out.get(key(row));
    if (group) group.push(value(row));
    else out.set(key(row), [value(row)]);
  }
  return out;
}
