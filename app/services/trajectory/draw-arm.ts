import { and, asc, eq } from "drizzle-orm";
import type { Tx } from "../../../db/store.ts";
import { allocationBlock } from "../../domain/allocation.ts";
import { RequestError } from "../../domain/errors.ts";
import type { ServiceContext } from "../context.ts";

export interface DrawnArm {
  armId: string;
  /** Share of the arm's weight. */
  probability: number;
}

/**
 * Takes the next entry of the concealed allocation list of a stratum (the rater, so that arms balance within raters),
 * opening the next permuted block when the list has run out. A paused arm's entries are passed over, never given to
 * another arm. Must run in the transaction that submits the prompt.
 */
export async function drawArm(
  ctx: ServiceContext,
  tx: Tx,
  args: { studyId: string; studyVersion: number; stratum: string; trajectoryId: string },
): Promise<DrawnArm> {
  const { allocationLists, allocationEntries, arms } = ctx.store.t;
  const { studyId, studyVersion, stratum } = args;
  const all = await tx
    .select()
    .from(arms)
    .where(and(eq(arms.studyId, studyId), eq(arms.studyVersion, studyVersion)));
  const open = all.filter((a) => a.status === "open");
  if (open.length === 0) {
    throw new RequestError("STUDY_NOT_OPEN", "This study cannot take new prompts now. Try again later.");
  }

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

  const entries = await tx
    .select()
    .from(allocationEntries)
    .where(eq(allocationEntries.listId, list.id))
    .orderBy(asc(allocationEntries.position));
  const byKey = new Map(all.map((a) => [a.armKey, a.id]));
  const openIds = new Set(open.map((a) => a.id));
  for (let position = list.nextPosition; ; position++) {
    if (position >= entries.length) {
      const blockIndex = (entries.at(-1)?.blockIndex ?? -1) + 1;
      const block = allocationBlock(
        list.seed,
        blockIndex,
        all.map((a) => ({ armKey: a.armKey, weight: a.weight })),
      );
      const added = block.armKeys.map((armKey, i) => ({
        listId: list.id,
        position: entries.length + i,
        blockIndex,
        armId: byKey.get(armKey) as string,
        trajectoryId: null,
        drawnAtMs: null,
      }));
      await tx.insert(allocationEntries).values(added);
      entries.push(...added);
    }
    const entry = entries[position];
    if (!entry || !openIds.has(entry.armId)) continue;
    await tx
      .update(allocationEntries)
      .set({ trajectoryId: args.trajectoryId, drawnAtMs: ctx.now() })
      .where(and(eq(allocationEntries.listId, list.id), eq(allocationEntries.position, position)));
    await tx
      .update(allocationLists)
      .set({ nextPosition: position + 1 })
      .where(eq(allocationLists.id, list.id));
    const weight = all.find((a) => a.id === entry.armId)?.weight ?? 1;
    const total = open.reduce((sum, a) => sum + a.weight, 0);
    return { armId: entry.armId, probability: weight / total };
  }
}
