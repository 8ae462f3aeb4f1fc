import { and, count, eq, inArray } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { COMPLETED_STATUSES, LIVE_STATUSES } from "../../domain/assignment.ts";
import { notFound, RequestError } from "../../domain/errors.ts";
import { phasesOf } from "../../domain/phase.ts";
import type { ServiceContext } from "../context.ts";
import { recordEvent } from "../record-event.ts";
import { settingsOfVersion } from "../study/settings-of-version.ts";
import { submitOnce } from "../submit-once.ts";
import { countHolders } from "./count-places.ts";

export interface ClaimAssignmentArgs {
  studyId: string;
  submissionId: string;
}

/**
 * Gives the rater one trajectory of a study to do. Completed + live assignments never exceed the study's target, and a
 * rater has one live assignment per study: claiming again while one is live returns that one.
 * Errors: NOT_FOUND, NOT_ELIGIBLE, STUDY_NOT_OPEN, STUDY_FULL, RATER_CAP_REACHED.
 */
export async function claimAssignment(
  ctx: ServiceContext,
  actor: Actor,
  args: ClaimAssignmentArgs,
): Promise<{ assignmentId: string }> {
  assertCapability(actor, "rate");
  const raterId = actor.raterId;
  if (!raterId) throw new RequestError("NOT_ELIGIBLE", "Your account is not a rater's.");
  return submitOnce(
    ctx,
    {
      actorId: actor.userId,
      submissionId: args.submissionId,
      useCase: "claim-assignment",
      body: { studyId: args.studyId },
    },
    async (tx) => {
      const { studies, studyRaters, raters, assignments, trajectories } = ctx.store.t;
      const [study] = await tx.select().from(studies).where(eq(studies.id, args.studyId));
      if (!study) throw notFound("study");
      const [member] = await tx
        .select({ status: studyRaters.status, source: raters.source })
        .from(studyRaters)
        .innerJoin(raters, eq(raters.id, studyRaters.raterId))
        .where(and(eq(studyRaters.studyId, study.id), eq(studyRaters.raterId, raterId)));
      if (!member) throw notFound("study");
      if (member.status === "blocked") {
        throw new RequestError("NOT_ELIGIBLE", "The coordinator has closed this study for you.");
      }
      const holders = await countHolders(ctx, tx, study.id, { lock: true });
      if (holders.live.has(raterId)) {
        const [mine] = await tx
          .select({ id: assignments.id })
          .from(assignments)
          .where(
            and(
              eq(assignments.studyId, study.id),
              eq(assignments.raterId, raterId),
              inArray(assignments.status, [...LIVE_STATUSES]),
            ),
          );
        if (mine) return { assignmentId: mine.id };
      }
      if (study.status !== "open") {
        throw new RequestError("STUDY_NOT_OPEN", "This study is not open now.");
      }
      const settings = await settingsOfVersion(ctx, tx, study.id, study.currentVersion);
      if (holders.total >= settings.targetTrajectories) {
        throw new RequestError("STUDY_FULL", "All places of this study are taken.");
      }
      if (settings.maxTrajectoriesPerRater !== null) {
        const [done] = await tx
          .select({ n: count().mapWith(Number) })
          .from(assignments)
          .where(
            and(
              eq(assignments.studyId, study.id),
              eq(assignments.raterId, raterId),
              inArray(assignments.status, [...COMPLETED_STATUSES]),
            ),
          );
        if ((done?.n ?? 0) >= settings.maxTrajectoriesPerRater) {
          throw new RequestError(
            "RATER_CAP_REACHED",
            "You have done all your tasks of this study. Thank you!",
          );
        }
      }
      const now = ctx.now();
      const assignmentId = ctx.newId("asg");
      const trajectoryId = ctx.newId("trj");
      await tx.insert(assignments).values({
        id: assignmentId,
        studyId: study.id,
        studyVersion: study.currentVersion,
        raterId,
        status: "active",
        leaseExpiresAtMs: now + settings.leaseMinutes * 60_000,
        completionCode: ctx.newId("tw").slice(3, 13).toUpperCase(),
        startedAtMs: now,
        updatedAtMs: now,
      });
      await tx.insert(trajectories).values({
        id: trajectoryId,
        assignmentId,
        studyId: study.id,
        studyVersion: study.currentVersion,
        raterId,
        source: member.source,
        phase: phasesOf(settings.optionalPhases)[0] ?? "instructions",
        startedAtMs: now,
      });
      await recordEvent(ctx, tx, {
        type: "assignment.started",
        studyId: study.id,
        raterId,
        assignmentId,
        trajectoryId,
      });
      return { assignmentId };
    },
  );
}
