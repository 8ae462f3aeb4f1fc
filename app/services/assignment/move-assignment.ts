import { and, eq } from "drizzle-orm";
import type { Schema } from "../../../db/schema/index.ts";
import type { Tx } from "../../../db/store.ts";
import {
  type AssignmentEventType,
  type AssignmentStatus,
  transitionAssignment,
} from "../../domain/assignment.ts";
import type { ServiceContext } from "../context.ts";
import { recordEvent } from "../record-event.ts";

export type AssignmentRecord = Schema["assignments"]["$inferSelect"];

export interface Move {
  event: AssignmentEventType;
  /** Type of the event row, e.g. "assignment.approved". */
  eventType: string;
  /** Columns that change with the status. */
  set?: Partial<Schema["assignments"]["$inferInsert"]>;
  trajectoryId?: string;
  data?: Record<string, unknown>;
}

/**
 * One transition: a compare-and-set of the status and its event row. Null when it is not allowed from here, or when
 * somebody else was faster; then nothing was written.
 */
export async function moveAssignment(
  ctx: ServiceContext,
  tx: Tx,
  assignment: Pick<AssignmentRecord, "id" | "studyId" | "raterId" | "status">,
  { event, eventType, set, trajectoryId, data }: Move,
): Promise<AssignmentStatus | null> {
  const move = transitionAssignment(assignment.status, { type: event });
  if (move.kind === "refused") return null;
  const { assignments } = ctx.store.t;
  const moved = await tx
    .update(assignments)
    .set({ ...set, status: move.to, updatedAtMs: ctx.now() })
    .where(and(eq(assignments.id, assignment.id), eq(assignments.status, assignment.status)))
    .returning({ id: assignments.id });
  if (moved.length === 0) return null;
  await recordEvent(ctx, tx, {
    type: eventType,
    studyId: assignment.studyId,
    raterId: assignment.raterId,
    assignmentId: assignment.id,
    trajectoryId,
    data,
  });
  return move.to;
}
