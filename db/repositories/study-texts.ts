/** The texts of a study alone, without slates and images: what a review of all of them reads. */
import { and, asc, eq, gt, or } from "drizzle-orm";
import type { TextSource } from "../../exporters/privacy/screen-texts.ts";
import type { SourceRater } from "../../exporters/source.ts";
import type { Store } from "../store.ts";
import { createReadRaters } from "./dataset-raters.ts";
import { idList, isOneOfIds, prepareRows } from "./prepared-rows.ts";

const PAGE_TRAJECTORIES = 500;

type TextRow = [trajectoryId: string, turnIndex: number, text: string];

/** Trajectories that people made, in order of start, a page at a time. */
export async function* readStudyTexts(store: Store, studyId: string): AsyncGenerator<TextSource[]> {
  const { trajectories: t, turns, choices, turnEvaluations, studyVersions } = store.t;
  const readRaters = createReadRaters(store);
  const raters = new Map<string, SourceRater>();
  const versions = await store.read
    .select({ version: studyVersions.version, settings: studyVersions.settings })
    .from(studyVersions)
    .where(eq(studyVersions.studyId, studyId));
  const asksConsent = new Set(
    versions.filter((v) => (v.settings.optionalPhases ?? []).includes("consent")).map((v) => v.version),
  );
  const readCritiques = prepareRows<TextRow>(
    store,
    store.read
      .select({ id: choices.trajectoryId, turnIndex: turns.turnIndex, text: choices.critique })
      .from(choices)
      .innerJoin(turns, eq(turns.id, choices.turnId))
      .where(isOneOfIds(store, choices.trajectoryId)),
  );
  const readRationales = prepareRows<TextRow>(
    store,
    store.read
      .select({
        id: turnEvaluations.trajectoryId,
        turnIndex: turns.turnIndex,
        text: turnEvaluations.rationale,
      })
      .from(turnEvaluations)
      .innerJoin(turns, eq(turns.id, turnEvaluations.turnId))
      .where(isOneOfIds(store, turnEvaluations.trajectoryId)),
  );
  let after: { startedAtMs: number; id: string } | null = null;
  for (;;) {
    const page: {
      id: string;
      raterId: string;
      version: number;
      status: TextSource["status"] | null;
      initialPrompt: string;
      startedAtMs: number;
    }[] = await store.read
      .select({
        id: t.id,
        raterId: t.raterId,
        version: t.studyVersion,
        status: t.assignmentStatus,
        initialPrompt: t.initialPrompt,
        startedAtMs: t.startedAtMs,
      })
      .from(t)
      .where(
        and(
          eq(t.studyId, studyId),
          eq(t.source, "human"),
          after
            ? or(
                gt(t.startedAtMs, after.startedAtMs),
                and(eq(t.startedAtMs, after.startedAtMs), gt(t.id, after.id)),
              )
            : undefined,
        ),
      )
      .orderBy(asc(t.startedAtMs), asc(t.id))
      .limit(PAGE_TRAJECTORIES);
    const last = page.at(-1);
    if (!last) return;
    after = { startedAtMs: last.startedAtMs, id: last.id };
    const ids = idList(
      store,
      page.map((row) => row.id),
    );
    const unknown = [...new Set(page.map((row) => row.raterId))].filter((id) => !raters.has(id));
    for (const [id, rater] of await readRaters(studyId, unknown)) raters.set(id, rater);
    const typed = turnsOf(await readCritiques(ids), await readRationales(ids));
    yield page.flatMap(({ id, raterId, version, status, initialPrompt }) => {
      const rater = raters.get(raterId);
      if (!rater || status === null) return [];
      const consentAsked = asksConsent.has(version);
      return [
        { id, status, source: "human", consentAsked, rater, initialPrompt, turns: typed.get(id) ?? [] },
      ];
    });
    if (page.length < PAGE_TRAJECTORIES) return;
  }
}

type TypedTurn = TextSource["turns"][number];

function turnsOf(critiques: TextRow[], rationales: TextRow[]): Map<string, TypedTurn[]> {
  const out = new Map<string, TypedTurn[]>();
  const turnOf = (trajectoryId: string, turnIndex: number): TypedTurn => {
    const list = out.get(trajectoryId) ?? [];
    out.set(trajectoryId, list);
    const known = list.find((turn) => turn.turnIndex === turnIndex);
    if (known) return known;
    const turn: TypedTurn = { turnIndex, choice: null, evaluation: null };
    list.push(turn);
    return turn;
  };
  for (const [id, turnIndex, critique] of critiques) turnOf(id, turnIndex).choice = { critique };
  for (const [id, turnIndex, rationale] of rationales) turnOf(id, turnIndex).evaluation = { rationale };
  for (const list of out.values()) list.sort((a, b) => a.turnIndex - b.turnIndex);
  return out;
}
