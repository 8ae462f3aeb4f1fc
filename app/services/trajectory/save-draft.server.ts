import { sql } from "drizzle-orm";
import type { Actor } from "../../domain/actor.ts";
import { RequestError } from "../../domain/errors.ts";
import { assertWorkable } from "../assignment/load-session.ts";
import type { ServiceContext } from "../context.ts";
import { DRAFT_FIELD } from "./drafts.ts";
import { openSession } from "./rater-step.ts";

const MAX_DRAFT_CHARACTERS = 4000;

/** Keeps what the rater has typed so far: last write wins. */
export async function saveDraft(
  ctx: ServiceContext,
  actor: Actor,
  args: { assignmentId: string; field: string; value: string },
): Promise<{ savedAtMs: number }> {
  if (!DRAFT_FIELD.test(args.field)) throw new RequestError("INVALID_INPUT", "There is no such field.");
  const { assignment } = await openSession(ctx, actor, args.assignmentId);
  assertWorkable(assignment.status);
  const value = args.value.toWellFormed().replaceAll("\u0000", "").slice(0, MAX_DRAFT_CHARACTERS);
  const now = ctx.now();
  await ctx.store.tx(async (tx) => {
    const { drafts } = ctx.store.t;
    await tx
      .insert(drafts)
      .values({ assignmentId: assignment.id, field: args.field, value, updatedAtMs: now })
      .onConflictDoUpdate({
        target: [drafts.assignmentId, drafts.field],
        set: { value, revision: sql`${drafts.revision} + 1`, updatedAtMs: now },
      });
  });
  return { savedAtMs: now };
}
