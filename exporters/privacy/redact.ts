import { redactPersonalData } from "../../app/domain/personal-data.ts";
import { takesAllTexts } from "../../app/domain/text-review.ts";
import type { TrajectoryRecord } from "../records.ts";
import type { SourceTrajectory } from "../source.ts";
import type { Parts } from "./consent.ts";
import { removedPhrases } from "./removed-phrases.ts";
import { decisionOf, type RecordedDecision, type ScreenedText, screenTrajectory } from "./screen-texts.ts";

export const REDACTED = "[redacted]";

export interface ScreeningCounts {
  /** Texts in which something was found. */
  flagged: number;
  redacted: number;
  /** Left out by a decision. */
  excluded: number;
  /** Flagged, and nobody has decided. */
  undecided: number;
  /** Nobody has decided, flagged or not. */
  unreviewed: number;
}

export const NO_SCREENING: ScreeningCounts = {
  flagged: 0,
  redacted: 0,
  excluded: 0,
  undecided: 0,
  unreviewed: 0,
};

export interface Redaction {
  counts: ScreeningCounts;
  /** A text was left out from which others were made: no text of the trajectory may go out. */
  withholdTexts: boolean;
}

/**
 * Carries out what was decided about the texts of a trajectory. What was taken out of a redacted text is also replaced
 * wherever the agent repeated it; a text that was redacted though nothing had been found in it, and without a
 * replacement, goes altogether.
 */
export function redactTexts(
  trajectory: SourceTrajectory,
  record: TrajectoryRecord,
  decisions: ReadonlyMap<string, RecordedDecision>,
): Redaction {
  const counts = { ...NO_SCREENING };
  let withholdTexts = false;
  const secrets: string[] = [];
  for (const screened of screenTrajectory(trajectory)) {
    const decision = decisionOf(decisions, screened);
    const { findings, field } = screened;
    if (findings.length > 0) counts.flagged += 1;
    if (decision === undefined) {
      counts.unreviewed += 1;
      if (findings.length > 0) counts.undecided += 1;
    } else if (decision.decision === "excluded") {
      counts.excluded += 1;
      if (takesAllTexts(field)) withholdTexts = true;
      else setText(record, screened, "");
    } else if (decision.decision === "redacted") {
      counts.redacted += 1;
      const replaced = decision.replacement ?? suggestedReplacement(screened);
      secrets.push(...secretsOf(screened, replaced));
      setText(record, screened, replaced.toWellFormed());
    }
  }
  if (secrets.length > 0) replaceEverywhere(record, secrets);
  return { counts, withholdTexts };
}

/** The text with what was found in it replaced, or nothing of it when nothing was found. */
export function suggestedReplacement({ text, findings }: Pick<ScreenedText, "text" | "findings">): string {
  return findings.length > 0 ? redactPersonalData(text, findings, REDACTED) : REDACTED;
}

/** Takes out the parts that the rater did not agree to. Expansions quote the initial prompt, so they go with it. */
export function withhold(record: TrajectoryRecord, parts: Parts): void {
  if (!parts.freeText) {
    record.hasFreeText = false;
    mapTexts(record, () => "");
  }
  if (!parts.images) for (const turn of record.turns) for (const column of turn.columns) column.images = [];
  if (!parts.demographics) record.rater.demographics = {};
}

/** What the replacement no longer says: findings that it left out, and other words that a person took out together. */
function secretsOf({ text, findings }: ScreenedText, replaced: string): string[] {
  const kept = replaced.toLocaleLowerCase();
  const found = findings
    .map((f) => text.slice(f.start, f.end))
    .filter((secret) => !kept.includes(secret.toLocaleLowerCase()));
  return [...found, ...removedPhrases(text, replaced)];
}

function setText(record: TrajectoryRecord, { turnIndex, field }: ScreenedText, text: string): void {
  if (field === "initial_prompt") record.initialPrompt = text;
  const turn = record.turns.find((one) => one.turnIndex === turnIndex);
  if (turn && field !== "initial_prompt") turn[field] = text;
}

function replaceEverywhere(record: TrajectoryRecord, secrets: readonly string[]): void {
  // The longest first: one may be a part of another.
  const known = [...new Set(secrets)].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  const pattern = new RegExp(
    known.map((text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")).join("|"),
    "giu",
  );
  mapTexts(record, (text) => text.replace(pattern, REDACTED));
}

/** Applies `change` to every text that a rater typed or that was made from it. */
function mapTexts(record: TrajectoryRecord, change: (text: string) => string): void {
  record.initialPrompt = change(record.initialPrompt);
  for (const turn of record.turns) {
    turn.critique = change(turn.critique);
    turn.critiqueSentToAgent = change(turn.critiqueSentToAgent);
    turn.rationale = change(turn.rationale);
    for (const column of turn.columns) column.prompt = change(column.prompt);
    for (const candidate of turn.candidates) candidate.prompt = change(candidate.prompt);
  }
}
