import { eq } from "drizzle-orm";
import type { Tx } from "../../../db/store.ts";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import type { AssignmentStatus } from "../../domain/assignment.ts";
import { notFound, RequestError } from "../../domain/errors.ts";
import type { StudySettings } from "../../domain/study-settings.ts";
import { cleanText } from "../../domain/text.ts";
import type { ServiceContext } from "../context.ts";
import { recordAudit } from "../record-event.ts";
import { settingsOfVersion } from "../study/settings-of-version.ts";
import { submitOnce } from "../submit-once.ts";
import { type AssignmentRecord, type Move, moveAssignment } from "./move-assignment.ts";

/** What every coordinator action on one assignment answers. */
export interface ActionResult {
  assignmentId: string;
  status: AssignmentStatus;
}

/** The locked assignment that a coordinator acts on. */
export interface Target {
  assignment: AssignmentRecord;
  trajectoryId: string;
  settings: StudySettings;
  /** Makes the transition with its audit entry. Throws ILLEGAL_TRANSITION when it is not allowed from here. */
  move(move: Move, auditData?: Record<string, unknown>): Promise<ActionResult>;
  audit(action: string, data?: Record<string, unknown>): Promise<void>;
}

/** For coordinators' use cases: one idempotent, audited transaction on one locked assignment. */
export async function actOnAssignment(
  ctx: ServiceContext,
  actor: Actor,
  args: { useCase: string; assignmentId: string; submissionId: string; body?: Record<string, unknown> },
  effect: (tx: Tx, target: Target) => Promise<ActionResult>,
): Promise<ActionResult> {
  assertCapability(actor, "study.manage");
  const { useCase, assignmentId, submissionId, body } = args;
  return submitOnce(
    ctx,
    { actorId: actor.userId, submissionId, useCase, body: { assignmentId, ...body } },
    async (tx) => {
      const { assignments, trajectories } = ctx.store.t;
      const [assignment] = await tx.forUpdate(
        tx.select().from(assignments).where(eq(assignments.id, assignmentId)),
      );
      if (!assignment) throw notFound("task");
      const [trajectory] = await tx
        .select({ id: trajectories.id })
        .from(trajectories)
        .where(eq(trajectories.assignmentId, assignmentId));
      if (!trajectory) throw notFound("task");
      const { studyId, studyVersion } = assignment;
      const audit = (action: string, data: Record<string, unknown> = {}) =>
        recordAudit(ctx, tx, {
          actorUserId: actor.userId,
          action,
          subjectType: "assignment",
          subjectId: assignmentId,
          data: { studyId, ...data },
        });
      return effect(tx, {
        assignment,
        trajectoryId: trajectory.id,
        settings: await settingsOfVersion(ctx, tx, studyId, studyVersion),
        audit,
        async move(move, auditData) {
          const status = await moveAssignment(ctx, tx, assignment, { trajectoryId: trajectory.id, ...move });
          if (!status) throw illegal(assignment.status);
          await audit(move.eventType, { from: assignment.status, ...auditData });
          return { assignmentId, status };
        },
      });
    },
  );
}

export function illegal(status: AssignmentStatus): RequestError {
  return new RequestError(
    "ILLEGAL_TRANSITION",
    `The task is ${status} now, so this is not possible. Reload the page to see its state.`,
    {},
    { status },
  );
}

const NOTE_MAX_CHARACTERS = 2000;

/** What a coordinator writes to a rater. Throws INVALID_INPUT for the field. */
export function checkNote(field: string, text: string, whenEmpty: string): string {
  const note = cleanText(text);
  const message =
    note === ""
      ? whenEmpty
      : note.length > NOTE_MAX_CHARACTERS
        ? `Use at most ${NOTE_MAX_CHARACTERS} characters.`
        : null;
  if (message) throw new RequestError("INVALID_INPUT", message, { [field]: message });
  return note;
}
