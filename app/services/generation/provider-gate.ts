import { and, count, eq, gte, isNull, sum } from "drizzle-orm";
import type { Tx } from "../../../db/store.ts";
import { afterCall, type Breaker, beginProbe, breakerAllows } from "../../domain/circuit-breaker.ts";
import type { ProviderCall } from "../../domain/provider-call.ts";
import { countsAsFailure, takeTokens } from "../../domain/provider-limits.ts";
import type { AnyReader, ServiceContext } from "../context.ts";

/** A probe that is not heard of for this long is lost. */
const PROBE_PATIENCE_MS = 120_000;

/** How many steps of a provider may begin now, and `begin(n)` to say how many did. */
export interface Grant {
  granted: number;
  begin(steps: number): Promise<void>;
}

/**
 * Asks how many of `wanted` steps a configured provider may be given, over all processes: circuit breaker, Retry-After,
 * concurrency and rate. Its row stays locked until the transaction ends. Embedded models have no limits of this kind.
 */
export async function askGate(ctx: ServiceContext, tx: Tx, provider: string, wanted: number): Promise<Grant> {
  const info = ctx.providers.get(provider);
  if (!info) return { granted: wanted, begin: async () => {} };
  const { providerStates, generationSteps: steps } = ctx.store.t;
  const now = ctx.now();
  await tx.insert(providerStates).values({ provider }).onConflictDoNothing();
  const [state] = await tx.forUpdate(
    tx.select().from(providerStates).where(eq(providerStates.provider, provider)),
  );
  const none = { granted: 0, begin: async () => {} };
  if (!state || (state.pausedUntilMs ?? 0) > now) return none;
  const breaker = breakerOf(state);
  const allows = breakerAllows(breaker, now);
  if (allows === "none") return none;
  const [running] = await tx
    .select({ n: count().mapWith(Number) })
    .from(steps)
    .where(
      and(
        eq(steps.provider, provider),
        eq(steps.status, "running"),
        isNull(steps.repliedAtMs),
        gte(steps.leaseExpiresAtMs, now),
      ),
    );
  let granted = Math.min(allows === "probe" ? 1 : wanted, info.concurrency - (running?.n ?? 0));
  const perMinute = info.requestsPerMinute;
  const bucket =
    state.tokens === null || state.tokensAtMs === null
      ? null
      : { tokens: state.tokens, atMs: state.tokensAtMs };
  if (perMinute !== null) granted = takeTokens(bucket, perMinute, granted, now).taken;
  return {
    granted: Math.max(0, granted),
    async begin(begun) {
      if (begun === 0) return;
      const taken = perMinute === null ? null : takeTokens(bucket, perMinute, begun, now).bucket;
      const changes = {
        ...(taken ? { tokens: taken.tokens, tokensAtMs: taken.atMs } : {}),
        ...(allows === "probe" ? rowOf(beginProbe(breaker, now, PROBE_PATIENCE_MS)) : {}),
      };
      if (Object.keys(changes).length === 0) return;
      await tx.update(providerStates).set(changes).where(eq(providerStates.provider, provider));
    },
  };
}

/** Writes down upstream calls, and lets them speak to their providers' circuit breakers. */
export async function recordCalls(
  ctx: ServiceContext,
  tx: Tx,
  of: { studyId: string | null; turnId: string | null; stepId: string | null },
  calls: readonly ProviderCall[],
): Promise<void> {
  if (calls.length === 0) return;
  await tx.insert(ctx.store.t.providerCalls).values(calls.map((call) => ({ ...call, ...of })));
  for (const provider of new Set(calls.map((call) => call.provider))) {
    if (!ctx.providers.has(provider)) continue;
    const own = calls.filter((call) => call.provider === provider);
    await tellBreaker(ctx, tx, provider, own);
  }
}

async function tellBreaker(
  ctx: ServiceContext,
  tx: Tx,
  provider: string,
  calls: readonly ProviderCall[],
): Promise<void> {
  const { providerStates } = ctx.store.t;
  const after = (breaker: Breaker) =>
    calls.reduce(
      (state, call) =>
        afterCall(state, { failed: countsAsFailure(call.fault), startedAtMs: call.startedAtMs }, ctx.now()),
      breaker,
    );
  const row = () => tx.select().from(providerStates).where(eq(providerStates.provider, provider));
  // In good times nothing changes, and nobody waits for the row.
  const [seen] = await row();
  const before = breakerOf(seen);
  if (seen && after(before) === before) return;
  await tx.insert(providerStates).values({ provider }).onConflictDoNothing();
  const [state] = await tx.forUpdate(row());
  const next = after(breakerOf(state));
  await tx.update(providerStates).set(rowOf(next)).where(eq(providerStates.provider, provider));
  if (next.status === "open" && state?.breakerStatus !== "open") {
    ctx.log.warn(
      { provider, untilMs: next.untilMs },
      "the provider keeps failing: it is left alone for a while",
    );
  }
}

/** The service asked for quiet (Retry-After): nobody calls it before. */
export async function pauseProvider(
  ctx: ServiceContext,
  tx: Tx,
  provider: string,
  untilMs: number,
): Promise<void> {
  const { providerStates } = ctx.store.t;
  if (!ctx.providers.has(provider)) return;
  await tx
    .insert(providerStates)
    .values({ provider, pausedUntilMs: untilMs })
    .onConflictDoUpdate({ target: providerStates.provider, set: { pausedUntilMs: untilMs } });
}

type StateRow = ServiceContext["store"]["t"]["providerStates"]["$inferSelect"];

export function breakerOf(row: StateRow | undefined): Breaker {
  return {
    status: row?.breakerStatus ?? "closed",
    failures: row?.breakerFailures ?? 0,
    openings: row?.breakerOpenings ?? 0,
    sinceMs: row?.breakerSinceMs ?? 0,
    untilMs: row?.breakerUntilMs ?? null,
  };
}

function rowOf(breaker: Breaker) {
  return {
    breakerStatus: breaker.status,
    breakerFailures: breaker.failures,
    breakerOpenings: breaker.openings,
    breakerSinceMs: breaker.sinceMs,
    breakerUntilMs: breaker.untilMs,
  };
}

/** What a study's models have cost so far, in millionths of the operator's currency. */
export async function spentMicros(ctx: ServiceContext, reader: AnyReader, studyId: string): Promise<number> {
  const { providerCalls } = ctx.store.t;
  const [row] = await reader
    .select({ total: sum(providerCalls.costMicros).mapWith(Number) })
    .from(providerCalls)
    .where(eq(providerCalls.studyId, studyId));
  return row?.total ?? 0;
}
