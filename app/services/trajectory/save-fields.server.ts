import type { Tx } from "../../../db/store.ts";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import {
  compareAndSet,
  type FieldResult,
  type FieldSave,
  parseAnswerField,
} from "../../domain/answer-field.ts";
import { RequestError } from "../../domain/errors.ts";
import { asksVsPrevious } from "../../domain/evaluation.ts";
import { assertWorkable, type LoadedSession, lockSession } from "../assignment/load-session.ts";
import { extendLease } from "../assignment/renew-lease.ts";
import { touchWriter } from "../assignment/touch-writer.ts";
import type { ServiceContext } from "../context.ts";
import { type AnswersPatch, answerProblems, answersOfControl } from "../evaluation/check-answers.ts";
import { type EvaluatedTurn, loadEvaluation } from "../evaluation/load-evaluation.ts";
import { storeAnswers } from "../evaluation/store-answers.ts";
import { openSession } from "./rater-step.ts";
import { readFields, writeFields } from "./saved-fields.ts";

const MAX_VALUE_CHARACTERS = 4000;
/** Most fields in one request. */
export const MAX_SAVES = 100;

export interface SaveFieldsArgs {
  assignmentId: string;
  /** Fencing token of the sender's tab; null = not known (no scripts). */
  writerToken: number | null;
  saves: readonly FieldSave[];
}

export interface SaveFieldsResult {
  results: FieldResult[];
  savedAtMs: number;
}

/**
 * Keeps what the rater has typed or picked so far, field by field, each by compare-and-set on its revision; the replies
 * come in the order of `saves`. Answers of the evaluation go where handing in reads them, in the same transaction.
 * Errors: ASSIGNMENT_NOT_LIVE, WRITER_MOVED, BAD_REQUEST, NOT_FOUND.
 */
export async function saveFields(
  ctx: ServiceContext,
  actor: Actor,
  args: SaveFieldsArgs,
): Promise<SaveFieldsResult> {
  assertCapability(actor, "rate");
  if (args.saves.length > MAX_SAVES) throw new RequestError("BAD_REQUEST", "Too many answers at once.");
  // Brings an expired assignment back while there is a place.
  await openSession(ctx, actor, args.assignmentId);
  return ctx.store.tx(async (tx) => {
    const session = await lockSession(ctx, tx, actor, args.assignmentId);
    assertWorkable(session.assignment.status);
    await touchWriter(ctx, tx, session, args.writerToken);
    await extendLease(ctx, tx, session);
    const results = await saveInside(ctx, tx, session, args.saves);
    return { results, savedAtMs: ctx.now() };
  });
}

async function saveInside(
  ctx: ServiceContext,
  tx: Tx,
  session: LoadedSession,
  saves: readonly FieldSave[],
): Promise<FieldResult[]> {
  const assignmentId = session.assignment.id;
  const stored = await readFields(ctx, tx, assignmentId, { names: [...new Set(saves.map((s) => s.field))] });
  const isEvaluation = saves.some((save) => parseAnswerField(save.field)?.kind === "evaluation");
  const turns = isEvaluation ? await loadEvaluation(ctx, tx, session) : [];
  const writes: Record<string, string> = {};
  const results = saves.map((sent): FieldResult => {
    const save = { ...sent, value: storable(sent.value) };
    const { field, value } = save;
    const outcome = compareAndSet(save, stored[field]);
    if (outcome.kind !== "write") return outcome;
    const message = field in writes ? "This field was sent twice at once." : refusal(session, turns, save);
    if (message !== null) return { field, kind: "refused", message };
    writes[field] = value;
    return { field, kind: "saved", revision: outcome.revision };
  });
  for (const turn of turns) {
    const patch = patchOf(turn, writes);
    if (patch) await storeAnswers(ctx, tx, session, turn, patch);
  }
  await writeFields(ctx, tx, assignmentId, writes);
  return results;
}

function storable(value: string): string {
  return value.toWellFormed().replaceAll("\u0000", "").slice(0, MAX_VALUE_CHARACTERS);
}

/** Why a field can never take this value, or null. */
function refusal(session: LoadedSession, turns: readonly EvaluatedTurn[], save: FieldSave): string | null {
  const field = parseAnswerField(save.field);
  if (!field) return "There is no such field.";
  if (field.kind !== "evaluation") return null;
  if (session.trajectory.phase !== "evaluation") return "The evaluation is not open.";
  const turn = turns[field.turnNumber - 1];
  if (!turn) return "There is no such turn.";
  const problems = answerProblems(
    answersOfControl(field.control, save.value),
    turn.columns.map((column) => column.columnId),
    asksVsPrevious(turn.turnIndex),
  );
  return Object.values(problems)[0] ?? null;
}

/** The answers of one turn among the fields that are written, or null. */
function patchOf(turn: EvaluatedTurn, writes: Readonly<Record<string, string>>): AnswersPatch | null {
  const patch: AnswersPatch = {};
  const columnSatisfactions: NonNullable<AnswersPatch["columnSatisfactions"]> = {};
  let isTouched = false;
  for (const [name, value] of Object.entries(writes)) {
    const field = parseAnswerField(name);
    if (field?.kind !== "evaluation" || field.turnNumber !== turn.turnIndex + 1) continue;
    const one = answersOfControl(field.control, value);
    Object.assign(columnSatisfactions, one.columnSatisfactions);
    Object.assign(patch, one);
    isTouched = true;
  }
  return isTouched ? { ...patch, columnSatisfactions } : null;
}
