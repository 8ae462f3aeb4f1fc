/**
 * What lists of trajectories are filtered and sorted by, on the trajectory's own row: `assignment_status`,
 * `chosen_turns` and `mean_satisfaction`. Triggers keep them, so that they are exact whoever writes. They are installed
 * after every migration, because a table that SQLite rebuilds loses its own.
 */
export const FACT_TRIGGERS = [
  "trajectories_facts_insert",
  "assignments_facts_update",
  "choices_facts_insert",
  "choices_facts_delete",
  "turn_evaluations_facts_insert",
  "turn_evaluations_facts_update",
  "turn_evaluations_facts_delete",
] as const;

const STATUS = (row: string) =>
  `assignment_status = (select a.status from assignments a where a.id = ${row}.assignment_id)`;
const TURNS = (id: string) => `chosen_turns = (select count(*) from choices c where c.trajectory_id = ${id})`;
const MEAN = (id: string) =>
  `mean_satisfaction = (select avg(e.turn_satisfaction) from turn_evaluations e where e.trajectory_id = ${id})`;

const RECOUNT = `update trajectories set ${STATUS("trajectories")}, ${TURNS("trajectories.id")}, ${MEAN("trajectories.id")}`;

/** Statements for SQLite: they make the triggers and set what is there. */
export function sqliteTrajectoryFacts(): string[] {
  const set = (facts: string, row: "new" | "old") =>
    `begin update trajectories set ${facts} where id = ${row}.trajectory_id; end`;
  const [onTrajectory, onStatus, onChoice, onUnchoice, onRating, onRated, onUnrated] = FACT_TRIGGERS;
  return [
    `create trigger ${onTrajectory} after insert on trajectories begin update trajectories set ${STATUS("new")} where id = new.id; end`,
    `create trigger ${onStatus} after update of status on assignments when new.status <> old.status begin update trajectories set assignment_status = new.status where assignment_id = new.id; end`,
    `create trigger ${onChoice} after insert on choices ${set(TURNS("new.trajectory_id"), "new")}`,
    `create trigger ${onUnchoice} after delete on choices ${set(TURNS("old.trajectory_id"), "old")}`,
    `create trigger ${onRating} after insert on turn_evaluations when new.turn_satisfaction is not null ${set(MEAN("new.trajectory_id"), "new")}`,
    `create trigger ${onRated} after update of turn_satisfaction on turn_evaluations when new.turn_satisfaction is not old.turn_satisfaction ${set(MEAN("new.trajectory_id"), "new")}`,
    `create trigger ${onUnrated} after delete on turn_evaluations when old.turn_satisfaction is not null ${set(MEAN("old.trajectory_id"), "old")}`,
    RECOUNT,
  ];
}

/** The same for PostgreSQL. */
export function postgresTrajectoryFacts(): string[] {
  const [onTrajectory, onStatus, onChoice, onUnchoice, onRating, onRated, onUnrated] = FACT_TRIGGERS;
  const routine = (name: string, body: string, result = "null") =>
    `create or replace function ${name}() returns trigger language plpgsql as $$ begin ${body} return ${result}; end $$`;
  const set = (facts: string, row: "new" | "old") =>
    `update trajectories set ${facts} where id = ${row}.trajectory_id;`;
  const trigger = (name: string, when: string) =>
    `create or replace trigger ${name} ${when} execute function ${name}()`;
  return [
    "lock table assignments, trajectories, choices, turn_evaluations in share row exclusive mode",
    routine(
      onTrajectory,
      "new.assignment_status := (select a.status from assignments a where a.id = new.assignment_id);",
      "new",
    ),
    routine(onStatus, "update trajectories set assignment_status = new.status where assignment_id = new.id;"),
    routine(onChoice, set(TURNS("new.trajectory_id"), "new")),
    routine(onUnchoice, set(TURNS("old.trajectory_id"), "old")),
    routine(onRating, set(MEAN("new.trajectory_id"), "new")),
    routine(onRated, set(MEAN("new.trajectory_id"), "new")),
    routine(onUnrated, set(MEAN("old.trajectory_id"), "old")),
    trigger(onTrajectory, "before insert on trajectories for each row"),
    trigger(onStatus, "after update of status on assignments for each row when (new.status <> old.status)"),
    trigger(onChoice, "after insert on choices for each row"),
    trigger(onUnchoice, "after delete on choices for each row"),
    trigger(
      onRating,
      "after insert on turn_evaluations for each row when (new.turn_satisfaction is not null)",
    ),
    trigger(
      onRated,
      "after update of turn_satisfaction on turn_evaluations for each row when (new.turn_satisfaction is distinct from old.turn_satisfaction)",
    ),
    trigger(
      onUnrated,
      "after delete on turn_evaluations for each row when (old.turn_satisfaction is not null)",
    ),
    RECOUNT,
  ];
}
