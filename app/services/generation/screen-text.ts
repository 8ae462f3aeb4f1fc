import type { Tx } from "../../../db/store.ts";
import type { SafetySubject } from "../../domain/vocabulary.ts";
import type { ServiceContext } from "../context.ts";

export interface Stopped {
  /** The filter's id. */
  source: string;
  reason: string;
}

const FILTER_TIMEOUT_MS = 10_000;

/** What the first filter has against a text; null = nothing. */
export async function screenText(
  ctx: ServiceContext,
  text: string,
  signal: AbortSignal = AbortSignal.timeout(FILTER_TIMEOUT_MS),
): Promise<Stopped | null> {
  if (text === "") return null;
  for (const filter of ctx.promptFilters) {
    const { reason } = await filter.check(text, signal);
    if (reason !== null) return { source: filter.id, reason };
  }
  return null;
}

/** Keeps what was stopped, for the coordinator. */
export async function recordBlock(
  ctx: ServiceContext,
  tx: Tx,
  block: {
    studyId: string;
    trajectoryId: string;
    turnId: string | null;
    subject: SafetySubject;
    text: string;
    source: string;
    reason: string;
  },
): Promise<void> {
  await tx.insert(ctx.store.t.safetyBlocks).values({ id: ctx.newId("blk"), ...block, atMs: ctx.now() });
}
