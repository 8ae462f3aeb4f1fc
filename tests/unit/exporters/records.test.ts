import { describe, expect, it } from "vitest";
import { assertComplete, countsOf } from "../../../exporters/invariants.ts";
import { base32, createPseudonyms, newReleaseKey } from "../../../exporters/pseudonyms.ts";
import { toRecord } from "../../../exporters/records.ts";
import type { SourceTrajectory } from "../../../exporters/source.ts";
import {
  allTables,
  columnsTable,
  imagesTable,
  trajectoriesTable,
  turnsTable,
} from "../../../exporters/tables/index.ts";
import {
  type Cell,
  type Column,
  rowsOf as rowsOfTable,
  type Table,
  toObject,
} from "../../../exporters/tables/table.ts";
import { completeTrajectory } from "./sample.ts";

const KEY = new Uint8Array(32).fill(7);
const pseudonym = createPseudonyms(KEY);
const record = (trajectory: SourceTrajectory, profile: "internal" | "public" = "internal") =>
  toRecord(trajectory, profile, pseudonym);

function rowsOf<Row>(
  table: Table<Row>,
  trajectory: SourceTrajectory,
  profile: "internal" | "public" = "internal",
) {
  return rowsOfTable(table, record(trajectory, profile)).map((row) => toObject(table.columns, row));
}

describe("pseudonyms", () => {
  it("are prefixed, 26 characters of base32, equal for equal ids and different otherwise", () => {
    expect(pseudonym("rater", "rtr_1")).toMatch(/^r_[a-z2-7]{26}$/);
    expect(pseudonym("rater", "rtr_1")).toBe(createPseudonyms(KEY)("rater", "rtr_1"));
    const names = Array.from({ length: 5000 }, (_, i) => pseudonym("image", `img_${i}`));
    expect(new Set(names).size).toBe(5000);
  });

  it("of two releases have nothing in common", () => {
    const other = createPseudonyms(newReleaseKey());
    expect(other("rater", "rtr_1")).not.toBe(pseudonym("rater", "rtr_1"));
  });

  it("use the alphabet of RFC 4648 in lower case", () => {
    // Test vectors of RFC 4648, section 10.
    expect(base32(Buffer.from("foobar"))).toBe("mzxw6ytboi");
    expect(base32(Buffer.from("fooba"))).toBe("mzxw6ytb");
    expect(base32(new Uint8Array())).toBe("");
  });

  it("leave no id of the database in any table", () => {
    const trajectory = completeTrajectory("trj_secret");
    const text = JSON.stringify(allTables().map(({ table }) => rowsOf(table, trajectory)));
    for (const id of ["trj_secret", "rtr_1", "std_1", "arm_1"]) expect(text).not.toContain(id);
  });
});

describe("times", () => {
  it("are exact to the millisecond in the internal profile", () => {
    expect(rowsOf(trajectoriesTable, completeTrajectory())[0]).toMatchObject({
      started_at: "2026-03-04T23:59:30.125Z",
      completed_at: "2026-03-05T00:09:30.125Z",
      completed_elapsed_ms: 600_000,
    });
  });

  it("are a day and durations in the public profile", () => {
    const [row] = rowsOf(trajectoriesTable, completeTrajectory(), "public");
    expect(row).toMatchObject({
      started_at: "2026-03-04",
      completed_at: "2026-03-05",
      completed_elapsed_ms: 600_000,
    });
    expect(rowsOf(turnsTable, completeTrajectory(), "public")[1]).toMatchObject({
      slate_shown_at: "2026-03-05",
      slate_shown_elapsed_ms: 70_000,
      chosen_elapsed_ms: 90_000,
    });
    expect(JSON.stringify(row)).not.toMatch(/\d\d:\d\d/);
  });
});

describe("the tables", () => {
  it("hold the paper's counts for a complete trajectory: 5 choices, 20 columns, 80 images, 39 answers", () => {
    const trajectory = completeTrajectory();
    expect(countsOf(record(trajectory))).toEqual({
      turns: 5,
      choices: 5,
      columns: 20,
      images: 80,
      answers: 39,
      inTurnPairs: 30,
      crossTurnPairs: 4,
    });
    expect(rowsOf(turnsTable, trajectory)).toHaveLength(5);
    expect(rowsOf(columnsTable, trajectory)).toHaveLength(20);
    expect(rowsOf(imagesTable, trajectory)).toHaveLength(80);
  });

  it("tell chosen from confirmed, and whether the rater changed their mind", () => {
    const trajectory = completeTrajectory();
    const turns = rowsOf(turnsTable, trajectory);
    expect(turns.map((t) => t.choice_changed)).toEqual([false, false, true, false, false]);
    expect(turns[2]).toMatchObject({ chosen_column_index: 1, confirmed_column_index: 3, critique: "" });
    const third = rowsOf(columnsTable, trajectory).filter((c) => c.turn_index === 2);
    expect(third.map((c) => c.was_chosen)).toEqual([false, true, false, false]);
    expect(third.map((c) => c.was_confirmed)).toEqual([false, false, false, true]);
  });

  it("replace lone surrogates, which are no UTF-8", () => {
    const trajectory = completeTrajectory();
    trajectory.initialPrompt = "broken \ud83d emoji";
    expect(rowsOf(trajectoriesTable, trajectory)[0]?.initial_prompt).toBe("broken \ufffd emoji");
  });

  it("keep to their own types: never null where a column is required, integers where it says int", () => {
    const abandoned: SourceTrajectory = {
      ...completeTrajectory(),
      status: "active",
      completedAtMs: null,
      armId: null,
      armProbability: null,
    };
    abandoned.turns = abandoned.turns.slice(0, 2).map((turn) => ({
      ...turn,
      shownAtMs: null,
      choice: null,
      evaluation: null,
      columns: turn.columns.map((column) => ({ ...column, satisfaction: null })),
    }));
    for (const trajectory of [
      completeTrajectory(),
      abandoned,
      { ...abandoned, turns: [], initialPrompt: "" },
    ]) {
      for (const { table } of allTables()) {
        for (const row of rowsOf(table as Table<unknown>, trajectory))
          assertTyped(table.columns as readonly Column<unknown>[], row);
      }
    }
  });

  it("name each column once", () => {
    for (const { table } of allTables()) {
      const names = table.columns.map((column) => column.name);
      expect(new Set(names).size).toBe(names.length);
      for (const key of table.primaryKey) expect(names).toContain(key);
    }
  });
});

function assertTyped(columns: readonly Column<unknown>[], row: { [name: string]: Cell }): void {
  expect(Object.keys(row)).toEqual(columns.map((column) => column.name));
  for (const column of columns) {
    const value = row[column.name];
    if (value === null) expect(column, column.name).toMatchObject({ nullable: true });
    else if (column.type === "list")
      for (const item of value as { [name: string]: Cell }[])
        assertTyped(column.items as readonly Column<unknown>[], item);
    else if (column.type === "texts") expect(value).toBeInstanceOf(Array);
    else if (column.type === "id") expect(value, column.name).toMatch(/^[\w.-]*$/);
    else if (column.type === "int" || column.type === "long")
      expect(value, column.name).toSatisfy(Number.isSafeInteger);
    else expect(typeof value, column.name).toBe(column.type);
  }
}

describe("the invariant of a complete trajectory", () => {
  const check = (trajectory: SourceTrajectory) => () => assertComplete(trajectory, record(trajectory));

  it("holds for the paper's sizes and for others", () => {
    expect(check(completeTrajectory())).not.toThrow();
    expect(
      check(completeTrajectory("trj_2", { horizon: 2, columnCount: 3, imagesPerColumn: 1 })),
    ).not.toThrow();
  });

  const breaches: [string, (t: SourceTrajectory) => void, string][] = [
    ["a missing turn", (t) => t.turns.pop(), "4 turns instead of 5"],
    ["a missing column", (t) => t.turns[1]?.columns.pop(), "turn 2 has 3 columns instead of 4"],
    [
      "a missing image",
      (t) => t.turns[4]?.columns[0]?.images.pop(),
      "turn 5 has 3 images in column 0 instead of 4",
    ],
    ["a missing choice", (t) => Object.assign(t.turns[0] ?? {}, { choice: null }), "turn 1 has no choice"],
    [
      "a missing evaluation",
      (t) => Object.assign(t.turns[3] ?? {}, { evaluation: null }),
      "turn 4 lacks the confirmed column",
    ],
    [
      "a missing satisfaction",
      (t) => Object.assign(t.turns[2]?.columns[3] ?? {}, { satisfaction: null }),
      "turn 3 lacks the satisfaction with column 3",
    ],
    [
      "an empty rationale",
      (t) => Object.assign(t.turns[2]?.evaluation ?? {}, { rationale: "" }),
      "turn 3 lacks the rationale",
    ],
    [
      "a missing comparison",
      (t) => Object.assign(t.turns[2]?.evaluation ?? {}, { vsPrevious: null }),
      "turn 3 lacks the comparison",
    ],
    [
      "a comparison in turn 1",
      (t) => Object.assign(t.turns[0]?.evaluation ?? {}, { vsPrevious: "same" }),
      "turn 1 compares",
    ],
    ["no completion time", (t) => Object.assign(t, { completedAtMs: null }), "no completion time"],
  ];
  it.each(breaches)("fails by name on %s", (_, bend, message) => {
    const trajectory = completeTrajectory("trj_bent");
    bend(trajectory);
    expect(check(trajectory)).toThrow(message);
    expect(check(trajectory)).toThrow("trj_bent");
  });

  it("does not apply to what was abandoned", () => {
    const trajectory: SourceTrajectory = { ...completeTrajectory(), status: "expired", completedAtMs: null };
    trajectory.turns = trajectory.turns.slice(0, 2);
    expect(check(trajectory)).not.toThrow();
  });

  it("refuses an answer that names a column of another turn", () => {
    const trajectory = completeTrajectory("trj_bent");
    Object.assign(trajectory.turns[1]?.choice ?? {}, { columnId: "trj_bent_t0_c0" });
    expect(() => record(trajectory)).toThrow("Trajectory trj_bent, turn 2");
  });
});
