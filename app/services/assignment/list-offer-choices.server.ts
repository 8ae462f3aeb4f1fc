import { and, asc, eq, isNull } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import type { ServiceContext } from "../context.ts";

export interface OfferChoices {
  raters: { raterId: string; name: string }[];
  /** Groups that have members; "" = those without a group. */
  pools: string[];
}

const CHOICES_MAX = 500;

/** Whom a task can be offered to: the active members of a study (the first 500 by name) and their groups. */
export async function listOfferChoices(
  ctx: ServiceContext,
  actor: Actor,
  { studyId }: { studyId: string },
): Promise<OfferChoices> {
  assertCapability(actor, "study.manage");
  const { studyRaters, raters, user } = ctx.store.t;
  const active = and(
    eq(studyRaters.studyId, studyId),
    eq(studyRaters.status, "active"),
    isNull(studyRaters.withdrawnAtMs),
  );
  const [members, pools] = await Promise.all([
    ctx.store.read
      .select({ raterId: raters.id, name: user.name })
      .from(studyRaters)
      .innerJoin(raters, eq(raters.id, studyRaters.raterId))
      .leftJoin(user, eq(user.id, raters.userId))
      .where(active)
      .orderBy(asc(user.name), asc(raters.id))
      .limit(CHOICES_MAX),
    ctx.store.read
      .selectDistinct({ pool: raters.pool })
      .from(studyRaters)
      .innerJoin(raters, eq(raters.id, studyRaters.raterId))
      .where(active)
      .orderBy(asc(raters.pool)),
  ]);
  return {
    raters: members.map(({ raterId, name }) => ({ raterId, name: name ?? raterId })),
    pools: pools.map((p) => p.pool),
  };
}
