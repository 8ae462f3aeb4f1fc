import { RequestError } from "../../domain/errors.ts";
import { normaliseEmail } from "./normalise-email.ts";

export const EMAILS_MAX = 500;
/** So many bad entries are named one by one. */
const NAMED_MAX = 20;

/**
 * The distinct addresses among `entries`, as stored. Throws INVALID_INPUT beside the field `emails` that names every bad
 * entry, so that nothing is half done.
 */
export function checkEmails(entries: readonly string[]): string[] {
  const emails = new Set<string>();
  const bad: string[] = [];
  for (const entry of entries) {
    if (entry.trim() === "") continue;
    const email = normaliseEmail(entry);
    if (email) emails.add(email);
    else bad.push(entry.trim());
  }
  if (bad.length > 0) throw emailsProblem(`Not an e-mail address: ${nameSome(bad)}. Nobody was invited.`);
  if (emails.size === 0) throw emailsProblem("Type at least one e-mail address.");
  if (emails.size > EMAILS_MAX) {
    throw emailsProblem(`Invite at most ${EMAILS_MAX} people at once (now ${emails.size}).`);
  }
  return [...emails];
}

/** Lists entries for a message: the first ones by name, the rest as a number. */
export function nameSome(entries: readonly string[]): string {
  const named = entries.slice(0, NAMED_MAX).map((e) => `“${e.length > 80 ? `${e.slice(0, 80)}…` : e}”`);
  const rest = entries.length - named.length;
  return named.join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}

export function emailsProblem(message: string): RequestError {
  return new RequestError("INVALID_INPUT", message, { emails: message });
}
