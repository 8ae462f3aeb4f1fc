import { and, eq, inArray } from "drizzle-orm";
import { chunk } from "../../../db/store.ts";
import { COMPLETED_STATUSES } from "../../domain/assignment.ts";
import { earnedCents } from "../../domain/pay.ts";
import type { Earnings } from "../../domain/rater-views.ts";
import type { ServiceContext } from "../context.ts";
import { settingsOfVersion } from "../study/settings-of-version.ts";
import { workTimeOf } from "./work-time.ts";

/** All that a rater has earned, per currency. */
export async function sumEarnings(ctx: ServiceContext, raterId: string): Promise<Earnings[]> {
  const { assignments, trajectories } = ctx.store.t;
  const rows = await ctx.store.read
    .select({
      studyId: assignments.studyId,
      studyVersion: assignments.studyVersion,
      trajectoryId: trajectories.id,
    })
    .from(assignments)
    .innerJoin(trajectories, eq(trajectories.assignmentId, assignments.id))
    .where(and(eq(assignments.raterId, raterId), inArray(assignments.status, [...COMPLETED_STATUSES])));
  const byCurrency = new Map<string, Earnings>();
  for (const part of chunk(rows)) {
    const times = await workTimeOf(
      ctx,
      ctx.store.read,
      part.map((row) => row.trajectoryId),
    );
    for (const row of part) {
      const settings = await settingsOfVersion(ctx, ctx.store.read, row.studyId, row.studyVersion);
      const currency = settings.payCurrency;
      const sum = byCurrency.get(currency) ?? { currency, cents: 0, tasks: 0, unmeasuredTasks: 0 };
      const cents = earnedCents(settings, times.get(row.trajectoryId)?.workMs ?? null);
      sum.tasks += 1;
      if (cents === null) sum.unmeasuredTasks += 1;
      else sum.cents += cents;
      byCurrency.set(currency, sum);
    }
  }
  return [...byCurrency.values()]
    .filter((sum) => sum.cents > 0 || sum.unmeasuredTasks > 0)
    .sort((a, b) => a.currency.localeCompare(b.currency, "en"));
}
