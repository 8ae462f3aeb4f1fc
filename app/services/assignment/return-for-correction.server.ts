import { eq } from "drizzle-orm";
import type { Tx } from "../../../db/store.ts";
import type { Actor } from "../../domain/actor.ts";
import { RequestError } from "../../domain/errors.ts";
import { leaseUntil, renewedLease } from "../../domain/lease.ts";
import type { ServiceContext } from "../context.ts";
import { type ActionResult, actOnAssignment, checkNote, illegal } from "./act-on-assignment.ts";
import { findLive, lockStudy } from "./find-place.ts";

export interface ReturnForCorrectionArgs {
  assignmentId: string;
  /** What is to be corrected; shown to the rater. */
  note: string;
  /** Time to do it; the study's lease when left out. */
  minutes?: number;
  submissionId: string;
}

/**
 * Gives handed-in work back to its rater, at the evaluation, with a note. It keeps its place. The answers as they were
 * handed in are kept in the event log.
 * Errors: INVALID_INPUT, ILLEGAL_TRANSITION, ASSIGNMENT_ALREADY_LIVE while the rater works on another task of the study.
 */
export async function returnForCorrection(
  ctx: ServiceContext,
  actor: Actor,
  { assignmentId, submissionId, minutes, ...args }: ReturnForCorrectionArgs,
): Promise<ActionResult> {
  const note = checkNote("note", args.note, "Tell the rater what to correct.");
  const body = { note, minutes: minutes ?? null };
  return actOnAssignment(
    ctx,
    actor,
    { useCase: "return-for-correction", assignmentId, submissionId, body },
    async (tx, { assignment, trajectoryId, settings, move }) => {
      if (assignment.status !== "submitted") throw illegal(assignment.status);
      await lockStudy(ctx, tx, assignment.studyId);
      if ((await findLive(ctx, tx, assignment)) !== null) {
        throw new RequestError(
          "ASSIGNMENT_ALREADY_LIVE",
          "The rater is working on another task of this study. Try again when they have finished it.",
        );
      }
      const now = ctx.now();
      const { trajectories } = ctx.store.t;
      const answers = await answersOf(ctx, tx, trajectoryId);
      await tx
        .update(trajectories)
        .set({ phase: "evaluation", completedAtMs: null })
        .where(eq(trajectories.id, trajectoryId));
      const lease =
        minutes === undefined
          ? renewedLease(settings, now)
          : leaseUntil(now + minutes * 60_000, settings.reminderMinutes);
      return move(
        {
          event: "correct",
          eventType: "assignment.returned_for_correction",
          set: {
            ...lease,
            submittedAtMs: null,
            reviewedBy: actor.userId,
            reviewedAtMs: now,
            reviewNote: note,
          },
          data: { note, submittedAtMs: assignment.submittedAtMs, answers },
        },
        { note },
      );
    },
  );
}

/** The answers as they stand, by turn. */
async function answersOf(ctx: ServiceContext, tx: Tx, trajectoryId: string) {
  const { turnEvaluations, columnSatisfactions } = ctx.store.t;
  const turns = await tx.select().from(turnEvaluations).where(eq(turnEvaluations.trajectoryId, trajectoryId));
  const scores = await tx
    .select({ columnId: columnSatisfactions.columnId, satisfaction: columnSatisfactions.satisfaction })
    .from(columnSatisfactions)
    .where(eq(columnSatisfactions.trajectoryId, trajectoryId));
  return {
    turns: turns.map(({ trajectoryId: _, ...row }) => row),
    columnSatisfactions: Object.fromEntries(scores.map((s) => [s.columnId, s.satisfaction])),
  };
}
