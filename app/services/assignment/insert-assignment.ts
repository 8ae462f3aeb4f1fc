import type { Tx } from "../../../db/store.ts";
import type { AssignmentStatus } from "../../domain/assignment.ts";
import { renewedLease } from "../../domain/lease.ts";
import type { ServiceContext } from "../context.ts";
import { startingPhase } from "../onboarding/enter-phase.ts";
import { recordEvent } from "../record-event.ts";
import type { LoadedPlaceFacts } from "./load-place-facts.ts";
import { takePrompt } from "./take-prompt.ts";

/** Fills a place that was found: one assignment with its empty trajectory. An offer gets its prompt when it is taken. */
export async function insertAssignment(
  ctx: ServiceContext,
  tx: Tx,
  place: {
    studyId: string;
    studyVersion: number;
    raterId: string;
    facts: LoadedPlaceFacts;
    status: Extract<AssignmentStatus, "offered" | "active">;
    offeredBy?: string;
    leaseMinutes?: number;
    externalSession?: Record<string, string>;
  },
): Promise<string> {
  const { studyId, studyVersion, raterId, facts, status } = place;
  const { settings, source } = facts;
  const { assignments, trajectories } = ctx.store.t;
  const now = ctx.now();
  const assignmentId = ctx.newId("asg");
  const trajectoryId = ctx.newId("trj");
  const lease = renewedLease({ ...settings, leaseMinutes: place.leaseMinutes ?? settings.leaseMinutes }, now);
  await tx.insert(assignments).values({
    id: assignmentId,
    studyId,
    studyVersion,
    raterId,
    status,
    ...lease,
    completionCode: ctx.newId("tw").slice(3, 13).toUpperCase(),
    startedAtMs: now,
    offeredBy: place.offeredBy ?? null,
    externalSession: place.externalSession ?? null,
    updatedAtMs: now,
  });
  await tx.insert(trajectories).values({
    id: trajectoryId,
    assignmentId,
    studyId,
    studyVersion,
    raterId,
    source,
    phase: await startingPhase(ctx, tx, { studyId, raterId, settings }),
    promptCue: status === "active" ? await takePrompt(ctx, tx, { studyId, studyVersion, settings }) : "",
    startedAtMs: now,
  });
  await recordEvent(ctx, tx, {
    type: status === "active" ? "assignment.started" : "assignment.offered",
    studyId,
    raterId,
    assignmentId,
    trajectoryId,
  });
  return assignmentId;
}
