/** Finds what may tell who somebody is in a text that they typed. Pure; flags for people to decide about, not proof. */

export const PERSONAL_DATA_KINDS = ["email", "url", "phone", "handle", "name"] as const;
export type PersonalDataKind = (typeof PERSONAL_DATA_KINDS)[number];

export interface PersonalDataFinding {
  kind: PersonalDataKind;
  /** UTF-16 offsets, end exclusive. */
  start: number;
  end: number;
}

const PATTERNS: readonly (readonly [PersonalDataKind, RegExp])[] = [
  ["email", /[\p{L}\p{N}._%+-]+\s?@\s?[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}/gu],
  [
    "url",
    /\b(?:https?:\/\/|www\.)[^\s"'<>]+|\b[\p{L}\p{N}-]+\.(?:com|org|net|io|co|de|uk|fr|eu|app|dev|me)\b(?:\/\S*)?/giu,
  ],
  // Seven digits or more, with the usual separators; not inside a longer number or word, and not a date.
  [
    "phone",
    /(?<![\p{L}\p{N}])(?!\d{4}-\d\d-\d\d(?!\d))(?:\+|00)?\(?\d(?:[\s().\-/]{0,2}\d){6,14}(?![\p{L}\p{N}])/gu,
  ],
  ["handle", /(?<![\p{L}\p{N}@.])@[\p{L}\p{N}_]{3,}/gu],
];

/** Shorter names are too common as words. */
const NAME_MIN_CHARACTERS = 3;

/**
 * What the text holds of e-mail addresses, web addresses, telephone numbers, handles and the given names, by position;
 * findings do not overlap. `names` are whole names; each of their words counts.
 */
export function findPersonalData(text: string, names: readonly string[] = []): PersonalDataFinding[] {
  if (text === "") return [];
  const found: PersonalDataFinding[] = [];
  for (const [kind, pattern] of PATTERNS) {
    for (const match of text.matchAll(pattern)) add(found, kind, match.index, match[0].length);
  }
  for (const name of namePatterns(names)) {
    for (const match of text.matchAll(name)) add(found, "name", match.index, match[0].length);
  }
  return found.sort((a, b) => a.start - b.start);
}

/** The text with every finding replaced. */
export function redactPersonalData(
  text: string,
  findings: readonly PersonalDataFinding[],
  replacement = "[redacted]",
): string {
  let out = "";
  let from = 0;
  for (const { start, end } of findings) {
    out += text.slice(from, start) + replacement;
    from = end;
  }
  return out + text.slice(from);
}

function add(found: PersonalDataFinding[], kind: PersonalDataKind, start: number, length: number): void {
  const end = start + length;
  if (!found.some((one) => start < one.end && one.start < end)) found.push({ kind, start, end });
}

function namePatterns(names: readonly string[]): RegExp[] {
  const words = new Set<string>();
  for (const name of names) {
    for (const word of name.normalize("NFC").split(/[\s,.;@]+/u)) {
      if ([...word].length >= NAME_MIN_CHARACTERS) words.add(word);
    }
  }
  return [...words].map(
    (word) => new RegExp(`(?<![\\p{L}\\p{N}])${escapePattern(word)}(?![\\p{L}\\p{N}])`, "giu"),
  );
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
