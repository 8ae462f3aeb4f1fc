import { RequestError } from "../../domain/errors.ts";
import { cleanLine } from "../../domain/text.ts";

export const STUDY_NAME_MAX_CHARACTERS = 120;

/** The name as stored; throws INVALID_INPUT beside the field `name`. */
export function checkStudyName(input: string): string {
  const name = cleanLine(input);
  const problem =
    name === ""
      ? "Give the study a name."
      : name.length > STUDY_NAME_MAX_CHARACTERS
        ? `Use at most ${STUDY_NAME_MAX_CHARACTERS} characters.`
        : null;
  if (problem) throw new RequestError("INVALID_INPUT", problem, { name: problem });
  return name;
}
