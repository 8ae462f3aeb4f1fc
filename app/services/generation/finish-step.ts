import { and, eq } from "drizzle-orm";
import type { Tx } from "../../../db/store.ts";
import { type ProviderCall, ProviderError } from "../../domain/provider-call.ts";
import { retryDelayMs, type TurnFailure, transitionStep } from "../../domain/turn.ts";
import { BlockedError } from "../../safety/port.ts";
import type { ServiceContext } from "../context.ts";
import { type ClaimedStep, MAX_STEP_ATTEMPTS } from "./claim-steps.server.ts";
import { failTurn } from "./fail-turn.ts";
import { pauseProvider, recordCalls } from "./provider-gate.ts";
import { recordBlock } from "./screen-text.ts";

const MAX_ERROR_CHARACTERS = 500;
/** Shortest pause after "slow down" without a Retry-After. */
const LIMITED_PAUSE_MS = 1_000;
/** Seeds that are tried for an image that a filter stops. */
const MAX_SEEDS = 3;

/** The study's models have cost what the coordinator allowed. */
export class SpendCapError extends Error {
  override readonly name = "SpendCapError";
}

/**
 * Marks a claimed step as done. False when the lease was lost meanwhile: then nothing of the result may be saved,
 * because another worker owns the step, or nobody needs it any more.
 */
export async function completeStep(ctx: ServiceContext, tx: Tx, step: ClaimedStep): Promise<boolean> {
  const { generationSteps: steps } = ctx.store.t;
  const rows = await tx
    .update(steps)
    .set({ status: "done", finishedAtMs: ctx.now(), leaseOwner: null, leaseExpiresAtMs: null, error: null })
    .where(and(eq(steps.id, step.id), eq(steps.leaseToken, step.leaseToken), eq(steps.status, "running")))
    .returning({ id: steps.id });
  return rows.length > 0;
}

/**
 * Records a failed attempt: tried again later, or, when that cannot help or is too late, the turn fails. `calls` are the
 * attempt's upstream calls.
 */
export async function failStep(
  ctx: ServiceContext,
  step: ClaimedStep,
  error: unknown,
  calls: readonly ProviderCall[] = [],
): Promise<void> {
  const { generationSteps: steps, turns, trajectories, images } = ctx.store.t;
  const message = (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(
    0,
    MAX_ERROR_CHARACTERS,
  );
  const now = ctx.now();
  const { kind, retryAfterMs, isFinal, maxAttempts } = classify(error, step);
  await ctx.store.tx(async (tx) => {
    const [turn] = await tx.forUpdate(tx.select().from(turns).where(eq(turns.id, step.turnId)));
    const [trajectory] = await tx
      .select({ studyId: trajectories.studyId, initialPrompt: trajectories.initialPrompt })
      .from(trajectories)
      .where(eq(trajectories.id, step.trajectoryId));
    if (!turn || !trajectory) return;
    const of = { studyId: trajectory.studyId, turnId: turn.id, stepId: step.id };
    await recordCalls(ctx, tx, of, calls);
    // "Slow down" is no failure of the request: it does not count, and is asked again as long as the deadline allows.
    const isLimited = error instanceof ProviderError && error.fault === "rate_limited";
    const jitter =
      retryDelayMs(step.attempts, (ctx.newSeed() % 1000) / 1000) + (isLimited ? LIMITED_PAUSE_MS : 0);
    const runAfterMs = now + Math.max(jitter, retryAfterMs ?? 0);
    if (error instanceof ProviderError && retryAfterMs !== null) {
      await pauseProvider(ctx, tx, error.provider, now + retryAfterMs);
    }
    const tooLate = turn.deadlineAtMs !== null && runAfterMs >= turn.deadlineAtMs;
    const status =
      transitionStep("running", {
        type: "fail",
        attempts: isLimited ? 0 : step.attempts,
        maxAttempts,
        final: isFinal || tooLate,
      }) ?? "failed";
    const rows = await tx
      .update(steps)
      .set({
        status,
        error: message,
        attempts: isLimited ? step.attempts - 1 : step.attempts,
        finishedAtMs: now,
        runAfterMs,
        leaseOwner: null,
        leaseExpiresAtMs: null,
      })
      .where(and(eq(steps.id, step.id), eq(steps.leaseToken, step.leaseToken), eq(steps.status, "running")))
      .returning({ id: steps.id });
    if (rows.length === 0) return;
    if (kind === "blocked") {
      const source = error instanceof ProviderError ? error.provider : (error as BlockedError).source;
      const subject = step.kind === "render" ? "image" : "prompt";
      const text = step.kind === "render" ? "" : trajectory.initialPrompt;
      const where = { studyId: of.studyId, trajectoryId: step.trajectoryId, turnId: turn.id };
      await recordBlock(ctx, tx, { ...where, subject, text, source, reason: message });
      // The same seed would give the same image.
      if (step.imageId) {
        await tx.update(images).set({ seed: ctx.newSeed() }).where(eq(images.id, step.imageId));
      }
    }
    if (status === "failed") await failTurn(ctx, tx, turn.id, { kind, message, step: step.kind });
  });
  ctx.log.warn(
    { step: step.id, kind: step.kind, attempts: step.attempts, err: message },
    "a generation step failed",
  );
}

function classify(
  error: unknown,
  step: ClaimedStep,
): { kind: TurnFailure; retryAfterMs: number | null; isFinal: boolean; maxAttempts: number } {
  const blocked =
    error instanceof BlockedError || (error instanceof ProviderError && error.fault === "blocked");
  if (blocked && step.kind === "render") {
    return { kind: "blocked", retryAfterMs: null, isFinal: false, maxAttempts: MAX_SEEDS };
  }
  const once = { retryAfterMs: null, isFinal: true, maxAttempts: MAX_STEP_ATTEMPTS };
  if (blocked) return { kind: "blocked", ...once };
  if (error instanceof SpendCapError) return { kind: "spend_cap", ...once };
  if (!(error instanceof ProviderError)) {
    return { kind: "fault", retryAfterMs: null, isFinal: false, maxAttempts: MAX_STEP_ATTEMPTS };
  }
  return {
    kind: "fault",
    retryAfterMs: error.retryAfterMs,
    isFinal: !error.retryable,
    maxAttempts: MAX_STEP_ATTEMPTS,
  };
}
