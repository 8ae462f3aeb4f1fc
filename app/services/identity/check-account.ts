import { RequestError } from "../../domain/errors.ts";
import { PASSWORD_MIN_CHARACTERS } from "../../domain/passwords.ts";
import { cleanLine } from "../../domain/text.ts";

export const NAME_MAX_CHARACTERS = 80;
/** Longer ones cost time to hash and help nobody. */
export const PASSWORD_MAX_CHARACTERS = 128;

/** Name and password of a new account; throws INVALID_INPUT with a message per field. */
export function checkAccount(input: { name: string; password: string }): { name: string; password: string } {
  const name = cleanLine(input.name);
  const fields: Record<string, string> = {};
  if (name === "") fields.name = "Type your name.";
  else if (name.length > NAME_MAX_CHARACTERS) fields.name = `Use at most ${NAME_MAX_CHARACTERS} characters.`;
  if ([...input.password].length < PASSWORD_MIN_CHARACTERS) {
    fields.password = `Use at least ${PASSWORD_MIN_CHARACTERS} characters.`;
  } else if (input.password.length > PASSWORD_MAX_CHARACTERS) {
    fields.password = `Use at most ${PASSWORD_MAX_CHARACTERS} characters.`;
  }
  const [first] = Object.values(fields);
  if (first) throw new RequestError("INVALID_INPUT", first, fields);
  return { name, password: input.password };
}
