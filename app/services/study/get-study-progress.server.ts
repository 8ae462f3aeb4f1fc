import { asc, eq } from "drizzle-orm";
import type { Actor } from "../../domain/actor.ts";
import type { StudyMonitorView } from "../../domain/staff-views.ts";
import type { ServiceContext } from "../context.ts";
import { getStudyMonitor } from "./get-study-monitor.server.ts";

export interface MaskedArmProgress {
  /** "A", "B", …; always the same for one arm, in all versions. */
  arm: string;
  assigned: number;
  live: number;
  completed: number;
}

export type StudyProgressView = Pick<
  StudyMonitorView,
  "studyId" | "status" | "version" | "counts" | "funnel"
> & { arms: MaskedArmProgress[] };

/** Progress of a study for programs: nothing tells which arm is which. */
export async function getStudyProgress(
  ctx: ServiceContext,
  actor: Actor,
  args: { studyId: string },
): Promise<StudyProgressView> {
  const { studyId, status, version, counts, funnel, arms } = await getStudyMonitor(ctx, actor, args);
  const letters = await armLetters(ctx, studyId);
  const byLetter = new Map<string, MaskedArmProgress>();
  for (const { armKey, assigned, live, completed } of arms) {
    const arm = letters.get(armKey) ?? "?";
    const sum = byLetter.get(arm) ?? { arm, assigned: 0, live: 0, completed: 0 };
    byLetter.set(arm, {
      arm,
      assigned: sum.assigned + assigned,
      live: sum.live + live,
      completed: sum.completed + completed,
    });
  }
  const masked = [...byLetter.values()].sort((a, b) => (a.arm < b.arm ? -1 : 1));
  return { studyId, status, version, counts, funnel, arms: masked };
}

/** Letters in the order of first publication, then of the arms' random ids: the settings do not give it away. */
async function armLetters(ctx: ServiceContext, studyId: string): Promise<Map<string, string>> {
  const { arms } = ctx.store.t;
  const rows = await ctx.store.read
    .select({ armKey: arms.armKey })
    .from(arms)
    .where(eq(arms.studyId, studyId))
    .orderBy(asc(arms.studyVersion), asc(arms.id));
  const keys = [...new Set(rows.map((row) => row.armKey))];
  return new Map(keys.map((armKey, i) => [armKey, String.fromCharCode(65 + i)]));
}
