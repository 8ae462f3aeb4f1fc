/**
 * Names of everything that a rater types or picks before it is handed in. One field is saved at a time, each with its own
 * revision, so that two devices can only ever disagree about the field that both have changed.
 */
export type AnswerField =
  | { kind: "prompt" }
  | { kind: "column"; turnNumber: number }
  | { kind: "critique"; turnNumber: number }
  | { kind: "evaluation"; turnNumber: number; control: string };

const INTERACTION = /^(column|critique):([1-9]\d?)$/;
const EVALUATION =
  /^evaluation:([1-9]\d?):(confirmedColumnId|rationale|vsPrevious|turnSatisfaction|satisfaction:[A-Za-z0-9_-]{1,64})$/;

/** What a field name stands for, or null when there is no such field. Turn numbers are 1-based. */
export function parseAnswerField(name: string): AnswerField | null {
  if (name === "prompt") return { kind: "prompt" };
  const interaction = INTERACTION.exec(name);
  if (interaction) {
    return { kind: interaction[1] as "column" | "critique", turnNumber: Number(interaction[2]) };
  }
  const evaluation = EVALUATION.exec(name);
  if (evaluation) {
    return { kind: "evaluation", turnNumber: Number(evaluation[1]), control: evaluation[2] as string };
  }
  return null;
}

/** The field of a control of the evaluation form, e.g. "rationale" or "satisfaction:col_…". */
export function evaluationField(turnNumber: number, control: string): string {
  return `evaluation:${turnNumber}:${control}`;
}

/** Revision and value of saved fields, by name; a field that was never saved is absent and has revision 0. */
export type SavedFields = Record<string, { revision: number; value: string }>;

/** A change that is sent: `baseRevision` is the revision that it was typed over. */
export interface FieldSave {
  field: string;
  value: string;
  baseRevision: number;
}

/**
 * `saved`: this value is stored as `revision`. `conflict`: somebody saved another value in between; nothing was changed.
 * `refused`: this value can never be saved here.
 */
export type FieldResult =
  | { field: string; kind: "saved"; revision: number }
  | { field: string; kind: "conflict"; revision: number; value: string }
  | { field: string; kind: "refused"; message: string };

/**
 * Compare-and-set of one field. A value that is stored already counts as saved: the reply to an earlier attempt was
 * lost.
 */
export function compareAndSet(
  save: FieldSave,
  stored: { revision: number; value: string } | undefined,
): { kind: "write"; revision: number } | Extract<FieldResult, { kind: "saved" | "conflict" }> {
  const { field, value, baseRevision } = save;
  const revision = stored?.revision ?? 0;
  if (stored && stored.value === value) return { field, kind: "saved", revision };
  if (revision === baseRevision) return { kind: "write", revision: revision + 1 };
  return { field, kind: "conflict", revision, value: stored?.value ?? "" };
}

/**
 * Whether a tab may write: the one that took the task over last. `token` null: a page without scripts, which cannot say
 * which tab it is and whose forms are sent on purpose.
 */
export function isWriter(token: number | null, current: number): boolean {
  return token === null || token === current;
}

/** After this long without a sign of life a tab no longer holds its task. */
export const WRITER_SILENT_MS = 60_000;

/** Whether a task that is opened in tab `writerId` may be taken over without asking. */
export function mayTakeOver(
  held: { writerId: string | null; seenAtMs: number | null },
  writerId: string,
  nowMs: number,
): boolean {
  if (held.writerId === null || held.writerId === writerId) return true;
  return held.seenAtMs === null || nowMs - held.seenAtMs > WRITER_SILENT_MS;
}
