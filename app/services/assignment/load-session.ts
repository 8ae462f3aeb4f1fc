import { eq, sql } from "drizzle-orm";
import type { Tx } from "../../../db/store.ts";
import type { Actor } from "../../domain/actor.ts";
import type { AssignmentStatus } from "../../domain/assignment.ts";
import { notFound, RequestError } from "../../domain/errors.ts";
import { type Phase, phasesOf } from "../../domain/phase.ts";
import type { SessionHeader } from "../../domain/rater-views.ts";
import type { StudySettings } from "../../domain/study-settings.ts";
import type { AnyReader, ServiceContext } from "../context.ts";
import { settingsOfVersion } from "../study/settings-of-version.ts";

type Row = Awaited<ReturnType<typeof selectSession>>;

/** One assignment with its trajectory, its study's frozen settings, and how far it got. */
export interface LoadedSession {
  assignment: NonNullable<Row>["assignment"];
  trajectory: NonNullable<Row>["trajectory"];
  settings: StudySettings;
  studyName: string;
  header: SessionHeader;
}

async function selectSession(ctx: ServiceContext, reader: AnyReader, assignmentId: string) {
  const { assignments, trajectories, studies, choices } = ctx.store.t;
  const chosenTurns = sql`(select count(*) from ${choices} where ${choices.trajectoryId} = ${trajectories.id})`;
  const [row] = await reader
    .select({
      assignment: assignments,
      trajectory: trajectories,
      studyName: studies.name,
      chosenTurns: chosenTurns.mapWith(Number),
    })
    .from(assignments)
    .innerJoin(trajectories, eq(trajectories.assignmentId, assignments.id))
    .innerJoin(studies, eq(studies.id, assignments.studyId))
    .where(eq(assignments.id, assignmentId));
  return row;
}

/** The rater's own session. Somebody else's is as unknown as one that does not exist (NOT_FOUND). */
export async function loadSession(
  ctx: ServiceContext,
  reader: AnyReader,
  actor: Actor,
  assignmentId: string,
): Promise<LoadedSession> {
  const row = await selectSession(ctx, reader, assignmentId);
  if (!row || !actor.raterId || row.assignment.raterId !== actor.raterId) throw notFound("task");
  const { assignment, trajectory, studyName, chosenTurns } = row;
  const settings = await settingsOfVersion(ctx, reader, assignment.studyId, assignment.studyVersion);
  return {
    assignment,
    trajectory,
    settings,
    studyName,
    header: {
      assignmentId,
      studyName,
      phase: trajectory.phase,
      horizon: settings.horizon,
      columnCount: settings.columnCount,
      imagesPerColumn: settings.imagesPerColumn,
      initialPrompt: trajectory.initialPrompt,
      chosenTurns,
      phases: phasesOf(settings.optionalPhases),
      assignmentStatus: assignment.status,
      leaseExpiresAtMs: assignment.leaseExpiresAtMs,
      remindAtMs: assignment.remindAtMs,
      correctionNote: assignment.status === "active" ? assignment.reviewNote : "",
    },
  };
}

/**
 * The same inside a writing transaction: the assignment row is locked, so that all of one rater's writes to one
 * session happen one after another.
 */
export async function lockSession(
  ctx: ServiceContext,
  tx: Tx,
  actor: Actor,
  assignmentId: string,
): Promise<LoadedSession> {
  const { assignments } = ctx.store.t;
  await tx.forUpdate(
    tx.select({ id: assignments.id }).from(assignments).where(eq(assignments.id, assignmentId)),
  );
  return loadSession(ctx, tx, actor, assignmentId);
}

/** Throws unless the assignment can be worked on now and stands in one of `phases`. */
export function assertPhase(session: LoadedSession, ...phases: Phase[]): void {
  assertWorkable(session.assignment.status);
  if (!phases.includes(session.trajectory.phase)) {
    throw new RequestError("WRONG_PHASE", "This step is already behind you. Go on where you left off.");
  }
}

/** Throws ASSIGNMENT_PAUSED, OFFER_NOT_TAKEN or ASSIGNMENT_NOT_LIVE unless the rater can work on it. */
export function assertWorkable(status: AssignmentStatus): void {
  switch (status) {
    case "active":
      return;
    case "paused":
      throw new RequestError(
        "ASSIGNMENT_PAUSED",
        "The coordinator has paused this task. Your work is kept, and no time is lost.",
      );
    case "offered":
      throw new RequestError(
        "OFFER_NOT_TAKEN",
        "This task is offered to you. Accept it on your work page first.",
      );
    default:
      throw new RequestError(
        "ASSIGNMENT_NOT_LIVE",
        `This task is ${status}; nothing more can be changed in it.`,
        {},
        { status },
      );
  }
}
