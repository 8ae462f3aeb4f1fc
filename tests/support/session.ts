/** Steps of a rater's session at the level of use cases. */
import { randomUUID } from "node:crypto";
import type { Actor } from "../../app/domain/actor.ts";
import type { ProviderCall } from "../../app/domain/provider-call.ts";
import type { StudySettings } from "../../app/domain/study-settings.ts";
import type { StepKind } from "../../app/domain/turn.ts";
import { CONSENT_SCOPES } from "../../app/domain/vocabulary.ts";
import { claimAssignment } from "../../app/services/assignment/claim-assignment.server.ts";
import { getSession } from "../../app/services/assignment/get-session.server.ts";
import type { ServiceContext } from "../../app/services/context.ts";
import { saveTurnEvaluation } from "../../app/services/evaluation/save-turn-evaluation.server.ts";
import { submitEvaluation } from "../../app/services/evaluation/submit-evaluation.server.ts";
import { claimSteps } from "../../app/services/generation/claim-steps.server.ts";
import { failStep } from "../../app/services/generation/finish-step.ts";
import { runProposeStep } from "../../app/services/generation/run-propose-step.server.ts";
import { runRenderStep } from "../../app/services/generation/run-render-step.server.ts";
import { finishPractice } from "../../app/services/onboarding/finish-practice.server.ts";
import { giveConsent } from "../../app/services/onboarding/give-consent.server.ts";
import { saveAboutYou } from "../../app/services/onboarding/save-about-you.server.ts";
import { createStudy } from "../../app/services/study/create-study.server.ts";
import { setStudyStatus } from "../../app/services/study/set-study-status.server.ts";
import { getTurn } from "../../app/services/trajectory/get-turn.server.ts";
import { readInstructions } from "../../app/services/trajectory/read-instructions.server.ts";
import { submitChoice } from "../../app/services/trajectory/submit-choice.server.ts";
import { submitInitialPrompt } from "../../app/services/trajectory/submit-initial-prompt.server.ts";
import { createPerson, quickSettings } from "./context.ts";

export const newSubmission = () => randomUUID();

/** An open study with a coordinator and `raterCount` raters who may work on it. */
export async function openStudy(
  ctx: ServiceContext,
  options: { settings?: Partial<StudySettings>; raterCount?: number } = {},
): Promise<{ studyId: string; coordinator: Actor; raters: Actor[] }> {
  const coordinator = await createPerson(ctx, "coordinator");
  const { studyId } = await createStudy(ctx, coordinator, {
    name: `Study ${newSubmission().slice(0, 8)}`,
    settings: quickSettings(options.settings),
    submissionId: newSubmission(),
  });
  await setStudyStatus(ctx, coordinator, { studyId, action: "publish", submissionId: newSubmission() });
  const raters: Actor[] = [];
  for (let i = 0; i < (options.raterCount ?? 1); i++) {
    const rater = await createPerson(ctx, "rater");
    await addToStudy(ctx, studyId, rater);
    raters.push(rater);
  }
  return { studyId, coordinator, raters };
}

export async function addToStudy(ctx: ServiceContext, studyId: string, rater: Actor): Promise<void> {
  const row = { studyId, raterId: rater.raterId as string, addedAtMs: ctx.now() };
  await ctx.store.tx((tx) => tx.insert(ctx.store.t.studyRaters).values(row));
}

/** Claims a task and does everything that comes before the prompt. */
export async function startTask(ctx: ServiceContext, rater: Actor, studyId: string): Promise<string> {
  const { assignmentId } = await claimAssignment(ctx, rater, { studyId, submissionId: newSubmission() });
  await reachPrompt(ctx, rater, assignmentId);
  return assignmentId;
}

/** Agrees to everything, leaves the questions blank, reads and practises: the rater stands before the prompt. */
export async function reachPrompt(ctx: ServiceContext, rater: Actor, assignmentId: string): Promise<void> {
  for (;;) {
    const args = { assignmentId, submissionId: newSubmission() };
    switch ((await getSession(ctx, rater, { assignmentId })).phase) {
      case "consent":
        await giveConsent(ctx, rater, { ...args, scopes: CONSENT_SCOPES });
        break;
      case "about_you":
        await saveAboutYou(ctx, rater, { ...args, answers: {} });
        break;
      case "instructions":
        await readInstructions(ctx, rater, args);
        break;
      case "practice":
        await finishPractice(ctx, rater, args);
        break;
      default:
        return;
    }
  }
}

export async function sendPrompt(
  ctx: ServiceContext,
  rater: Actor,
  assignmentId: string,
  prompt = "a lighthouse in a storm at night",
): Promise<void> {
  await submitInitialPrompt(ctx, rater, { assignmentId, submissionId: newSubmission(), prompt });
}

const RUN = { propose: runProposeStep, render: runRenderStep };

/** Does every generation step that is due, like a worker would; returns how many. */
export async function runDueSteps(
  ctx: ServiceContext,
  kinds: StepKind[] = ["propose", "render"],
): Promise<number> {
  let done = 0;
  for (const kind of kinds) {
    for (;;) {
      const steps = await claimSteps(ctx, { owner: "test", kind, limit: 8, leaseMs: 60_000 });
      if (steps.length === 0) break;
      await Promise.all(
        steps.map((step) => {
          const calls: ProviderCall[] = [];
          return RUN[kind](ctx, step, AbortSignal.timeout(20_000), calls).catch((error: unknown) =>
            failStep(ctx, step, error, calls),
          );
        }),
      );
      done += steps.length;
    }
  }
  return done;
}

/** Chooses the column at a display position of a ready turn. */
export async function choose(
  ctx: ServiceContext,
  rater: Actor,
  assignmentId: string,
  turnNumber: number,
  options: { position?: number; critique?: string; submissionId?: string } = {},
) {
  const turn = await getTurn(ctx, rater, { assignmentId, turnNumber });
  const column = turn.columns[options.position ?? 0];
  if (!column) throw new Error(`turn ${turnNumber} is ${turn.status}`);
  return submitChoice(ctx, rater, {
    assignmentId,
    turnNumber,
    submissionId: options.submissionId ?? newSubmission(),
    columnId: column.columnId,
    critique: options.critique ?? "",
  });
}

/** All turns of the interaction phase, from the prompt on. */
export async function interact(
  ctx: ServiceContext,
  rater: Actor,
  assignmentId: string,
  horizon = 5,
): Promise<void> {
  await sendPrompt(ctx, rater, assignmentId);
  for (let turnNumber = 1; turnNumber <= horizon; turnNumber++) {
    await runDueSteps(ctx);
    await choose(ctx, rater, assignmentId, turnNumber, { position: turnNumber % 4 });
  }
}

/** Complete answers for every turn; nothing is handed in. */
export async function answerAll(
  ctx: ServiceContext,
  rater: Actor,
  assignmentId: string,
  horizon = 5,
): Promise<void> {
  for (let turnNumber = 1; turnNumber <= horizon; turnNumber++) {
    const { columns, chosenColumnId } = await getTurn(ctx, rater, { assignmentId, turnNumber });
    await saveTurnEvaluation(ctx, rater, {
      assignmentId,
      turnNumber,
      answers: {
        confirmedColumnId: chosenColumnId,
        columnSatisfactions: Object.fromEntries(columns.map((c, i) => [c.columnId, i + 1])),
        rationale: "It matches what I imagined.",
        vsPrevious: turnNumber === 1 ? null : "better",
        turnSatisfaction: 4,
      },
    });
  }
}

/** One whole session, from claim to completion code. */
export async function wholeSession(
  ctx: ServiceContext,
  rater: Actor,
  studyId: string,
  horizon = 5,
): Promise<{ assignmentId: string; completionCode: string }> {
  const assignmentId = await startTask(ctx, rater, studyId);
  await interact(ctx, rater, assignmentId, horizon);
  await answerAll(ctx, rater, assignmentId, horizon);
  const { completionCode } = await submitEvaluation(ctx, rater, {
    assignmentId,
    submissionId: newSubmission(),
  });
  return { assignmentId, completionCode };
}
