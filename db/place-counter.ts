/**
 * `studies.places_held`: how many assignments hold a place. Triggers keep it, so that it is exact whoever writes, and a
 * claim need not count. They are installed after every migration, because a table that SQLite rebuilds loses its own.
 */
import { PLACE_HOLDING_STATUSES } from "../app/domain/assignment.ts";

const STATUSES = PLACE_HOLDING_STATUSES.map((s) => `'${s}'`).join(", ");

/** Whether a row holds a place, as SQL; `row` is an alias. */
const holds = (row: string, yes: string) =>
  `(${row}.status in (${STATUSES}) or (${row}.status = 'rejected' and ${row}.keeps_place = ${yes}))`;

const RECOUNT = (yes: string) =>
  `update studies set places_held = (select count(*) from assignments a where a.study_id = studies.id and ${holds("a", yes)})`;

export const PLACE_TRIGGERS = [
  "assignments_place_insert",
  "assignments_place_update",
  "assignments_place_delete",
] as const;

/** Statements for SQLite: they make the triggers and count what is there. */
export function sqlitePlaceCounter(): string[] {
  const [onInsert, onUpdate, onDelete] = PLACE_TRIGGERS;
  const add = (change: string, row: string) =>
    `update studies set places_held = places_held ${change} where id = ${row}.study_id;`;
  return [
    `create trigger ${onInsert} after insert on assignments when ${holds("new", "1")} begin ${add("+ 1", "new")} end`,
    `create trigger ${onUpdate} after update of status, keeps_place on assignments when ${holds("new", "1")} <> ${holds("old", "1")} begin ${add(`+ (case when ${holds("new", "1")} then 1 else -1 end)`, "new")} end`,
    `create trigger ${onDelete} after delete on assignments when ${holds("old", "1")} begin ${add("- 1", "old")} end`,
    RECOUNT("1"),
  ];
}

/** The same for PostgreSQL. Inserts are counted per statement: thousands of rows are one update of the study. */
export function postgresPlaceCounter(): string[] {
  const [onInsert, onUpdate, onDelete] = PLACE_TRIGGERS;
  const routine = (name: string, body: string) =>
    `create or replace function ${name}() returns trigger language plpgsql as $$ begin ${body} return null; end $$`;
  return [
    "lock table assignments in share row exclusive mode",
    routine(
      onInsert,
      `update studies s set places_held = s.places_held + d.n from (select r.study_id, count(*)::int n from inserted r where ${holds("r", "true")} group by r.study_id) d where s.id = d.study_id;`,
    ),
    routine(
      onUpdate,
      `update studies set places_held = places_held + (case when ${holds("new", "true")} then 1 else -1 end) where id = new.study_id;`,
    ),
    routine(onDelete, "update studies set places_held = places_held - 1 where id = old.study_id;"),
    `create or replace trigger ${onInsert} after insert on assignments referencing new table as inserted for each statement execute function ${onInsert}()`,
    `create or replace trigger ${onUpdate} after update of status, keeps_place on assignments for each row when (${holds("new", "true")} <> ${holds("old", "true")}) execute function ${onUpdate}()`,
    `create or replace trigger ${onDelete} after delete on assignments for each row when (${holds("old", "true")}) execute function ${onDelete}()`,
    RECOUNT("true"),
  ];
}
