import { and, count, desc, eq, gte, isNotNull } from "drizzle-orm";
import type { StudyFaultsView } from "../../domain/health-views.ts";
import type { ServiceContext } from "../context.ts";
import { spentMicros } from "../generation/provider-gate.ts";

const WINDOW_MS = 24 * 3600_000;

/** What went wrong with a study's slates lately: calls by fault, turns that stand failed, blocks, and the spending. */
export async function listFaults(
  ctx: ServiceContext,
  args: { studyId: string; spendCapCents: number | null },
): Promise<StudyFaultsView> {
  const { providerCalls: calls, turns, trajectories, events, safetyBlocks } = ctx.store.t;
  const sinceMs = ctx.now() - WINDOW_MS;
  const recent = and(eq(calls.studyId, args.studyId), gte(calls.startedAtMs, sinceMs));
  const [byFault, failed, [latest], blocks, spent] = await Promise.all([
    ctx.store.read
      .select({ provider: calls.provider, fault: calls.fault, n: count().mapWith(Number) })
      .from(calls)
      .where(recent)
      .groupBy(calls.provider, calls.fault),
    ctx.store.read
      .select({ kind: turns.failureKind, n: count().mapWith(Number) })
      .from(turns)
      .innerJoin(trajectories, eq(trajectories.id, turns.trajectoryId))
      .where(
        and(eq(turns.status, "failed"), eq(trajectories.studyId, args.studyId), isNotNull(turns.failureKind)),
      )
      .groupBy(turns.failureKind),
    ctx.store.read
      .select({ atMs: events.atMs, data: events.data })
      .from(events)
      .where(and(eq(events.studyId, args.studyId), eq(events.type, "turn.failed")))
      .orderBy(desc(events.id))
      .limit(1),
    ctx.store.read.$count(
      safetyBlocks,
      and(eq(safetyBlocks.studyId, args.studyId), gte(safetyBlocks.atMs, sinceMs)),
    ),
    spentMicros(ctx, ctx.store.read, args.studyId),
  ]);
  return {
    faults: byFault.flatMap(({ provider, fault, n }) => (fault === null ? [] : [{ provider, fault, n }])),
    calls: byFault.reduce((n, row) => n + row.n, 0),
    failedTurns: failed.flatMap(({ kind, n }) => (kind === null ? [] : [{ kind, n }])),
    latest: latest ? { atMs: latest.atMs, message: String(latest.data.error ?? "") } : null,
    blocks: Number(blocks),
    spentMicros: spent,
    spendCapCents: args.spendCapCents,
  };
}
