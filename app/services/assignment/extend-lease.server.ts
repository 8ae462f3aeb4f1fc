import { eq } from "drizzle-orm";
import type { Actor } from "../../domain/actor.ts";
import { RequestError } from "../../domain/errors.ts";
import { leaseUntil } from "../../domain/lease.ts";
import { refusalError } from "../../domain/place.ts";
import type { ServiceContext } from "../context.ts";
import { recordEvent } from "../record-event.ts";
import { type ActionResult, actOnAssignment, illegal } from "./act-on-assignment.ts";
import { findPlace } from "./find-place.ts";

export interface ExtendLeaseArgs {
  assignmentId: string;
  minutes: number;
  submissionId: string;
}

const MINUTES_MAX = 43_200;

/**
 * Gives a rater more time, counted from the end of the lease, or from now where it ran out. An expired task comes back to
 * its rater while a place is free, whatever the study's expiry policy.
 * Errors: INVALID_INPUT, ILLEGAL_TRANSITION, ASSIGNMENT_ALREADY_LIVE, and those of `placeRefusal` for "revive".
 */
export async function extendLease(
  ctx: ServiceContext,
  actor: Actor,
  { assignmentId, submissionId, minutes }: ExtendLeaseArgs,
): Promise<ActionResult> {
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > MINUTES_MAX) {
    const message = "Give between 1 minute and 30 days.";
    throw new RequestError("INVALID_INPUT", message, { minutes: message });
  }
  return actOnAssignment(
    ctx,
    actor,
    { useCase: "extend-lease", assignmentId, submissionId, body: { minutes } },
    async (tx, { assignment, trajectoryId, settings, move, audit }) => {
      const now = ctx.now();
      const from = Math.max(assignment.leaseExpiresAtMs, now);
      const lease = leaseUntil(from + minutes * 60_000, settings.reminderMinutes);
      if (assignment.status === "expired") {
        const place = await findPlace(ctx, tx, { ...assignment, purpose: "revive" });
        if (place.kind === "taken") {
          throw new RequestError(
            "ASSIGNMENT_ALREADY_LIVE",
            "The rater is working on another task of this study already.",
          );
        }
        if (place.kind === "refused") throw refusalError(place.refusal);
        return move({ event: "revive", eventType: "assignment.revived", set: lease, data: { minutes } });
      }
      if (assignment.status !== "active" && assignment.status !== "offered") throw illegal(assignment.status);
      const { assignments } = ctx.store.t;
      await tx
        .update(assignments)
        .set({ ...lease, updatedAtMs: now })
        .where(eq(assignments.id, assignmentId));
      await recordEvent(ctx, tx, {
        type: "assignment.extended",
        studyId: assignment.studyId,
        raterId: assignment.raterId,
        assignmentId,
        trajectoryId,
        data: { minutes, leaseExpiresAtMs: lease.leaseExpiresAtMs },
      });
      await audit("assignment.extended", { minutes });
      return { assignmentId, status: assignment.status };
    },
  );
}
