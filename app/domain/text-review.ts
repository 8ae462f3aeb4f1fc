/** Decisions about the texts that raters typed, before a dataset leaves the team. Pure. */

export const SCREENED_FIELDS = ["initial_prompt", "critique", "rationale"] as const;
export type ScreenedField = (typeof SCREENED_FIELDS)[number];

export const TEXT_DECISIONS = ["kept", "redacted", "excluded"] as const;
/** What a person decided: it goes out as it is, with a replacement, or not at all. */
export type TextDecisionKind = (typeof TEXT_DECISIONS)[number];

/** What is put on record: a decision, or that one was taken back. */
export const TEXT_DECISION_ENTRIES = [...TEXT_DECISIONS, "undone"] as const;
export type TextDecisionEntry = (typeof TEXT_DECISION_ENTRIES)[number];

export const REVIEW_QUEUES = ["flagged", "all", "decided"] as const;
/** What a reviewer goes through: undecided texts in which something was found, all undecided ones, or decided ones. */
export type ReviewQueue = (typeof REVIEW_QUEUES)[number];

/**
 * Whether a release waits until every flagged text is decided about: a public one of what people wrote. Nobody typed what
 * simulated raters "wrote".
 */
export function waitsForReview({ profile, source }: { profile: string; source?: string | null }): boolean {
  return profile === "public" && source !== "simulated";
}

export interface TextDecision {
  decision: TextDecisionKind;
  /** The released copy of a redacted text; null = what was found in it is replaced. */
  replacement: string | null;
}

/** A text of a trajectory; `turnIndex` is null for the initial prompt. */
export interface TextRef {
  trajectoryId: string;
  turnIndex: number | null;
  field: ScreenedField;
}

/** Names one text of the dataset. */
export function textKey({ trajectoryId, turnIndex, field }: TextRef): string {
  return `${trajectoryId}/${turnIndex ?? ""}/${field}`;
}

/** The text that a key names, or null when it is no key. */
export function parseTextKey(key: string): TextRef | null {
  const [trajectoryId, turn, name, ...rest] = key.split("/");
  const field = SCREENED_FIELDS.find((one) => one === name);
  if (!trajectoryId || turn === undefined || !field || rest.length > 0) return null;
  if (field === "initial_prompt") return turn === "" ? { trajectoryId, turnIndex: null, field } : null;
  return /^\d{1,4}$/.test(turn) ? { trajectoryId, turnIndex: Number(turn), field } : null;
}

/**
 * Whether leaving the text out takes every text of its trajectory along: expansions quote the prompt and obey
 * critiques, but nothing is made from a rationale.
 */
export function takesAllTexts(field: ScreenedField): boolean {
  return field !== "rationale";
}
