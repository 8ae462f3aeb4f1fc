import { OPTIONAL_PHASES } from "../../domain/phase.ts";
import { ABOUT_YOU_QUESTIONS } from "../../domain/study-parts.ts";
import type { StudySettings } from "../../domain/study-settings.ts";
import { cleanLine } from "../../domain/text.ts";
import { CONSENT_SCOPES } from "../../domain/vocabulary.ts";

/** How one setting is typed: the texts of its controls, by name, and back. */
interface Codec {
  show: (value: never, path: string) => Record<string, string>;
  /** Unchecked: what cannot be read becomes NaN and is refused beside its field. `draft` is the stored value. */
  read: (text: (name: string) => string, path: string, draft: never) => unknown;
}

const toNumber = (text: string) => (text.trim() ? Number(text) : Number.NaN);

const WHOLE: Codec = {
  show: (value: number, path) => ({ [path]: String(value) }),
  read: (text, path) => toNumber(text(path)),
};

/** Left empty where there is no limit. */
const LIMIT: Codec = {
  show: (value: number | null, path) => ({ [path]: value?.toString() ?? "" }),
  read: (text, path) => (text(path).trim() ? toNumber(text(path)) : null),
};

/** Typed in units and stored in cents. */
const MONEY: Codec = {
  show: (value: number, path) => ({ [path]: (value / 100).toFixed(2) }),
  read: (text, path) => Math.round(toNumber(text(path)) * 100),
};

const MONEY_LIMIT: Codec = {
  show: (value: number | null, path) => ({ [path]: value === null ? "" : (value / 100).toFixed(2) }),
  read: (text, path) => (text(path).trim() ? Math.round(toNumber(text(path)) * 100) : null),
};

const TEXT: Codec = {
  show: (value: string, path) => ({ [path]: value }),
  read: (text, path) => text(path),
};

const CODE: Codec = {
  show: TEXT.show,
  read: (text, path) => text(path).trim().toUpperCase(),
};

const SWITCH: Codec = {
  show: (value: boolean, path) => ({ [path]: value ? "yes" : "no" }),
  read: (text, path) => text(path) === "yes",
};

/** UTC both ways: a page without scripts does not know the reader's time zone. */
const INSTANT: Codec = {
  show: (value: number | null, path) => ({ [path]: value === null ? "" : instantText(value) }),
  read: (text, path) => instantOf(text(path)),
};

/** One entry per line. */
const LINES: Codec = {
  show: (value: string[], path) => ({ [path]: value.join("\n") }),
  read: (text, path) => linesOf(text(path)),
};

/** A switch for each; the stored order is kept, as it means nothing. */
const PHASES: Codec = {
  show: (value: string[], path) =>
    Object.fromEntries(OPTIONAL_PHASES.map((p) => [`${path}.${p}`, value.includes(p) ? "yes" : "no"])),
  read: (text, path, draft: string[]) =>
    inOrderOf(
      draft,
      OPTIONAL_PHASES.filter((p) => text(`${path}.${p}`) === "yes"),
    ),
};

/** The place of each question, from 1; empty = not asked. */
const QUESTIONS: Codec = {
  show: (value: string[], path) =>
    Object.fromEntries(ABOUT_YOU_QUESTIONS.map((q) => [`${path}.${q}`, placeIn(value, q)])),
  read: (text, path) =>
    ABOUT_YOU_QUESTIONS.map((question) => ({ question, place: text(`${path}.${question}`) }))
      .filter(({ place }) => place !== "")
      .sort((a, b) => Number(a.place) - Number(b.place))
      .map(({ question }) => question),
};

const SCOPES: Codec = {
  show: (value: { scope: string; required: boolean }[], path) =>
    Object.fromEntries(
      CONSENT_SCOPES.map((scope) => {
        const asked = value.find((s) => s.scope === scope);
        return [`${path}.${scope}`, asked ? (asked.required ? "required" : "optional") : ""];
      }),
    ),
  read: (text, path, draft: { scope: string }[]) => {
    const asked = CONSENT_SCOPES.filter((scope) => text(`${path}.${scope}`) !== "");
    const known = draft.map((s) => s.scope);
    return inOrderOf(known, asked).map((scope) => ({
      scope,
      required: text(`${path}.${scope}`) === "required",
    }));
  },
};

/** Every setting except the arms, by its path in the schema. */
const FIELDS: Record<string, Codec> = {
  horizon: WHOLE,
  columnCount: WHOLE,
  imagesPerColumn: WHOLE,
  candidateCount: WHOLE,
  categoryCount: WHOLE,
  imageSizePx: WHOLE,
  initialPromptMaxWords: WHOLE,
  critiqueMaxWords: WHOLE,
  expansionMaxWords: WHOLE,
  rationaleMinWords: WHOLE,
  welcomeText: TEXT,
  optionalPhases: PHASES,
  "consent.version": WHOLE,
  "consent.text": TEXT,
  "consent.scopes": SCOPES,
  aboutYouQuestions: QUESTIONS,
  "prompts.mode": TEXT,
  "prompts.items": LINES,
  targetTrajectories: WHOLE,
  overRecruitment: WHOLE,
  allocationLevel: TEXT,
  maxTrajectoriesPerRater: LIMIT,
  maxTrajectoriesPerRaterPerDay: LIMIT,
  minPauseMinutes: WHOLE,
  opensAtMs: INSTANT,
  closesAtMs: INSTANT,
  eligiblePools: LINES,
  leaseMinutes: WHOLE,
  expiryPolicy: TEXT,
  reminderMinutes: WHOLE,
  reuseRejectedPlaces: SWITCH,
  payUnit: TEXT,
  payPerTrajectoryCents: MONEY,
  payPerHourCents: MONEY,
  payCurrency: CODE,
  expectedMinutes: WHOLE,
  "recruitment.completionCode": TEXT,
  "recruitment.completedUrl": TEXT,
  "recruitment.screenedOutUrl": TEXT,
  "recruitment.studyFullUrl": TEXT,
  turnDeadlineSeconds: WHOLE,
  spendCapCents: MONEY_LIMIT,
  adultContentNotice: SWITCH,
};

export const SETTING_PATHS: readonly string[] = Object.keys(FIELDS);

export function fieldValues(settings: StudySettings): Record<string, string> {
  return Object.assign(
    {},
    ...Object.entries(FIELDS).map(([path, codec]) => codec.show(settingAt(settings, path) as never, path)),
  );
}

/** `draft` with what the texts say in place of each setting. */
export function withFieldValues(draft: StudySettings, values: Record<string, string>): StudySettings {
  const out = structuredClone(draft);
  for (const [path, codec] of Object.entries(FIELDS)) {
    const stored = settingAt(draft, path) as never;
    setAt(
      out,
      path,
      codec.read((name) => values[name] ?? "", path, stored),
    );
  }
  return out;
}

/** The setting at a path such as "consent.text". */
export function settingAt(settings: StudySettings, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], settings);
}

function setAt(settings: StudySettings, path: string, value: unknown): void {
  const keys = path.split(".");
  const last = keys.pop() as string;
  const parent = keys.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], settings);
  (parent as Record<string, unknown>)[last] = value;
}

/** The entries of a list that is typed one per line. */
export function linesOf(text: string): string[] {
  return text
    .split(/\r\n?|\n/)
    .map(cleanLine)
    .filter((line) => line !== "");
}

/** Entries that occur more than once, whatever their case; each named once. */
export function repeatedIn(lines: readonly string[]): string[] {
  const seen = new Map<string, number>();
  for (const line of lines) seen.set(line.toLowerCase(), (seen.get(line.toLowerCase()) ?? 0) + 1);
  return [...seen].filter(([, n]) => n > 1).map(([line]) => line);
}

/** "2026-11-24T14:05" in UTC; with seconds only where there are some. */
function instantText(atMs: number): string {
  const iso = new Date(atMs).toISOString();
  return atMs % 60_000 === 0 ? iso.slice(0, 16) : iso.slice(0, 23);
}

/** Null for an empty text, NaN for one that is no time. */
export function instantOf(text: string): number | null {
  const typed = text.trim().replace(" ", "T");
  if (typed === "") return null;
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?$/.test(typed) ? Date.parse(`${typed}Z`) : Number.NaN;
}

function placeIn(list: readonly string[], entry: string): string {
  const index = list.indexOf(entry);
  return index < 0 ? "" : String(index + 1);
}

/** `chosen`, those of `known` first and in its order. */
function inOrderOf<T extends string>(known: readonly string[], chosen: readonly T[]): T[] {
  const place = (entry: T) => (known.includes(entry) ? known.indexOf(entry) : known.length);
  return [...chosen].sort((a, b) => place(a) - place(b));
}
