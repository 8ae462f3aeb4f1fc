/** What reviewers decided about texts, the newest entry of each. */
import { and, asc, eq, lte, sql } from "drizzle-orm";
import type { TextDecisionEntry } from "../../app/domain/text-review.ts";
import { textKey } from "../../app/domain/text-review.ts";
import type { RecordedDecision } from "../../exporters/privacy/screen-texts.ts";
import type { DatasetSource } from "../../exporters/source.ts";
import type { ReadStore } from "../snapshot.ts";
import type { Store } from "../store.ts";
import { idList, isOneOfIds, prepareRows } from "./prepared-rows.ts";

type FindDecisions = NonNullable<DatasetSource["findDecisions"]>;

type Row = [
  trajectoryId: string,
  turnIndex: number | null,
  field: "initial_prompt" | "critique" | "rationale",
  decision: TextDecisionEntry,
  replacement: string | null,
  textSha256: string,
];

/**
 * For exports: decisions as they stood at an instant, so that a repeated export has the same bytes whatever is decided
 * meanwhile.
 */
export function createFindDecisions(store: ReadStore): FindDecisions {
  const { textDecisions: t } = store.t;
  const read = prepareRows<Row>(
    store,
    store.read
      .select({
        trajectoryId: t.trajectoryId,
        turnIndex: t.turnIndex,
        field: t.field,
        decision: t.decision,
        replacement: t.replacement,
        textSha256: t.textSha256,
      })
      .from(t)
      .where(and(isOneOfIds(store, t.trajectoryId), lte(t.decidedAtMs, sql.placeholder("decidedByMs"))))
      .orderBy(asc(t.id)),
  );
  return async (trajectoryIds, decidedByMs) => {
    const newest = new Map<string, RecordedDecision>();
    for (const row of await read({ ...idList(store, trajectoryIds), decidedByMs })) {
      const [trajectoryId, turnIndex, field, decision, replacement, textSha256] = row;
      const key = textKey({ trajectoryId, turnIndex, field });
      if (decision === "undone") newest.delete(key);
      else newest.set(key, { decision, replacement, textSha256 });
    }
    return newest;
  };
}

/** A decision with who made it, when, and together with which others. */
export interface DecisionEntry extends RecordedDecision {
  textSha256: string;
  batchId: string;
  decidedBy: string | null;
  decidedAtMs: number;
}

/** Every decision of a study that stands, by the key of its text. */
export async function readStudyDecisions(store: Store, studyId: string): Promise<Map<string, DecisionEntry>> {
  const { textDecisions: t } = store.t;
  const rows = await store.read.select().from(t).where(eq(t.studyId, studyId)).orderBy(asc(t.id));
  const newest = new Map<string, DecisionEntry>();
  for (const { id: _, studyId: __, decision, ...row } of rows) {
    if (decision === "undone") newest.delete(textKey(row));
    else newest.set(textKey(row), { ...row, decision });
  }
  return newest;
}
