import type { Actor } from "../../domain/actor.ts";
import { byLetter } from "../../domain/arm-mask.ts";
import type { StudyMonitorView } from "../../domain/staff-views.ts";
import type { ServiceContext } from "../context.ts";
import { getStudyMonitor } from "./get-study-monitor.server.ts";

export interface ArmProgressByLetter {
  /** "A", "B", …; always the same for one arm, in all versions. */
  arm: string;
  /** The arm's name; null for those who may not know it. */
  name: string | null;
  assigned: number;
  live: number;
  completed: number;
}

export type StudyProgressView = Pick<
  StudyMonitorView,
  "studyId" | "status" | "version" | "counts" | "funnel"
> & { arms: ArmProgressByLetter[] };

/** Progress of a study for programs. What its owner may not know about arms, the program is not told either. */
export async function getStudyProgress(
  ctx: ServiceContext,
  actor: Actor,
  args: { studyId: string },
): Promise<StudyProgressView> {
  const monitor = await getStudyMonitor(ctx, actor, args);
  const { studyId, status, version, counts, funnel, armsHidden } = monitor;
  const byArm = new Map<string, ArmProgressByLetter>();
  // Newest version first, so that the newest name of an arm is told.
  for (const { letter, label, assigned, live, completed } of [...monitor.arms].sort(byLetter)) {
    const name = armsHidden ? null : label;
    const sum = byArm.get(letter) ?? { arm: letter, name, assigned: 0, live: 0, completed: 0 };
    byArm.set(letter, {
      ...sum,
      assigned: sum.assigned + assigned,
      live: sum.live + live,
      completed: sum.completed + completed,
    });
  }
  return { studyId, status, version, counts, funnel, arms: [...byArm.values()] };
}
