import { asc, eq, inArray } from "drizzle-orm";
import { type MissingAnswer, missingAnswers, type TurnAnswers } from "../../domain/evaluation.ts";
import type { ShownColumn } from "../../domain/rater-views.ts";
import type { LoadedSession } from "../assignment/load-session.ts";
import type { AnyReader, ServiceContext } from "../context.ts";
import { shownColumns } from "../trajectory/shown-columns.ts";

/** One turn of the evaluation: what was shown and chosen, what is answered and what is missing. */
export interface EvaluatedTurn {
  turnId: string;
  turnIndex: number;
  columns: ShownColumn[];
  chosenColumnId: string;
  critique: string;
  answers: TurnAnswers;
  missing: MissingAnswer[];
}

/** All finished turns of a session with their answers so far, oldest first. */
export async function loadEvaluation(
  ctx: ServiceContext,
  reader: AnyReader,
  { trajectory, settings }: LoadedSession,
): Promise<EvaluatedTurn[]> {
  const { turns, choices, turnEvaluations, columnSatisfactions } = ctx.store.t;
  const rows = await reader
    .select({ turn: turns, choice: choices, evaluation: turnEvaluations })
    .from(turns)
    .innerJoin(choices, eq(choices.turnId, turns.id))
    .leftJoin(turnEvaluations, eq(turnEvaluations.turnId, turns.id))
    .where(eq(turns.trajectoryId, trajectory.id))
    .orderBy(asc(turns.turnIndex));
  const turnIds = rows.map((r) => r.turn.id);
  const slates = await shownColumns(ctx, reader, trajectory.raterId, turnIds);
  const scores =
    turnIds.length === 0
      ? []
      : await reader.select().from(columnSatisfactions).where(inArray(columnSatisfactions.turnId, turnIds));
  const scoreOf = new Map(scores.map((s) => [s.columnId, s.satisfaction]));
  return rows.map(({ turn, choice, evaluation }) => {
    const columns = slates.get(turn.id) ?? [];
    const columnIds = columns.map((c) => c.columnId);
    const answers: TurnAnswers = {
      turnIndex: turn.turnIndex,
      confirmedColumnId: evaluation?.confirmedColumnId ?? null,
      columnSatisfactions: Object.fromEntries(columnIds.map((id) => [id, scoreOf.get(id) ?? null])),
      rationale: evaluation?.rationale ?? "",
      vsPrevious: evaluation?.vsPrevious ?? null,
      turnSatisfaction: evaluation?.turnSatisfaction ?? null,
    };
    return {
      turnId: turn.id,
      turnIndex: turn.turnIndex,
      columns,
      chosenColumnId: choice.columnId,
      critique: choice.critique,
      answers,
      missing: missingAnswers(answers, columnIds, settings.rationaleMinWords),
    };
  });
}
