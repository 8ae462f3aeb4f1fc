/** Texts that raters typed, as the screening of personal data sees them. */
import { findPersonalData, type PersonalDataFinding } from "../../app/domain/personal-data.ts";
import { readTrajectoryPages } from "../read-trajectories.ts";
import type { DatasetSource, SourceTrajectory, TrajectoryQuery } from "../source.ts";
import { exclusionOf, type Filters, partsOf } from "./consent.ts";

export const SCREENED_FIELDS = ["initial_prompt", "critique", "rationale"] as const;
export type ScreenedField = (typeof SCREENED_FIELDS)[number];

/** One text of a trajectory; `turnIndex` is null for the initial prompt. Ids are the database's own. */
export interface ScreenedText {
  trajectoryId: string;
  turnIndex: number | null;
  field: ScreenedField;
  text: string;
  findings: PersonalDataFinding[];
}

export const TEXT_DECISIONS = ["kept", "redacted"] as const;
/** What a person decided about one text. */
export type TextDecision = (typeof TEXT_DECISIONS)[number];

/** Decisions about the texts of some trajectories, by {@link textKey}. */
export type FindDecisions = (trajectoryIds: readonly string[]) => Promise<ReadonlyMap<string, TextDecision>>;

/** Names one text for good: each is written once and never changed after the trajectory was handed in. */
export function textKey(ref: Pick<ScreenedText, "trajectoryId" | "turnIndex" | "field">): string {
  return `${ref.trajectoryId}/${ref.turnIndex ?? ""}/${ref.field}`;
}

/** Every text that the rater of a trajectory typed, with what was found in it. */
export function screenTrajectory(trajectory: SourceTrajectory): ScreenedText[] {
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
      if (trajectory.source !== "human" || exclusionOf(trajectory, filters) !== null) continue;
      if (!partsOf(trajectory).freeText) continue;
      for (const text of screenTrajectory(trajectory)) if (text.findings.length > 0) yield text;
    }
  }
}
