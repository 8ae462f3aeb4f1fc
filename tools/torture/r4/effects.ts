import { withDatabase } from "../database.ts";
import type { Effects } from "./history.ts";

/** Counts what the submits left, by plain SQL. */
export function readEffects(url: string): Promise<Effects> {
  return withDatabase(url, async (query) => {
    const turns = await query<Effects["turns"][number]>(
      `select t.id as "turnId", a.id as "assignmentId",
         (select count(*) from choices c where c.turn_id = t.id) as choices,
         (select c.column_id from choices c where c.turn_id = t.id) as "columnId",
         (select c.critique from choices c where c.turn_id = t.id) as critique,
         (select count(*) from events e where e.trajectory_id = t.trajectory_id and e.turn_id = t.id
           and e.type = 'column.chosen') as "chosenEvents",
         (select count(*) from turns n where n.trajectory_id = t.trajectory_id and n.turn_index = 1) as "nextTurns",
         (select count(*) from generation_steps s join turns n on n.id = s.turn_id
           where n.trajectory_id = t.trajectory_id and n.turn_index = 1) as "nextSteps"
       from turns t join trajectories j on j.id = t.trajectory_id join assignments a on a.id = j.assignment_id
       where t.turn_index = 0`,
    );
    const assignments = await query<Effects["assignments"][number]>(
      `select a.id as "assignmentId", a.status, j.initial_prompt as "initialPrompt",
         (select count(*) from events e where e.assignment_id = a.id and e.type = 'assignment.returned') as "returnedEvents",
         (select count(*) from events e where e.assignment_id = a.id and e.type = 'assignment.started') as "startedEvents",
         (select count(*) from events e where e.assignment_id = a.id and e.type = 'prompt.submitted') as "promptEvents",
         (select count(*) from allocation_entries l where l.trajectory_id = j.id) as entries
       from assignments a join trajectories j on j.assignment_id = a.id`,
    );
    const double = await query<{ n: number }>(
      `select count(*) as n from (select rater_id from assignments where status in ('offered', 'active', 'paused')
         group by study_id, rater_id having count(*) > 1) d`,
    );
    return {
      turns: turns.map((t) => ({
        ...t,
        choices: Number(t.choices),
        chosenEvents: Number(t.chosenEvents),
        nextTurns: Number(t.nextTurns),
        nextSteps: Number(t.nextSteps),
      })),
      assignments: assignments.map((a) => ({
        ...a,
        returnedEvents: Number(a.returnedEvents),
        startedEvents: Number(a.startedEvents),
        promptEvents: Number(a.promptEvents),
        entries: Number(a.entries),
      })),
      ratersWithTwoLive: Number(double[0]?.n ?? 0),
    };
  });
}
