import { z } from "zod";
import { RequestError } from "../../domain/errors.ts";
import { RATIONALE_MAX_CHARACTERS, type TurnAnswers, VS_PREVIOUS_VALUES } from "../../domain/evaluation.ts";

/** Some of the answers of one turn; what is absent stays as it was. */
export type AnswersPatch = Partial<Omit<TurnAnswers, "turnIndex">>;

const satisfaction = z.number().int().min(1, "Use 1 to 5.").max(5, "Use 1 to 5.").nullable();

const patchSchema = z.object({
  confirmedColumnId: z.string().nullable().optional(),
  columnSatisfactions: z.record(z.string(), satisfaction).optional(),
  rationale: z
    .string()
    .max(RATIONALE_MAX_CHARACTERS, `Use at most ${RATIONALE_MAX_CHARACTERS} characters.`)
    .optional(),
  vsPrevious: z.enum(VS_PREVIOUS_VALUES, "Choose better, same or worse.").nullable().optional(),
  turnSatisfaction: satisfaction.optional(),
});

/** What is wrong with some answers of a turn, by control name; empty when nothing is. */
export function answerProblems(
  patch: AnswersPatch,
  columnIds: readonly string[],
  asksVsPrevious: boolean,
): Record<string, string> {
  const fields: Record<string, string> = {};
  const parsed = patchSchema.safeParse(patch);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const [head, tail] = issue.path.map(String);
      fields[head === "columnSatisfactions" ? `satisfaction:${tail}` : (head ?? "form")] ??= issue.message;
    }
  }
  const foreign = "This column is not part of the turn.";
  if (patch.confirmedColumnId != null && !columnIds.includes(patch.confirmedColumnId)) {
    fields.confirmedColumnId ??= foreign;
  }
  for (const columnId of Object.keys(patch.columnSatisfactions ?? {})) {
    if (!columnIds.includes(columnId)) fields[`satisfaction:${columnId}`] ??= foreign;
  }
  if (patch.vsPrevious != null && !asksVsPrevious) {
    fields.vsPrevious ??= "The first turn has no previous turn to compare with.";
  }
  return fields;
}

/** Throws INVALID_INPUT with the fields when {@link answerProblems} finds any. */
export function checkAnswers(
  patch: AnswersPatch,
  columnIds: readonly string[],
  asksVsPrevious: boolean,
): AnswersPatch {
  const fields = answerProblems(patch, columnIds, asksVsPrevious);
  const first = Object.values(fields)[0];
  if (first) throw new RequestError("INVALID_INPUT", first, fields);
  return patch;
}

const SATISFACTION = "satisfaction:";

/** The answer that one control of the evaluation form holds; "" = none. */
export function answersOfControl(control: string, value: string): AnswersPatch {
  const text = value === "" ? null : value;
  const number = text === null ? null : Number(text);
  if (control.startsWith(SATISFACTION)) {
    return { columnSatisfactions: { [control.slice(SATISFACTION.length)]: number } };
  }
  switch (control) {
    case "rationale":
      return { rationale: value };
    case "turnSatisfaction":
      return { turnSatisfaction: number };
    case "vsPrevious":
      return { vsPrevious: text as AnswersPatch["vsPrevious"] };
    default:
      return { confirmedColumnId: text };
  }
}

/** The reverse: the controls' values of some answers. */
export function controlsOf(answers: AnswersPatch): Record<string, string> {
  const text = (value: string | number | null | undefined) => (value == null ? "" : String(value));
  return {
    ...(answers.confirmedColumnId !== undefined && { confirmedColumnId: text(answers.confirmedColumnId) }),
    ...(answers.rationale !== undefined && { rationale: answers.rationale }),
    ...(answers.vsPrevious !== undefined && { vsPrevious: text(answers.vsPrevious) }),
    ...(answers.turnSatisfaction !== undefined && { turnSatisfaction: text(answers.turnSatisfaction) }),
    ...Object.fromEntries(
      Object.entries(answers.columnSatisfactions ?? {}).map(([id, n]) => [`${SATISFACTION}${id}`, text(n)]),
    ),
  };
}
