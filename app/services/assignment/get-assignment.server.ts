import { eq } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { notFound } from "../../domain/errors.ts";
import type { ServiceContext } from "../context.ts";
import { type AssignmentRow, selectAssignments } from "./list-assignments.server.ts";

/** One assignment, for staff. Throws NOT_FOUND. */
export async function getAssignment(
  ctx: ServiceContext,
  actor: Actor,
  { assignmentId }: { assignmentId: string },
): Promise<AssignmentRow> {
  assertCapability(actor, "study.manage");
  const [row] = await selectAssignments(ctx, eq(ctx.store.t.assignments.id, assignmentId));
  if (!row) throw notFound("assignment");
  return row;
}
