import { eq } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { mayTakeOver } from "../../domain/answer-field.ts";
import { RequestError } from "../../domain/errors.ts";
import type { ServiceContext } from "../context.ts";
import { recordEvent } from "../record-event.ts";
import { lockSession } from "./load-session.ts";

export interface TakeOverArgs {
  assignmentId: string;
  /** Made by the tab, once per tab. */
  writerId: string;
  /** The rater said so: take the task from a tab that is in use. */
  onPurpose: boolean;
}

export type TakeOverResult =
  /** This tab may write, with this fencing token; older tokens are refused from now on. */
  | { kind: "writer"; writerToken: number }
  /** Another tab or device is in use. */
  | { kind: "elsewhere"; seenAtMs: number | null };

const WRITER_ID = /^[A-Za-z0-9_-]{8,64}$/;

/**
 * Makes a tab the one that may write to a task. A tab that has the task already keeps its token; one that is silent is
 * replaced; one that is in use only on purpose. Errors: NOT_FOUND, BAD_REQUEST.
 */
export async function takeOver(
  ctx: ServiceContext,
  actor: Actor,
  args: TakeOverArgs,
): Promise<TakeOverResult> {
  assertCapability(actor, "rate");
  if (!WRITER_ID.test(args.writerId)) throw new RequestError("BAD_REQUEST", "Reload the page.");
  return ctx.store.tx(async (tx) => {
    const { assignment } = await lockSession(ctx, tx, actor, args.assignmentId);
    const now = ctx.now();
    const held = { writerId: assignment.writerId, seenAtMs: assignment.writerSeenAtMs };
    if (!args.onPurpose && !mayTakeOver(held, args.writerId, now)) {
      return { kind: "elsewhere", seenAtMs: held.seenAtMs };
    }
    const { assignments } = ctx.store.t;
    const moves = held.writerId !== args.writerId;
    const writerToken = moves ? assignment.writerToken + 1 : assignment.writerToken;
    await tx
      .update(assignments)
      .set({ writerId: args.writerId, writerToken, writerSeenAtMs: now })
      .where(eq(assignments.id, assignment.id));
    if (moves && held.writerId !== null) {
      await recordEvent(ctx, tx, {
        type: "assignment.moved",
        studyId: assignment.studyId,
        raterId: assignment.raterId,
        assignmentId: assignment.id,
        data: { onPurpose: args.onPurpose },
      });
    }
    return { kind: "writer", writerToken };
  });
}

/** The tab is gone: the next one need not ask. Does nothing when another tab holds the task by now. */
export async function releaseWriter(
  ctx: ServiceContext,
  actor: Actor,
  args: { assignmentId: string; writerToken: number },
): Promise<void> {
  assertCapability(actor, "rate");
  await ctx.store.tx(async (tx) => {
    const { assignment } = await lockSession(ctx, tx, actor, args.assignmentId);
    if (assignment.writerToken !== args.writerToken) return;
    const { assignments } = ctx.store.t;
    await tx.update(assignments).set({ writerSeenAtMs: null }).where(eq(assignments.id, assignment.id));
  });
}
