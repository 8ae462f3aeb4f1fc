import { asc, desc, eq } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import type { ServiceContext } from "../context.ts";

export interface StudyArm {
  armId: string;
  label: string;
  version: number;
}

const ARMS_MAX = 200;

/** Every published arm of a study, newest version first: what lists of trajectories can be filtered by. */
export async function listStudyArms(
  ctx: ServiceContext,
  actor: Actor,
  args: { studyId: string },
): Promise<StudyArm[]> {
  assertCapability(actor, "study.read");
  const { arms } = ctx.store.t;
  return ctx.store.read
    .select({ armId: arms.id, label: arms.label, version: arms.studyVersion })
    .from(arms)
    .where(eq(arms.studyId, args.studyId))
    .orderBy(desc(arms.studyVersion), asc(arms.armKey))
    .limit(ARMS_MAX);
}
