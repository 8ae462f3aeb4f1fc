import { and, eq } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { notFound, RequestError } from "../../domain/errors.ts";
import { cleanText } from "../../domain/text.ts";
import type { ProblemStatus } from "../../domain/vocabulary.ts";
import type { ServiceContext } from "../context.ts";
import { recordAudit, recordEvent } from "../record-event.ts";
import { submitOnce } from "../submit-once.ts";

export const ANSWER_MAX_CHARACTERS = 2000;

export interface AnswerProblemArgs {
  studyId: string;
  problemId: string;
  status: ProblemStatus;
  /** Needed for "answered". */
  message?: string;
  submissionId: string;
}

/** Replies to a problem report, closes it, or opens it again. */
export async function answerProblem(
  ctx: ServiceContext,
  actor: Actor,
  args: AnswerProblemArgs,
): Promise<{ status: ProblemStatus }> {
  assertCapability(actor, "problem.answer");
  const { studyId, problemId, status } = args;
  const message = checkMessage(cleanText(args.message ?? ""), status);
  const submission = {
    actorId: actor.userId,
    submissionId: args.submissionId,
    useCase: "answer-problem",
    body: { studyId, problemId, status, message },
  };
  return submitOnce(ctx, submission, async (tx) => {
    const { problemReports, problemMessages } = ctx.store.t;
    const [report] = await tx
      .update(problemReports)
      .set({ status })
      .where(and(eq(problemReports.id, problemId), eq(problemReports.studyId, studyId)))
      .returning({ assignmentId: problemReports.assignmentId, raterId: problemReports.raterId });
    if (!report) throw notFound("problem report");
    if (message !== "") {
      await tx.insert(problemMessages).values({
        id: ctx.newId("msg"),
        reportId: problemId,
        authorUserId: actor.userId,
        text: message,
        createdAtMs: ctx.now(),
      });
    }
    await recordEvent(ctx, tx, {
      type: `problem.${status}`,
      studyId,
      raterId: report.raterId,
      ...(report.assignmentId === null ? {} : { assignmentId: report.assignmentId }),
      data: { problemId },
    });
    await recordAudit(ctx, tx, {
      actorUserId: actor.userId,
      action: `problem.${status}`,
      subjectType: "problem",
      subjectId: problemId,
      data: { studyId },
    });
    return { status };
  });
}

function checkMessage(message: string, status: ProblemStatus): string {
  const problem =
    status === "answered" && message === ""
      ? "Write an answer, or close the report without one."
      : message.length > ANSWER_MAX_CHARACTERS
        ? `Use at most ${ANSWER_MAX_CHARACTERS} characters.`
        : null;
  if (problem) throw new RequestError("INVALID_INPUT", problem, { message: problem });
  return message;
}
