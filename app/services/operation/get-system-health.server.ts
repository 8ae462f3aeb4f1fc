import { and, count, desc, eq, gte, inArray, isNull, sum } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import type { ProviderHealth, SystemHealthView } from "../../domain/health-views.ts";
import { median, percentile } from "../../domain/percentile.ts";
import type { ServiceContext } from "../context.ts";
import { breakerOf } from "../generation/provider-gate.ts";

const WINDOW_MS = 24 * 3600_000;
/** Latest calls of a provider that its latency is reckoned from. */
const LATENCY_CALLS = 200;
/** A worker that said nothing for so long is taken for dead. */
const SILENT_AFTER_MS = 35_000;
const PART_WITHIN_MS = 4_000;

/** What an operator looks at first: services, queue, workers, database and storage, as of now. */
export async function getSystemHealth(ctx: ServiceContext, actor: Actor): Promise<SystemHealthView> {
  assertCapability(actor, "study.manage");
  const nowMs = ctx.now();
  const [parts, providers, queue, workers] = await Promise.all([
    Promise.all([
      look("Database", ctx.store.dialect, () => ctx.store.ping()),
      look("Images", ctx.objects.description, () => ctx.objects.ping()),
    ]),
    listProviders(ctx),
    measureQueue(ctx),
    listWorkers(ctx),
  ]);
  return { parts, providers, queue, workers, windowMs: WINDOW_MS, nowMs };
}

async function look(
  name: string,
  what: string,
  ping: () => Promise<void>,
): Promise<SystemHealthView["parts"][0]> {
  const started = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer in time")), PART_WITHIN_MS);
  });
  try {
    await Promise.race([ping(), late]);
    return { name, what, ok: true, durationMs: Math.round(performance.now() - started) };
  } catch {
    return { name, what, ok: false, durationMs: Math.round(performance.now() - started) };
  } finally {
    clearTimeout(timer);
  }
}

async function listProviders(ctx: ServiceContext): Promise<ProviderHealth[]> {
  const { providerCalls: calls, providerStates } = ctx.store.t;
  const since = gte(calls.startedAtMs, ctx.now() - WINDOW_MS);
  const [byFault, costs, states] = await Promise.all([
    ctx.store.read
      .select({ provider: calls.provider, fault: calls.fault, n: count().mapWith(Number) })
      .from(calls)
      .where(since)
      .groupBy(calls.provider, calls.fault),
    ctx.store.read
      .select({ provider: calls.provider, micros: sum(calls.costMicros).mapWith(Number) })
      .from(calls)
      .where(since)
      .groupBy(calls.provider),
    ctx.store.read.select().from(providerStates),
  ]);
  const embedded = [...ctx.generators.keys(), ...ctx.t2iModels.keys()];
  const ids = [...new Set([...ctx.providers.keys(), ...embedded, ...byFault.map((row) => row.provider)])];
  return Promise.all(
    ids.map(async (id): Promise<ProviderHealth> => {
      const rows = byFault.filter((row) => row.provider === id);
      const state = states.find((row) => row.provider === id);
      const breaker = breakerOf(state);
      const info = ctx.providers.get(id);
      const latest = await ctx.store.read
        .select({ ms: calls.durationMs })
        .from(calls)
        .where(and(eq(calls.provider, id), isNull(calls.fault)))
        .orderBy(desc(calls.startedAtMs))
        .limit(LATENCY_CALLS);
      const durations = latest.map((row) => row.ms);
      return {
        id,
        kind: info?.kind ?? "built in",
        model: info?.model ?? "",
        calls: rows.reduce((n, row) => n + row.n, 0),
        faults: rows.flatMap((row) => (row.fault === null ? [] : [{ fault: row.fault, n: row.n }])),
        p50Ms: median(durations),
        p95Ms: percentile(durations, 0.95),
        breaker: breaker.status,
        pausedUntilMs: Math.max(breaker.untilMs ?? 0, state?.pausedUntilMs ?? 0) || null,
        costMicros: costs.find((row) => row.provider === id)?.micros ?? null,
        concurrency: info?.concurrency ?? null,
        requestsPerMinute: info?.requestsPerMinute ?? null,
      };
    }),
  );
}

async function measureQueue(ctx: ServiceContext): Promise<SystemHealthView["queue"]> {
  const { generationSteps: steps } = ctx.store.t;
  const rows = await ctx.store.read
    .select({ status: steps.status, n: count().mapWith(Number) })
    .from(steps)
    .where(inArray(steps.status, ["pending", "running"]))
    .groupBy(steps.status);
  const [oldest] = await ctx.store.read
    .select({ createdAtMs: steps.createdAtMs })
    .from(steps)
    .where(eq(steps.status, "pending"))
    .orderBy(steps.createdAtMs)
    .limit(1);
  const of = (status: string) => rows.find((row) => row.status === status)?.n ?? 0;
  return {
    waiting: of("pending"),
    running: of("running"),
    oldestWaitingMs: oldest ? Math.max(0, ctx.now() - oldest.createdAtMs) : null,
  };
}

async function listWorkers(ctx: ServiceContext): Promise<SystemHealthView["workers"]> {
  const { workers } = ctx.store.t;
  const rows = await ctx.store.read
    .select()
    .from(workers)
    .where(isNull(workers.stoppedAtMs))
    .orderBy(desc(workers.startedAtMs))
    .limit(100);
  const now = ctx.now();
  return rows.map((row) => ({
    id: row.id,
    host: row.host,
    pid: row.pid,
    running: row.running,
    startedAtMs: row.startedAtMs,
    heartbeatAtMs: row.heartbeatAtMs,
    isAlive: now - row.heartbeatAtMs < SILENT_AFTER_MS,
  }));
}
