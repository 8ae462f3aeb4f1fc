import { readStudyTexts } from "../../../db/repositories/study-texts.ts";
import { type DecisionEntry, readStudyDecisions } from "../../../db/repositories/text-decisions.ts";
import { decisionOf, releasesTexts, type ScreenedText, screenTrajectory } from "../../../exporters/index.ts";
import { textKey } from "../../domain/text-review.ts";
import type { PrivacyProfile } from "../../domain/vocabulary.ts";
import type { ServiceContext } from "../context.ts";

/** A text as a release would hold it before any decision, with the decision that stands. */
export interface ReviewedText extends ScreenedText {
  key: string;
  decision: DecisionEntry | null;
}

/**
 * Every text that people typed and that a release of this profile would hold, in the order of the dataset, a trajectory
 * after the other. Nothing is remembered between calls: names, consent and texts may have changed.
 */
export async function* screenStudy(
  ctx: ServiceContext,
  { studyId, profile }: { studyId: string; profile: PrivacyProfile },
): AsyncGenerator<ReviewedText> {
  const decisions = await readStudyDecisions(ctx.store, studyId);
  const filters = { profile, include: "all", source: null } as const;
  for await (const page of readStudyTexts(ctx.store, studyId)) {
    for (const trajectory of page) {
      if (!releasesTexts(trajectory, filters)) continue;
      for (const text of screenTrajectory(trajectory)) {
        const decided = decisionOf(decisions, text) !== undefined;
        const key = textKey(text);
        yield { ...text, key, decision: decided ? (decisions.get(key) ?? null) : null };
      }
    }
  }
}
