import { asc, eq } from "drizzle-orm";
import type { Actor } from "../../domain/actor.ts";
import { armLetters, isBlindToArms } from "../../domain/arm-mask.ts";
import { notFound } from "../../domain/errors.ts";
import type { AnyReader, ServiceContext } from "../context.ts";

export interface ArmMask {
  /** The actor may not learn which arm is which. */
  blind: boolean;
  unlockedAtMs: number | null;
  /** "A", "B", …; one arm has the same letter in all versions. */
  letterOf(armKey: string): string;
  /** What the actor is shown: "Arm A", or the arm's own name. */
  nameOf(arm: { armKey: string; label: string }): string;
  /** Throws NOT_FOUND. */
  keyOf(letter: string): string;
}

/**
 * How the arms of a study are shown to `actor`: the only mask of pages and API. Letters follow the order of first
 * publication, then the arms' random ids, so that they are stable and the order in the settings does not give them away.
 * Throws NOT_FOUND.
 */
export async function loadArmMask(
  ctx: ServiceContext,
  reader: AnyReader,
  actor: Actor,
  studyId: string,
): Promise<ArmMask> {
  const { arms, studies } = ctx.store.t;
  const [study] = await reader
    .select({ unlockedAtMs: studies.analysisUnlockedAtMs })
    .from(studies)
    .where(eq(studies.id, studyId));
  if (!study) throw notFound("study");
  const rows = await reader
    .select({ armKey: arms.armKey })
    .from(arms)
    .where(eq(arms.studyId, studyId))
    .orderBy(asc(arms.studyVersion), asc(arms.id));
  const letters = armLetters(rows.map((row) => row.armKey));
  const blind = isBlindToArms(actor.role, study.unlockedAtMs);
  const letterOf = (armKey: string) => letters.get(armKey) ?? "?";
  return {
    blind,
    unlockedAtMs: study.unlockedAtMs,
    letterOf,
    nameOf: ({ armKey, label }) => (blind ? `Arm ${letterOf(armKey)}` : label),
    keyOf(letter) {
      for (const [armKey, own] of letters) if (own === letter) return armKey;
      throw notFound("arm");
    },
  };
}
