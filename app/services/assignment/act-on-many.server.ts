import { createHash } from "node:crypto";
import type { Actor } from "../../domain/actor.ts";
import type { AssignmentStatus } from "../../domain/assignment.ts";
import type { CoordinatorAction } from "../../domain/coordinator-action.ts";
import { RequestError } from "../../domain/errors.ts";
import type { ServiceContext } from "../context.ts";
import { PAGE_ROWS_MAX } from "../dataset/keyset.ts";
import type { ActionResult } from "./act-on-assignment.ts";
import { approveAssignment } from "./approve-assignment.server.ts";
import { extendLease } from "./extend-lease.server.ts";
import { listWork } from "./list-work.server.ts";
import { pauseAssignment } from "./pause-assignment.server.ts";
import { rejectAssignment } from "./reject-assignment.server.ts";
import { releaseAssignment } from "./release-assignment.server.ts";
import { resumeAssignment } from "./resume-assignment.server.ts";
import { returnForCorrection } from "./return-for-correction.server.ts";

export interface ActOnManyArgs {
  studyId: string;
  action: CoordinatorAction;
  assignmentIds: readonly string[];
  /** For "reject": shown to the rater. */
  reason?: string;
  /** For "reject": whether somebody else may have the place. */
  reusePlace?: boolean;
  /** For "correct": shown to the rater. */
  note?: string;
  /** For "extend". */
  minutes?: number;
  submissionId: string;
}

export interface ActionOutcome {
  assignmentId: string;
  raterName: string;
  /** The status it has now, or null where the action was refused. */
  status: AssignmentStatus | null;
  /** Why it was refused. */
  refused: string | null;
}

/**
 * One action on several assignments of a study, each in a transaction of its own: what is refused for one does not hold
 * the others up. Sending the same form again finishes what is missing and repeats nothing.
 * Errors: INVALID_INPUT for what was typed, before anything is done.
 */
export async function actOnMany(
  ctx: ServiceContext,
  actor: Actor,
  args: ActOnManyArgs,
): Promise<ActionOutcome[]> {
  const { studyId, submissionId } = args;
  const assignmentIds = [...new Set(args.assignmentIds)];
  if (submissionId.length < 8) {
    throw new RequestError("BAD_REQUEST", "The form is out of date. Reload the page and try again.");
  }
  if (assignmentIds.length === 0) {
    throw new RequestError("INVALID_INPUT", "Tick at least one assignment.");
  }
  if (assignmentIds.length > PAGE_ROWS_MAX) {
    throw new RequestError("INVALID_INPUT", `Tick at most ${PAGE_ROWS_MAX} assignments at a time.`);
  }
  const { rows } = await listWork(ctx, actor, { studyId, assignmentIds, limit: PAGE_ROWS_MAX });
  const names = new Map(rows.map((row) => [row.assignmentId, row.raterName]));
  const outcomes: ActionOutcome[] = [];
  for (const assignmentId of assignmentIds) {
    const raterName = names.get(assignmentId);
    if (raterName === undefined) {
      const refused = "This study has no such assignment.";
      outcomes.push({ assignmentId, raterName: assignmentId, status: null, refused });
      continue;
    }
    try {
      const { status } = await act(ctx, actor, args, {
        assignmentId,
        submissionId: submissionOf(submissionId, assignmentId),
      });
      outcomes.push({ assignmentId, raterName, status, refused: null });
    } catch (error) {
      if (!(error instanceof RequestError) || error.code === "INVALID_INPUT" || error.code === "FORBIDDEN") {
        throw error;
      }
      outcomes.push({ assignmentId, raterName, status: null, refused: error.userMessage });
    }
  }
  return outcomes;
}

/** The same for the same form and row, so that a form that is sent twice has one effect on each. */
function submissionOf(submissionId: string, assignmentId: string): string {
  return createHash("sha256")
    .update(JSON.stringify([submissionId, assignmentId]))
    .digest("hex")
    .slice(0, 48);
}

function act(
  ctx: ServiceContext,
  actor: Actor,
  { action, reason = "", reusePlace, note = "", minutes = Number.NaN }: ActOnManyArgs,
  one: { assignmentId: string; submissionId: string },
): Promise<ActionResult> {
  switch (action) {
    case "approve":
      return approveAssignment(ctx, actor, one);
    case "reject":
      return rejectAssignment(ctx, actor, { ...one, reason, reusePlace });
    case "correct":
      return returnForCorrection(ctx, actor, { ...one, note });
    case "extend":
      return extendLease(ctx, actor, { ...one, minutes });
    case "pause":
      return pauseAssignment(ctx, actor, one);
    case "resume":
      return resumeAssignment(ctx, actor, one);
    case "release":
      return releaseAssignment(ctx, actor, one);
  }
}
