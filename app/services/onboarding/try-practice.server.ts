import type { Actor } from "../../domain/actor.ts";
import { RequestError } from "../../domain/errors.ts";
import { PRACTICE_COLUMNS, type PracticeVerdict, practiceVerdict } from "../../domain/practice.ts";
import type { ServiceContext } from "../context.ts";
import { submitStep } from "../trajectory/rater-step.ts";
import { practiceEvent } from "./practice.ts";

/**
 * Tells whether a column of the practice slate holds the best image, and why. Can be tried as often as one likes.
 * Errors: INVALID_INPUT with `fields.column`, WRONG_PHASE.
 */
export async function tryPractice(
  ctx: ServiceContext,
  actor: Actor,
  args: { assignmentId: string; submissionId: string; column: number },
): Promise<PracticeVerdict> {
  const { assignmentId, submissionId, column } = args;
  return submitStep(
    ctx,
    actor,
    {
      useCase: "try-practice",
      assignmentId,
      submissionId,
      phases: ["practice", "prompt"],
      body: { column },
    },
    async (tx, session) => {
      const verdict = PRACTICE_COLUMNS[column - 1] && practiceVerdict(column);
      if (!verdict) {
        const message = "Select a column first.";
        throw new RequestError("INVALID_INPUT", message, { column: message });
      }
      await practiceEvent(ctx, tx, session, {
        type: "practice.tried",
        data: { column, right: verdict.right },
      });
      return verdict;
    },
  );
}
