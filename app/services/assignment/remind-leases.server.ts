import { and, eq, gt, isNull, lt, lte, or } from "drizzle-orm";
import type { ServiceContext } from "../context.ts";
import { recordEvent } from "../record-event.ts";

/** Reminders of one sweep; the next sweep does the rest. */
const REMINDERS_MAX = 500;

/**
 * For a timer: records once per lease that its reminder is due ("assignment.reminder_due"), for whoever tells raters
 * outside the pages. Returns how many.
 */
export async function remindLeases(ctx: ServiceContext): Promise<number> {
  const { assignments } = ctx.store.t;
  const now = ctx.now();
  const due = and(
    eq(assignments.status, "active"),
    lte(assignments.remindAtMs, now),
    gt(assignments.leaseExpiresAtMs, now),
    or(isNull(assignments.remindedAtMs), lt(assignments.remindedAtMs, assignments.remindAtMs)),
  );
  const rows = await ctx.store.read
    .select({ id: assignments.id, studyId: assignments.studyId, raterId: assignments.raterId })
    .from(assignments)
    .where(due)
    .limit(REMINDERS_MAX);
  let reminded = 0;
  for (const row of rows) {
    reminded += await ctx.store.tx(async (tx) => {
      const set = await tx
        .update(assignments)
        .set({ remindedAtMs: now })
        .where(and(eq(assignments.id, row.id), due))
        .returning({ leaseExpiresAtMs: assignments.leaseExpiresAtMs });
      const [assignment] = set;
      if (!assignment) return 0;
      await recordEvent(ctx, tx, {
        type: "assignment.reminder_due",
        studyId: row.studyId,
        raterId: row.raterId,
        assignmentId: row.id,
        data: { leaseExpiresAtMs: assignment.leaseExpiresAtMs },
      });
      return 1;
    });
  }
  return reminded;
}
