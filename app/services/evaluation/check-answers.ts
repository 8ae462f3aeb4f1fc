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

/** Checks values and that every column belongs to the turn. Throws INVALID_INPUT with the fields. */
export function checkAnswers(
  patch: AnswersPatch,
  columnIds: readonly string[],
  asksVsPrevious: boolean,
): AnswersPatch {
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
  const first = Object.values(fields)[0];
  if (first) throw new RequestError("INVALID_INPUT", first, fields);
  return patch;
}
