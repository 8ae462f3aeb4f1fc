import { and, asc, desc, eq, gte } from "drizzle-orm";
import type { Tx } from "../../../db/store.ts";
import { type Draw, drawFromList, type WeightedArm } from "../../domain/allocation.ts";
import { RequestError } from "../../domain/errors.ts";
import type { AllocationLevel } from "../../domain/study-parts.ts";
import type { ServiceContext } from "../context.ts";

export interface DrawnArm {
  armId: string;
  /** With which the arm was drawn, among those that were open then. */
  probability: number;
}

export interface DrawArmArgs {
  studyId: string;
  studyVersion: number;
  raterId: string;
  trajectoryId: string;
  level: AllocationLevel;
}

/**
 * The arm of a trajectory, from a concealed allocation list. Level "trajectory": the next entry of the rater's own list,
 * so that arms balance within raters. Level "rater": the arm that the rater has, or for a new rater the next entry of the
 * list of their group. Must run in the transaction that submits the prompt.
 * Throws STUDY_NOT_OPEN while no arm that this rater could get is open.
 */
export async function drawArm(ctx: ServiceContext, tx: Tx, args: DrawArmArgs): Promise<DrawnArm> {
  const { arms } = ctx.store.t;
  const { studyId, studyVersion, raterId, trajectoryId } = args;
  const all = await tx
    .select()
    .from(arms)
    .where(and(eq(arms.studyId, studyId), eq(arms.studyVersion, studyVersion)));
  const drawNext = async (stratum: string) => {
    const draw = await drawEntry(ctx, tx, { studyId, studyVersion, stratum, trajectoryId }, all);
    if (!draw) throw noOpenArm();
    return draw;
  };
  const armOf = (armKey: string) => all.find((a) => a.armKey === armKey);
  if (args.level === "trajectory") {
    const { armKey, probability } = await drawNext(raterId);
    return { armId: armOf(armKey)?.id as string, probability };
  }

  const { studyRaters, raters } = ctx.store.t;
  const membership = and(eq(studyRaters.studyId, studyId), eq(studyRaters.raterId, raterId));
  const [member] = await tx.forUpdate(
    tx
      .select({ armKey: studyRaters.armKey, probability: studyRaters.armProbability })
      .from(studyRaters)
      .where(membership),
  );
  const own = member?.armKey ? armOf(member.armKey) : undefined;
  if (own) {
    if (own.status !== "open") throw noOpenArm();
    return { armId: own.id, probability: member?.probability ?? 1 };
  }
  const [rater] = await tx.select({ pool: raters.pool }).from(raters).where(eq(raters.id, raterId));
  const { armKey, probability } = await drawNext(`pool:${rater?.pool ?? ""}`);
  await tx.update(studyRaters).set({ armKey, armProbability: probability }).where(membership);
  return { armId: armOf(armKey)?.id as string, probability };
}

function noOpenArm(): RequestError {
  return new RequestError("STUDY_NOT_OPEN", "This study cannot take new prompts now. Try again later.");
}

/** Takes the next entry of a stratum's list, which is made when it is first needed. Null while every arm is paused. */
async function drawEntry(
  ctx: ServiceContext,
  tx: Tx,
  args: { studyId: string; studyVersion: number; stratum: string; trajectoryId: string },
  arms: readonly (WeightedArm & { id: string; status: string })[],
): Promise<Draw | null> {
  const { allocationLists, allocationEntries } = ctx.store.t;
  const { studyId, studyVersion, stratum, trajectoryId } = args;
  await tx
    .insert(allocationLists)
    .values({
      id: ctx.newId("alo"),
      studyId,
      studyVersion,
      stratum,
      seed: ctx.newSeed(),
      createdAtMs: ctx.now(),
    })
    .onConflictDoNothing();
  const [list] = await tx.forUpdate(
    tx
      .select()
      .from(allocationLists)
      .where(
        and(
          eq(allocationLists.studyId, studyId),
          eq(allocationLists.studyVersion, studyVersion),
          eq(allocationLists.stratum, stratum),
        ),
      ),
  );
  if (!list) throw new Error("the allocation list that was just made is missing");

  const unread = await tx
    .select()
    .from(allocationEntries)
    .where(and(eq(allocationEntries.listId, list.id), gte(allocationEntries.position, list.nextPosition)))
    .orderBy(asc(allocationEntries.position));
  const keyOf = new Map(arms.map((a) => [a.id, a.armKey]));
  const idOf = new Map(arms.map((a) => [a.armKey, a.id]));
  const draw = drawFromList(
    list.seed,
    {
      armKeys: unread.map((entry) => keyOf.get(entry.armId) ?? ""),
      nextBlockIndex: await nextBlockIndex(),
    },
    arms,
    new Set(arms.filter((a) => a.status === "open").map((a) => a.armKey)),
  );
  if (!draw) return null;

  let position = list.nextPosition + unread.length;
  const added = draw.opened.flatMap(({ blockIndex, armKeys }) =>
    armKeys.map((armKey) => ({
      listId: list.id,
      position: position++,
      blockIndex,
      armId: idOf.get(armKey) as string,
      trajectoryId: null,
      drawnAtMs: null,
    })),
  );
  if (added.length > 0) await tx.insert(allocationEntries).values(added);
  const drawn = list.nextPosition + draw.consumed - 1;
  await tx
    .update(allocationEntries)
    .set({ trajectoryId, drawnAtMs: ctx.now() })
    .where(and(eq(allocationEntries.listId, list.id), eq(allocationEntries.position, drawn)));
  await tx
    .update(allocationLists)
    .set({ nextPosition: drawn + 1 })
    .where(eq(allocationLists.id, list.id));
  return draw;

  async function nextBlockIndex(): Promise<number> {
    const last = unread.at(-1) ?? (await lastEntry());
    return last ? last.blockIndex + 1 : 0;
  }

  async function lastEntry() {
    if (!list || list.nextPosition === 0) return undefined;
    const [entry] = await tx
      .select()
      .from(allocationEntries)
      .where(eq(allocationEntries.listId, list.id))
      .orderBy(desc(allocationEntries.position))
      .limit(1);
    return entry;
  }
}
