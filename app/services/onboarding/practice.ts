import type { Tx } from "../../../db/store.ts";
import type { LoadedSession } from "../assignment/load-session.ts";
import type { ServiceContext } from "../context.ts";
import { recordEvent } from "../record-event.ts";

/** An event of practising. It carries no trajectory: practice is no part of what a trajectory's data are. */
export function practiceEvent(
  ctx: ServiceContext,
  tx: Tx,
  { assignment }: LoadedSession,
  event: { type: "practice.tried" | "practice.finished"; data?: Record<string, unknown> },
): Promise<void> {
  return recordEvent(ctx, tx, {
    ...event,
    studyId: assignment.studyId,
    raterId: assignment.raterId,
    assignmentId: assignment.id,
  });
}
