import { and, asc, eq, inArray, lt, lte, or, type SQL, sql } from "drizzle-orm";
import type { Tx } from "../../../db/store.ts";
import type { StepKind } from "../../domain/turn.ts";
import type { ServiceContext } from "../context.ts";
import { askGate } from "./provider-gate.ts";

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
 * Takes up to `limit` due steps of a kind, oldest first, within what each provider may be given now (`askGate`) and what
 * `freeOf` says that this worker has room for. A step whose lease ran out goes back to the queue first, so a crashed
 * worker's steps are done again by whoever is left.
 */
export async function claimSteps(
  ctx: ServiceContext,
  args: {
    owner: string;
    kind: StepKind;
    limit: number;
    leaseMs: number;
    freeOf?: (provider: string) => number;
  },
): Promise<ClaimedStep[]> {
  const { generationSteps: steps } = ctx.store.t;
  const now = ctx.now();
  // Reading first keeps an idle worker from writing.
  const lapsed = and(eq(steps.status, "running"), lt(steps.leaseExpiresAtMs, now), eq(steps.kind, args.kind));
  const due = and(eq(steps.status, "pending"), lte(steps.runAfterMs, now), eq(steps.kind, args.kind));
  const waiting = await ctx.store.read
    .selectDistinct({ provider: steps.provider })
    .from(steps)
    .where(or(due, lapsed));
  if (waiting.length === 0) return [];
  return ctx.store.tx(async (tx) => {
    await tx.update(steps).set({ status: "pending", leaseOwner: null, leaseExpiresAtMs: null }).where(lapsed);
    const claimed: ClaimedStep[] = [];
    // Always in the same order: two workers that lock providers' rows cannot wait for each other.
    for (const { provider } of waiting.sort((a, b) => (a.provider < b.provider ? -1 : 1))) {
      const room = Math.min(args.limit - claimed.length, args.freeOf?.(provider) ?? args.limit);
      if (room <= 0) continue;
      const gate = await askGate(ctx, tx, provider, room);
      if (gate.granted <= 0) continue;
      const taken = await takeSteps(ctx, tx, and(due, eq(steps.provider, provider)), gate.granted, args);
      await gate.begin(taken.length);
      claimed.push(...taken);
    }
    return claimed;
  });
}

async function takeSteps(
  ctx: ServiceContext,
  tx: Tx,
  due: SQL | undefined,
  limit: number,
  { owner, leaseMs }: { owner: string; leaseMs: number },
): Promise<ClaimedStep[]> {
  const { generationSteps: steps } = ctx.store.t;
  const now = ctx.now();
  const free = await tx.skipLocked(
    tx
      .select({ id: steps.id })
      .from(steps)
      .where(due)
      .orderBy(asc(steps.runAfterMs), asc(steps.createdAtMs), asc(steps.id))
      .limit(limit),
  );
  if (free.length === 0) return [];
  return tx
    .update(steps)
    .set({
      status: "running",
      leaseOwner: owner,
      leaseToken: sql`${steps.leaseToken} + 1`,
      leaseExpiresAtMs: now + leaseMs,
      attempts: sql`${steps.attempts} + 1`,
      startedAtMs: now,
      repliedAtMs: null,
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
}

/** Those of the claimed steps that are not this worker's any more: taken over, or nobody needs them. */
export async function findLostSteps(
  ctx: ServiceContext,
  claimed: readonly ClaimedStep[],
): Promise<ClaimedStep[]> {
  if (claimed.length === 0) return [];
  const { generationSteps: steps } = ctx.store.t;
  const ids = claimed.map((step) => step.id);
  const rows = await ctx.store.read
    .select({ id: steps.id, leaseToken: steps.leaseToken })
    .from(steps)
    .where(and(inArray(steps.id, ids), eq(steps.status, "running")));
  return claimed.filter(
    (step) => !rows.some((row) => row.id === step.id && row.leaseToken === step.leaseToken),
  );
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

/** The provider has replied: its place is free for another step, while this one's result is being kept. */
export async function freeProvider(ctx: ServiceContext, step: ClaimedStep): Promise<void> {
  if (!ctx.providers.has(step.provider)) return;
  const { generationSteps: steps } = ctx.store.t;
  await ctx.store.tx((tx) =>
    tx
      .update(steps)
      .set({ repliedAtMs: ctx.now() })
      .where(and(eq(steps.id, step.id), eq(steps.leaseToken, step.leaseToken), eq(steps.status, "running"))),
  );
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
