import { redactPersonalData } from "../../app/domain/personal-data.ts";
import type { TrajectoryRecord } from "../records.ts";
import type { SourceTrajectory } from "../source.ts";
import type { Parts } from "./consent.ts";
import { screenTrajectory, type TextDecision, textKey } from "./screen-texts.ts";

export const REDACTED = "[redacted]";

export interface ScreeningCounts {
  /** Texts in which something was found. */
  flagged: number;
  redacted: number;
  /** Flagged, and nobody has decided. */
  undecided: number;
}

/**
 * Carries out what was decided about the texts of a trajectory. What was found in a redacted text is also replaced
 * wherever the agent repeated it; a text that was redacted though nothing had been found in it goes altogether.
 */
export function redactTexts(
  trajectory: SourceTrajectory,
  record: TrajectoryRecord,
  decisions: ReadonlyMap<string, TextDecision>,
): ScreeningCounts {
  const counts: ScreeningCounts = { flagged: 0, redacted: 0, undecided: 0 };
  const secrets: string[] = [];
  for (const screened of screenTrajectory(trajectory)) {
    const decision = decisions.get(textKey(screened));
    const { text, findings } = screened;
    if (findings.length > 0) counts.flagged += 1;
    if (decision === undefined) {
      if (findings.length > 0) counts.undecided += 1;
      continue;
    }
    if (decision === "kept") continue;
    counts.redacted += 1;
    secrets.push(...(findings.length > 0 ? findings.map((f) => text.slice(f.start, f.end)) : [text]));
    const replaced = findings.length > 0 ? redactPersonalData(text, findings, REDACTED) : REDACTED;
    const turn = record.turns.find((one) => one.turnIndex === screened.turnIndex);
    if (screened.field === "initial_prompt") record.initialPrompt = replaced.toWellFormed();
    else if (turn) turn[screened.field] = replaced.toWellFormed();
  }
  if (secrets.length > 0) replaceEverywhere(record, secrets);
  return counts;
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
