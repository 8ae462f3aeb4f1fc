/** Texts that raters typed, as the screening of personal data sees them. */
import { createHash } from "node:crypto";
import { findPersonalData, type PersonalDataFinding } from "../../app/domain/personal-data.ts";
import {
  type ScreenedField,
  TEXT_DECISIONS,
  type TextDecision,
  textKey,
} from "../../app/domain/text-review.ts";
import { readTrajectoryPages } from "../read-trajectories.ts";
import type { DatasetSource, SourceTrajectory, TrajectoryQuery } from "../source.ts";
import { exclusionOf, type Filters, partsOf } from "./consent.ts";

/** One text of a trajectory; `turnIndex` is null for the initial prompt. Ids are the database's own. */
export interface ScreenedText {
  trajectoryId: string;
  turnIndex: number | null;
  field: ScreenedField;
  text: string;
  findings: PersonalDataFinding[];
}

export { TEXT_DECISIONS, textKey };

/** A decision with the text that it was about. */
export interface RecordedDecision extends TextDecision {
  /** Absent = about whatever stands there. */
  textSha256?: string;
}

/** Decisions about the texts of some trajectories, by {@link textKey}. */
export type FindDecisions = (
  trajectoryIds: readonly string[],
) => Promise<ReadonlyMap<string, RecordedDecision>>;

/** What was decided about this very text; a decision about one that stood there before does not count. */
export function decisionOf(
  decisions: ReadonlyMap<string, RecordedDecision>,
  screened: ScreenedText,
): RecordedDecision | undefined {
  const found = decisions.get(textKey(screened));
  const isAnother = found?.textSha256 !== undefined && found.textSha256 !== textSha256(screened.text);
  return isAnother ? undefined : found;
}

export function textSha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** What holds texts; a whole trajectory does. */
export interface TextSource
  extends Pick<SourceTrajectory, "id" | "status" | "source" | "consentAsked" | "rater" | "initialPrompt"> {
  turns: readonly {
    turnIndex: number;
    choice: { critique: string } | null;
    evaluation: { rationale: string } | null;
  }[];
}

/** Every text that the rater of a trajectory typed, with what was found in it. */
export function screenTrajectory(trajectory: TextSource): ScreenedText[] {
  const { names } = trajectory.rater;
  const out: ScreenedText[] = [];
  const add = (turnIndex: number | null, field: ScreenedField, text: string) => {
    if (text === "") return;
    out.push({
      trajectoryId: trajectory.id,
      turnIndex,
      field,
      text,
      findings: findPersonalData(text, names),
    });
  };
  add(null, "initial_prompt", trajectory.initialPrompt);
  for (const { turnIndex, choice, evaluation } of trajectory.turns) {
    add(turnIndex, "critique", choice?.critique ?? "");
    add(turnIndex, "rationale", evaluation?.rationale ?? "");
  }
  return out;
}

/**
 * The flagged texts of everything that a release with these filters would hold, in the order of the dataset: what a
 * reviewer has to decide about.
 */
export async function* listFlaggedTexts(
  source: DatasetSource,
  query: TrajectoryQuery,
  filters: Filters,
  signal?: AbortSignal,
): AsyncGenerator<ScreenedText> {
  for await (const page of readTrajectoryPages(source, query, { signal })) {
    for (const trajectory of page) {
      if (!releasesTexts(trajectory, filters)) continue;
      for (const text of screenTrajectory(trajectory)) if (text.findings.length > 0) yield text;
    }
  }
}

/** Whether a release with these filters would hold texts that a person typed in this trajectory. */
export function releasesTexts(trajectory: TextSource, filters: Filters): boolean {
  if (trajectory.source !== "human" || exclusionOf(trajectory, filters) !== null) return false;
  return partsOf(trajectory).freeText;
}
