import { type Actor, assertCapability } from "../../domain/actor.ts";
import type { TextCounts } from "../../domain/staff-views.ts";
import type { PrivacyProfile } from "../../domain/vocabulary.ts";
import type { ServiceContext } from "../context.ts";
import { screenStudy } from "./screen-study.ts";
import { countText, noTexts } from "./text-counts.ts";

/**
 * How far the review of a study's free text is, for a release of this profile: all texts that it would hold, those in
 * which something was found, and what is still open. A public release waits for `undecided` to be 0.
 */
export async function countUnreviewedTexts(
  ctx: ServiceContext,
  actor: Actor,
  args: { studyId: string; profile: PrivacyProfile },
): Promise<TextCounts> {
  assertCapability(actor, "dataset.export");
  const counts = noTexts();
  for await (const text of screenStudy(ctx, args)) countText(counts, text);
  return counts;
}
