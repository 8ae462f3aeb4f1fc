import { asc, desc, eq } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { byLetter } from "../../domain/arm-mask.ts";
import type { ServiceContext } from "../context.ts";
import { loadArmMask } from "./load-arm-mask.ts";

export interface StudyArm {
  armId: string;
  label: string;
  version: number;
}

const ARMS_MAX = 200;

/** Every published arm of a study, newest version first, as `actor` may see it: what lists of trajectories can be
 * filtered by. Throws NOT_FOUND. */
export async function listStudyArms(
  ctx: ServiceContext,
  actor: Actor,
  args: { studyId: string },
): Promise<StudyArm[]> {
  assertCapability(actor, "study.read");
  const { arms } = ctx.store.t;
  const mask = await loadArmMask(ctx, ctx.store.read, actor, args.studyId);
  const rows = await ctx.store.read
    .select({ armId: arms.id, armKey: arms.armKey, label: arms.label, version: arms.studyVersion })
    .from(arms)
    .where(eq(arms.studyId, args.studyId))
    .orderBy(desc(arms.studyVersion), asc(arms.armKey))
    .limit(ARMS_MAX);
  return rows
    .map((row) => ({ ...row, letter: mask.letterOf(row.armKey) }))
    .sort((a, b) => b.version - a.version || (mask.blind ? byLetter(a, b) : 0))
    .map(({ armId, armKey, label, version }) => ({ armId, label: mask.nameOf({ armKey, label }), version }));
}
