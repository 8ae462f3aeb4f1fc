import { and, eq } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { notFound, RequestError } from "../../domain/errors.ts";
import { cleanText } from "../../domain/text.ts";
import { PROBLEM_KINDS, type ProblemKind } from "../../domain/vocabulary.ts";
import { loadSession } from "../assignment/load-session.ts";
import type { ServiceContext } from "../context.ts";
import { submitOnce } from "../submit-once.ts";
import { loadTurn } from "../trajectory/load-turn.ts";
import { openSession, sessionEvent } from "../trajectory/rater-step.ts";

const MAX_CHARACTERS = 2000;

export interface ReportProblemArgs {
  assignmentId: string;
  turnNumber?: number;
  imageId?: string;
  kind: string;
  text: string;
  submissionId: string;
}

/** "Report a problem", on a screen, a turn or an image. Possible at any time, also after the task. */
export async function reportProblem(
  ctx: ServiceContext,
  actor: Actor,
  args: ReportProblemArgs,
): Promise<{ problemId: string }> {
  assertCapability(actor, "rate");
  await openSession(ctx, actor, args.assignmentId);
  const text = cleanText(args.text);
  const fields: Record<string, string> = {};
  if (!PROBLEM_KINDS.includes(args.kind as ProblemKind)) fields.kind = "Choose what kind of problem it is.";
  if (text.length > MAX_CHARACTERS) fields.text = `Use at most ${MAX_CHARACTERS} characters.`;
  if (args.kind === "other" && text === "") fields.text = "Describe the problem.";
  const first = Object.values(fields)[0];
  if (first) throw new RequestError("INVALID_INPUT", first, fields);
  return submitOnce(
    ctx,
    {
      actorId: actor.userId,
      submissionId: args.submissionId,
      useCase: "report-problem",
      body: { ...args, submissionId: undefined, text },
    },
    async (tx) => {
      const session = await loadSession(ctx, tx, actor, args.assignmentId);
      const turn = args.turnNumber ? await loadTurn(ctx, tx, session, args.turnNumber) : null;
      const { images, problemReports } = ctx.store.t;
      if (args.imageId) {
        const [image] = await tx
          .select({ id: images.id })
          .from(images)
          .where(and(eq(images.id, args.imageId), eq(images.trajectoryId, session.trajectory.id)));
        if (!image) throw notFound("image");
      }
      const problemId = ctx.newId("prb");
      await tx.insert(problemReports).values({
        id: problemId,
        studyId: session.assignment.studyId,
        raterId: session.assignment.raterId,
        assignmentId: session.assignment.id,
        turnId: turn?.id ?? null,
        imageId: args.imageId ?? null,
        kind: args.kind as ProblemKind,
        text,
        createdAtMs: ctx.now(),
      });
      await sessionEvent(ctx, tx, session, {
        type: "problem.reported",
        ...(turn ? { turnId: turn.id } : {}),
        data: { problemId, kind: args.kind },
      });
      return { problemId };
    },
  );
}
