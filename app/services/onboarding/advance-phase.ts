import { and, eq } from "drizzle-orm";
import type { Tx } from "../../../db/store.ts";
import { nextPhase, type Phase, type PhaseEvent } from "../../domain/phase.ts";
import type { SessionHeader } from "../../domain/rater-views.ts";
import type { LoadedSession } from "../assignment/load-session.ts";
import type { ServiceContext } from "../context.ts";
import { enterPhase } from "./enter-phase.ts";

/**
 * Moves a locked session on after `event` of one of the steps before the prompt, past what need not be asked again.
 * Null when the session stands elsewhere: another tab was faster.
 */
export async function advancePhase(
  ctx: ServiceContext,
  tx: Tx,
  session: LoadedSession,
  event: PhaseEvent,
): Promise<SessionHeader | null> {
  const { trajectory, settings, header } = session;
  const next = nextPhase(trajectory.phase, event, settings.optionalPhases);
  if (next === null) return null;
  const phase: Phase = await enterPhase(ctx, tx, next, { ...trajectory, settings });
  const { trajectories } = ctx.store.t;
  await tx
    .update(trajectories)
    .set({ phase })
    .where(and(eq(trajectories.id, trajectory.id), eq(trajectories.phase, trajectory.phase)));
  return { ...header, phase };
}
