import { and, eq, inArray, ne } from "drizzle-orm";
import type { Tx } from "../../../db/store.ts";
import type { StudySettings } from "../../domain/study-settings.ts";
import { transitionStep, transitionTurn } from "../../domain/turn.ts";
import type { ServiceContext } from "../context.ts";

/**
 * Begins a failed turn again, keeping all that is there: candidates that were selected, images that were made. It gets a
 * new deadline. False when the turn had not failed.
 */
export async function restartTurn(
  ctx: ServiceContext,
  tx: Tx,
  turnId: string,
  settings: Pick<StudySettings, "turnDeadlineSeconds">,
): Promise<boolean> {
  const { turns, slates, images, generationSteps: steps } = ctx.store.t;
  const [turn] = await tx.forUpdate(tx.select().from(turns).where(eq(turns.id, turnId)));
  if (!turn) return false;
  const hasSlate = (await tx.$count(slates, eq(slates.turnId, turnId))) > 0;
  const again = transitionTurn(turn.status, { type: "retry", hasSlate });
  const stepStatus = transitionStep("failed", { type: "retry" });
  if (again === null || stepStatus === null) return false;
  const now = ctx.now();
  const missing = await tx.$count(images, and(eq(images.turnId, turnId), ne(images.status, "ready")));
  // The last image may have come in after the turn was given up.
  const done = hasSlate && Number(missing) === 0 ? transitionTurn(again, { type: "all_rendered" }) : null;
  await tx
    .update(turns)
    .set({
      status: done ?? again,
      readyAtMs: done ? now : null,
      failure: null,
      failureKind: null,
      deadlineAtMs: now + settings.turnDeadlineSeconds * 1000,
    })
    .where(eq(turns.id, turnId));
  await tx
    .update(steps)
    .set({ status: stepStatus, attempts: 0, runAfterMs: now, error: null })
    .where(and(eq(steps.turnId, turnId), inArray(steps.status, ["failed", "cancelled"])));
  return true;
}
