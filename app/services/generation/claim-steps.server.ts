import { and, asc, eq, inArray, lt, lte, sql } from "drizzle-orm";
import type { StepKind } from "../../domain/turn.ts";
import type { ServiceContext } from "../context.ts";

export const MAX_STEP_ATTEMPTS = 4;

/** A step that this worker may do until its lease ends; `leaseToken` fences later owners from earlier ones. */
export interface ClaimedStep {
  id: string;
  turnId: string;
  trajectoryId: string;
  kind: StepKind;
  imageId: string | null;
  provider: string;
  attempts: number;
  leaseToken: number;
}

/**
 * Takes up to `limit` due steps of a kind, oldest first. A step whose lease ran out goes back to the queue first, so a
 * crashed worker's steps are done again by whoever is left.
 */
export async function claimSteps(
  ctx: ServiceContext,
  args: { owner: string; kind: StepKind; limit: number; leaseMs: number },
): Promise<ClaimedStep[]> {
  const { generationSteps: steps } = ctx.store.t;
  const now = ctx.now();
  // Reading first keeps an idle worker from writing.
  const due = await ctx.store.read
    .select({ id: steps.id })
    .from(steps)
    .where(
      and(
        inArray(steps.status, ["pending", "running"]),
        eq(steps.kind, args.kind),
        lte(steps.runAfterMs, now),
      ),
    )
    .limit(1);
  if (due.length === 0) return [];
  return ctx.store.tx(async (tx) => {
    await tx
      .update(steps)
      .set({ status: "pending", leaseOwner: null, leaseExpiresAtMs: null })
      .where(and(eq(steps.status, "running"), lt(steps.leaseExpiresAtMs, now)));
    const free = await tx.skipLocked(
      tx
        .select({ id: steps.id })
        .from(steps)
        .where(and(eq(steps.status, "pending"), eq(steps.kind, args.kind), lte(steps.runAfterMs, now)))
        .orderBy(asc(steps.runAfterMs), asc(steps.createdAtMs), asc(steps.id))
        .limit(args.limit),
    );
    if (free.length === 0) return [];
    return tx
      .update(steps)
      .set({
        status: "running",
        leaseOwner: args.owner,
        leaseToken: sql`${steps.leaseToken} + 1`,
        leaseExpiresAtMs: now + args.leaseMs,
        attempts: sql`${steps.attempts} + 1`,
        startedAtMs: now,
        finishedAtMs: null,
      })
      .where(
        inArray(
          steps.id,
          free.map((s) => s.id),
        ),
      )
      .returning({
        id: steps.id,
        turnId: steps.turnId,
        trajectoryId: steps.trajectoryId,
        kind: steps.kind,
        imageId: steps.imageId,
        provider: steps.provider,
        attempts: steps.attempts,
        leaseToken: steps.leaseToken,
      });
  });
}

/** Extends the leases of steps that are still being worked on. */
export async function renewStepLeases(
  ctx: ServiceContext,
  claimed: readonly ClaimedStep[],
  leaseMs: number,
): Promise<void> {
  if (claimed.length === 0) return;
  const { generationSteps: steps } = ctx.store.t;
  await ctx.store.tx(async (tx) => {
    for (const step of claimed) {
      await tx
        .update(steps)
        .set({ leaseExpiresAtMs: ctx.now() + leaseMs })
        .where(
          and(eq(steps.id, step.id), eq(steps.leaseToken, step.leaseToken), eq(steps.status, "running")),
        );
    }
  });
}

/** Gives claimed steps back that were never begun: they do not count as an attempt. */
export async function releaseSteps(ctx: ServiceContext, claimed: readonly ClaimedStep[]): Promise<void> {
  if (claimed.length === 0) return;
  const { generationSteps: steps } = ctx.store.t;
  await ctx.store.tx(async (tx) => {
    for (const step of claimed) {
      await tx
        .update(steps)
        .set({
          status: "pending",
          leaseOwner: null,
          leaseExpiresAtMs: null,
          attempts: sql`${steps.attempts} - 1`,
        })
        .where(
          and(eq(steps.id, step.id), eq(steps.leaseToken, step.leaseToken), eq(steps.status, "running")),
        );
    }
  });
}

/** At start: steps of workers that are known to be dead go back to the queue at once. Returns how many. */
export async function releaseDeadOwners(
  ctx: ServiceContext,
  isDead: (owner: string) => boolean,
): Promise<number> {
  const { generationSteps: steps } = ctx.store.t;
  const running = await ctx.store.read
    .selectDistinct({ owner: steps.leaseOwner })
    .from(steps)
    .where(eq(steps.status, "running"));
  const dead = running.flatMap(({ owner }) => (owner !== null && isDead(owner) ? [owner] : []));
  if (dead.length === 0) return 0;
  const released = await ctx.store.tx((tx) =>
    tx
      .update(steps)
      .set({ status: "pending", leaseOwner: null, leaseExpiresAtMs: null })
      .where(and(eq(steps.status, "running"), inArray(steps.leaseOwner, dead)))
      .returning({ id: steps.id }),
  );
  return released.length;
}
