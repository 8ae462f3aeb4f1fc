/** What must hold of turns and calls after a run under faults; knows the tables, not the pipeline. */
import { eq, inArray } from "drizzle-orm";
import type { ServiceContext } from "../../../app/services/context.ts";

const UNDER_WAY = ["proposing", "rendering"] as const;
/** Between a deadline and the moment that it is noticed: a sweep, and a busy machine. */
export const GRACE_MS = 4_000;

export interface Late {
  turnId: string;
  lateMs: number;
}

/** Turns that are still under way after their deadline, reckoned from the study's setting, not from the row. */
export async function findLateTurns(
  ctx: ServiceContext,
  askedAtMs: ReadonlyMap<string, number>,
  deadlineMs: number,
): Promise<Late[]> {
  const { turns } = ctx.store.t;
  const rows = await ctx.store.read
    .select({ id: turns.id })
    .from(turns)
    .where(inArray(turns.status, [...UNDER_WAY]));
  return rows.flatMap(({ id }) => {
    const lateMs = Date.now() - (askedAtMs.get(id) ?? Date.now()) - deadlineMs;
    return lateMs > GRACE_MS ? [{ turnId: id, lateMs }] : [];
  });
}

/** Steps that nobody works on although they say so, and steps left over of turns that have ended. */
export async function findStuckSteps(ctx: ServiceContext, leaseMs: number): Promise<string[]> {
  const { generationSteps: steps, turns } = ctx.store.t;
  const rows = await ctx.store.read
    .select({ id: steps.id, status: steps.status, until: steps.leaseExpiresAtMs, turn: turns.status })
    .from(steps)
    .innerJoin(turns, eq(turns.id, steps.turnId))
    .where(inArray(steps.status, ["pending", "running"]));
  const now = Date.now();
  return rows.flatMap(({ id, status, until, turn }) => {
    if (status === "running" && (until ?? 0) < now - leaseMs) return [`step ${id} is stuck beyond its lease`];
    if (turn === "ready" || turn === "chosen") return [`step ${id} is left over of a turn that is ${turn}`];
    return [];
  });
}

/** Every image of a ready turn must be there, whole. */
export async function findBrokenSlates(
  ctx: ServiceContext,
  expected: { studyId: string; imagesPerTurn: number },
): Promise<string[]> {
  const { images, turns } = ctx.store.t;
  const rows = await ctx.store.read
    .select({ turnId: turns.id, sha256: images.sha256, display: images.displaySha256 })
    .from(turns)
    .innerJoin(images, eq(images.turnId, turns.id))
    .where(eq(turns.status, "ready"));
  const count = new Map<string, number>();
  const wrong: string[] = [];
  const objects = ctx.objects.inStudy(expected.studyId);
  for (const { turnId, sha256, display } of rows) {
    count.set(turnId, (count.get(turnId) ?? 0) + 1);
    for (const key of [sha256, display]) {
      if (key === null || !((await objects.size(key)) ?? 0))
        wrong.push(`turn ${turnId} lacks an image's bytes`);
    }
  }
  for (const [turnId, n] of count) {
    if (n !== expected.imagesPerTurn) wrong.push(`turn ${turnId} has ${n} images`);
  }
  return wrong;
}

export interface Bill {
  /** Calls that the services would charge for. */
  billed: number;
  /** Steps that were done: each needs one. */
  needed: number;
  faults: number;
}

/** R6: no fault causes more than one extra billed call. */
export function billProblem({ billed, needed, faults }: Bill): string | null {
  const extra = billed - needed;
  return extra > faults ? `${extra} extra billed calls for ${faults} faults` : null;
}
