import { and, eq, isNull } from "drizzle-orm";
import type { Actor } from "../../domain/actor.ts";
import { RequestError } from "../../domain/errors.ts";
import { nextPhase, type Phase } from "../../domain/phase.ts";
import { cleanLine, critiqueProblem } from "../../domain/text.ts";
import { transitionTurn } from "../../domain/turn.ts";
import { workTimeOfTurn } from "../assignment/load-work-times.ts";
import type { ServiceContext } from "../context.ts";
import { requestTurn } from "../generation/request-turn.ts";
import { screenText } from "../generation/screen-text.ts";
import { loadTurn } from "./load-turn.ts";
import { sessionEvent, submitStep } from "./rater-step.ts";
import { refuseBlocked } from "./refuse-blocked.ts";

export interface SubmitChoiceArgs {
  assignmentId: string;
  /** 1-based. */
  turnNumber: number;
  submissionId: string;
  columnId: string;
  critique: string;
}

export interface SubmitChoiceResult {
  phase: Phase;
  /** null after the last turn. */
  nextTurnNumber: number | null;
}

/**
 * Exactly one column is chosen per turn, with an optional critique of at most 12 words (paper B.1); asks for the next
 * slate, or opens the evaluation after turn H.
 * Errors: INVALID_INPUT (`fields.columnId`, `fields.critique`), TURN_NOT_READY, TURN_ALREADY_CHOSEN, WRONG_PHASE.
 */
export async function submitChoice(
  ctx: ServiceContext,
  actor: Actor,
  args: SubmitChoiceArgs,
): Promise<SubmitChoiceResult> {
  const critique = cleanLine(args.critique);
  const stopped = await screenText(ctx, critique);
  if (stopped) {
    await refuseBlocked(ctx, actor, args.assignmentId, {
      subject: "critique",
      field: "critique",
      text: critique,
      stopped,
    });
  }
  const result = await submitStep(
    ctx,
    actor,
    {
      useCase: "submit-choice",
      assignmentId: args.assignmentId,
      submissionId: args.submissionId,
      phases: ["interaction", "evaluation", "done"],
      body: { turnNumber: args.turnNumber, columnId: args.columnId, critique },
    },
    async (tx, session): Promise<SubmitChoiceResult> => {
      const { trajectory, settings } = session;
      const turn = await loadTurn(ctx, tx, session, args.turnNumber);
      const status = transitionTurn(turn.status, { type: "choose" });
      if (turn.status === "chosen") {
        throw new RequestError(
          "TURN_ALREADY_CHOSEN",
          "You already chose a column in this turn; that choice stands.",
        );
      }
      if (status === null)
        throw new RequestError("TURN_NOT_READY", "The images of this turn are not ready yet.");

      const { choices, columns, slates, turns, trajectories } = ctx.store.t;
      const fields: Record<string, string> = {};
      const [column] = await tx
        .select({ id: columns.id })
        .from(columns)
        .where(and(eq(columns.id, args.columnId), eq(columns.turnId, turn.id)));
      if (!column) fields.columnId = `Choose one of the ${settings.columnCount} columns.`;
      const problem = critiqueProblem(critique, settings.critiqueMaxWords);
      if (problem) fields.critique = problem;
      const first = Object.values(fields)[0];
      if (!column || first) throw new RequestError("INVALID_INPUT", first ?? "Choose a column.", fields);

      const now = ctx.now();
      const [slate] = await tx
        .select({ shownAtMs: slates.shownAtMs })
        .from(slates)
        .where(eq(slates.turnId, turn.id));
      const time = await workTimeOfTurn(ctx, tx, args.assignmentId, turn.turnIndex);
      await tx.insert(choices).values({
        turnId: turn.id,
        trajectoryId: trajectory.id,
        columnId: column.id,
        critique,
        critiqueSentToAgent: args.turnNumber < settings.horizon ? critique : "",
        chosenAtMs: now,
        activeMs: time?.activeMs ?? null,
        idleMs: time?.idleMs ?? null,
        waitingMs: Math.max(0, (slate?.shownAtMs ?? turn.readyAtMs ?? now) - turn.requestedAtMs),
      });
      // A browser without scripts never says when the slate was on screen.
      await tx
        .update(slates)
        .set({ shownAtMs: turn.readyAtMs ?? now })
        .where(and(eq(slates.turnId, turn.id), isNull(slates.shownAtMs)));
      await tx
        .update(turns)
        .set({ status })
        .where(and(eq(turns.id, turn.id), eq(turns.status, turn.status)));
      await sessionEvent(ctx, tx, session, {
        type: "column.chosen",
        turnId: turn.id,
        data: { turnIndex: turn.turnIndex, columnId: column.id, hasCritique: critique !== "" },
      });

      const phase = nextPhase(
        trajectory.phase,
        { type: "choose", turnNumber: args.turnNumber, horizon: settings.horizon },
        settings.optionalPhases,
      );
      if (phase === null) throw new RequestError("WRONG_PHASE", "The turns of this task are complete.");
      if (phase !== trajectory.phase) {
        await tx.update(trajectories).set({ phase }).where(eq(trajectories.id, trajectory.id));
        await sessionEvent(ctx, tx, session, { type: "interaction.completed" });
        return { phase, nextTurnNumber: null };
      }
      await requestTurn(ctx, tx, trajectory, settings, turn.turnIndex + 1);
      return { phase, nextTurnNumber: args.turnNumber + 1 };
    },
  );
  if (result.nextTurnNumber !== null) ctx.wakeWorker();
  return result;
}
