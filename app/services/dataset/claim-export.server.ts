/** Exports as leased jobs: every write of a worker names its token, and one that is not the newest has no effect. */
import { and, asc, eq, inArray, lt, lte, or, type SQL, sql } from "drizzle-orm";
import type { Tx } from "../../../db/store.ts";
import {
  type ExportFileRow,
  MAX_EXPORT_ATTEMPTS,
  UNFINISHED_EXPORT_STATUSES,
} from "../../domain/export-job.ts";
import type { ExportOptions } from "../../domain/export-options.ts";
import type { BundleSummary } from "../../domain/export-summary.ts";
import type { ExportStage } from "../../domain/vocabulary.ts";
import type { ServiceContext } from "../context.ts";
import { recordEvent } from "../record-event.ts";

export interface ClaimedExport {
  id: string;
  studyId: string;
  options: ExportOptions;
  releaseSalt: string | null;
  createdAtMs: number;
  attempts: number;
  leaseToken: number;
}

export interface Lease {
  owner: string;
  leaseMs: number;
}

/**
 * Takes the oldest export that waits, or whose worker was not heard of until its lease ran out; null when there is none.
 * One that was begun too often without an end fails here.
 */
export async function claimExport(
  ctx: ServiceContext,
  { owner, leaseMs }: Lease,
): Promise<ClaimedExport | null> {
  const { exports } = ctx.store.t;
  const now = ctx.now();
  const due = or(
    and(eq(exports.status, "queued"), lte(exports.runAfterMs, now)),
    and(eq(exports.status, "running"), lt(exports.leaseExpiresAtMs, now)),
  );
  // Reading first keeps an idle worker from writing.
  const waiting = await ctx.store.read.select({ id: exports.id }).from(exports).where(due).limit(1);
  if (waiting.length === 0) return null;
  return ctx.store.tx(async (tx) => {
    const givenUp = await tx
      .update(exports)
      .set({ status: "failed", error: BEGUN_TOO_OFTEN, finishedAtMs: now, ...ENDED })
      .where(and(due, sql`${exports.attempts} >= ${MAX_EXPORT_ATTEMPTS}`))
      .returning({ exportId: exports.id, studyId: exports.studyId });
    for (const row of givenUp) await tell(ctx, tx, "export.failed", row);
    const [free] = await tx.skipLocked(
      tx
        .select({ id: exports.id })
        .from(exports)
        .where(due)
        .orderBy(asc(exports.createdAtMs), asc(exports.id))
        .limit(1),
    );
    if (!free) return null;
    const [claimed] = await tx
      .update(exports)
      .set({
        status: "running",
        leaseOwner: owner,
        leaseToken: sql`${exports.leaseToken} + 1`,
        leaseExpiresAtMs: now + leaseMs,
        attempts: sql`${exports.attempts} + 1`,
        progressAtMs: now,
      })
      .where(eq(exports.id, free.id))
      .returning({
        id: exports.id,
        studyId: exports.studyId,
        options: exports.options,
        releaseSalt: exports.releaseSalt,
        createdAtMs: exports.createdAtMs,
        attempts: exports.attempts,
        leaseToken: exports.leaseToken,
      });
    return claimed ?? null;
  });
}

const BEGUN_TOO_OFTEN = `The export was begun ${MAX_EXPORT_ATTEMPTS} times and its server ended each time. Nothing was exported; look at the server's log.`;

/** What an export that has ended does not need any more; the salt goes, and with it the way back from pseudonyms. */
export const ENDED = {
  leaseOwner: null,
  leaseExpiresAtMs: null,
  releaseSalt: null,
  secondsLeft: null,
} as const;

function held(ctx: ServiceContext, { id, leaseToken }: ClaimedExport): SQL | undefined {
  const { exports } = ctx.store.t;
  return and(eq(exports.id, id), eq(exports.status, "running"), eq(exports.leaseToken, leaseToken));
}

async function change(
  ctx: ServiceContext,
  claim: ClaimedExport,
  values: Partial<typeof ctx.store.t.exports.$inferInsert>,
  told?: "export.ready" | "export.failed",
): Promise<boolean> {
  const { exports } = ctx.store.t;
  return ctx.store.tx(async (tx) => {
    const changed = await tx
      .update(exports)
      .set(values)
      .where(held(ctx, claim))
      .returning({ id: exports.id });
    if (changed.length > 0 && told) await tell(ctx, tx, told, { exportId: claim.id, studyId: claim.studyId });
    return changed.length > 0;
  });
}

/** How an export ended, for those who listen to the study. */
function tell(
  ctx: ServiceContext,
  tx: Tx,
  type: "export.ready" | "export.failed",
  { exportId, studyId }: { exportId: string; studyId: string },
): Promise<void> {
  return recordEvent(ctx, tx, { type, studyId, data: { exportId } });
}

export interface ReportedProgress {
  stage: ExportStage;
  done: number;
  total: number;
  bytes: number;
  secondsLeft: number | null;
  snapshotAtMs: number | null;
}

/** Renews the lease and shows how far the work is. False = it is not this worker's any more: taken over, or cancelled. */
export function renewExport(
  ctx: ServiceContext,
  claim: ClaimedExport,
  leaseMs: number,
  progress: ReportedProgress | null,
): Promise<boolean> {
  const now = ctx.now();
  return change(ctx, claim, {
    leaseExpiresAtMs: now + leaseMs,
    progressAtMs: now,
    ...(progress && {
      stage: progress.stage,
      doneCount: progress.done,
      totalCount: progress.total,
      writtenBytes: progress.bytes,
      secondsLeft: progress.secondsLeft,
      snapshotAtMs: progress.snapshotAtMs,
    }),
  });
}

/** The files are in the store: from here on they can be downloaded. False = not this worker's any more. */
export function finishExport(
  ctx: ServiceContext,
  claim: ClaimedExport,
  result: {
    files: ExportFileRow[];
    summary: BundleSummary;
    snapshotAtMs: number;
    expiresAtMs: number | null;
  },
): Promise<boolean> {
  return change(
    ctx,
    claim,
    { status: "ready", error: null, finishedAtMs: ctx.now(), ...result, ...ENDED },
    "export.ready",
  );
}

export function failExport(ctx: ServiceContext, claim: ClaimedExport, error: string): Promise<boolean> {
  return change(ctx, claim, { status: "failed", error, finishedAtMs: ctx.now(), ...ENDED }, "export.failed");
}

/**
 * Puts a begun export back: at a stop (which is no attempt), or to be tried again after `pauseMs`. What was written so far
 * stays for whoever takes it next.
 */
export function requeueExport(
  ctx: ServiceContext,
  claim: ClaimedExport,
  { pauseMs, countsAsAttempt }: { pauseMs: number; countsAsAttempt: boolean },
): Promise<boolean> {
  return change(ctx, claim, {
    status: "queued",
    leaseOwner: null,
    leaseExpiresAtMs: null,
    secondsLeft: null,
    runAfterMs: ctx.now() + pauseMs,
    attempts: countsAsAttempt ? claim.attempts : claim.attempts - 1,
  });
}

/** At start: exports of workers that are known to be dead need not wait for their leases. Returns how many. */
export async function releaseDeadExports(
  ctx: ServiceContext,
  isDead: (owner: string) => boolean,
): Promise<number> {
  const { exports } = ctx.store.t;
  const running = await ctx.store.read
    .select({ id: exports.id, owner: exports.leaseOwner, token: exports.leaseToken })
    .from(exports)
    .where(eq(exports.status, "running"));
  const dead = running.filter(({ owner }) => owner !== null && isDead(owner));
  let released = 0;
  for (const { id, token } of dead) {
    const rows = await ctx.store.tx((tx) =>
      tx
        .update(exports)
        .set({ status: "queued", leaseOwner: null, leaseExpiresAtMs: null, secondsLeft: null })
        .where(and(eq(exports.id, id), eq(exports.status, "running"), eq(exports.leaseToken, token)))
        .returning({ id: exports.id }),
    );
    released += rows.length;
  }
  return released;
}

/** Ids of the exports whose folders a worker may still need. */
export async function listUnfinishedExports(ctx: ServiceContext): Promise<string[]> {
  const { exports } = ctx.store.t;
  const rows = await ctx.store.read
    .select({ id: exports.id })
    .from(exports)
    .where(inArray(exports.status, UNFINISHED_EXPORT_STATUSES));
  return rows.map((row) => row.id);
}
