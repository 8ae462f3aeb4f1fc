import { eq } from "drizzle-orm";
import type { Tx } from "../../../db/store.ts";
import type { StudySettings } from "../../domain/study-settings.ts";
import { countWords, expansionWordLimit } from "../../domain/words.ts";
import type { ServiceContext } from "../context.ts";
import { recordEvent } from "../record-event.ts";

/**
 * Asks for the slate of turn `turnIndex` (0-based): one turn row and one "propose" step, in the caller's transaction, so
 * that a choice and the work it causes are saved together. Returns the turn's id.
 */
export async function requestTurn(
  ctx: ServiceContext,
  tx: Tx,
  trajectory: {
    id: string;
    studyId: string;
    raterId: string;
    assignmentId: string;
    armId: string | null;
    initialPrompt: string;
  },
  settings: StudySettings,
  turnIndex: number,
): Promise<string> {
  const { turns, generationSteps, arms } = ctx.store.t;
  const [arm] = await tx
    .select({ agent: arms.agent })
    .from(arms)
    .where(eq(arms.id, trajectory.armId ?? ""));
  if (!arm) throw new Error(`trajectory ${trajectory.id} has no arm`);
  const turnId = ctx.newId("trn");
  const now = ctx.now();
  await tx.insert(turns).values({
    id: turnId,
    trajectoryId: trajectory.id,
    turnIndex,
    status: "proposing",
    wordLimit: expansionWordLimit(
      countWords(trajectory.initialPrompt),
      turnIndex,
      settings.horizon,
      settings.expansionMaxWords,
    ),
    seed: ctx.newSeed(),
    requestedAtMs: now,
    deadlineAtMs: now + settings.turnDeadlineSeconds * 1000,
  });
  await tx.insert(generationSteps).values({
    id: ctx.newId("stp"),
    turnId,
    trajectoryId: trajectory.id,
    kind: "propose",
    provider: arm.agent.generator,
    status: "pending",
    runAfterMs: now,
    createdAtMs: now,
  });
  await recordEvent(ctx, tx, {
    type: "turn.requested",
    studyId: trajectory.studyId,
    raterId: trajectory.raterId,
    assignmentId: trajectory.assignmentId,
    trajectoryId: trajectory.id,
    turnId,
    data: { turnIndex },
  });
  return turnId;
}
