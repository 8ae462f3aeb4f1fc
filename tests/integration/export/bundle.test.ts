import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { beforeAll, expect, it } from "vitest";
import { datasetSource } from "../../../db/repositories/dataset.ts";
import { defaultSplits, writeBundle } from "../../../exporters/index.ts";
import { describeBothDatabases } from "../../support/context.ts";
import { makeTempDir } from "../../support/temp.ts";
import { HOSTILE, insertStudy, insertTrajectory, PLANS, STARTED_AT_MS, STUDY_ID } from "./fill-study.ts";

const MARK_MS = STARTED_AT_MS + 1_000_000;
/** SHA256SUMS of the first database, for the second to equal. */
let firstSums: string | null = null;

describeBothDatabases("the dataset bundle", (open) => {
  const outDir = join(makeTempDir("bundle"), "out");

  beforeAll(async () => {
    const { ctx } = open();
    await insertStudy(ctx.store);
    for (const plan of PLANS) await insertTrajectory(ctx.store, plan);
    const late = { id: "trj_late", status: "expired" as const, turns: [], evaluated: false };
    await insertTrajectory(ctx.store, { ...late, startedAtMs: MARK_MS });
    const { counts, excluded } = await exportTo(outDir);
    expect(counts).toMatchObject({ trajectories: 3, complete: 1, abandoned: 2, inProgress: 1, answers: 39 });
    expect(excluded).toMatchObject({ abandoned: 0, rejected: 0, withdrawn: 1, noConsent: 0 });
  });

  const exportTo = (folder: string) =>
    writeBundle(datasetSource(open().ctx.store), {
      studyId: STUDY_ID,
      profile: "internal",
      include: "all",
      images: null,
      releaseKey: new Uint8Array(32).fill(9),
      splits: defaultSplits(STUDY_ID),
      startedBeforeMs: MARK_MS,
      builtAtMs: MARK_MS,
      softwareVersion: "0.0.0",
      outDir: folder,
    });

  /** An independent reader's answer to a question about one file. */
  async function ask(sql: string): Promise<unknown[]> {
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    try {
      const reader = await connection.runAndReadAll(sql.replaceAll("$dir", outDir));
      return reader.getRowObjectsJson();
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  }

  /** DuckDB must tell null from "" and must not guess types from strings. */
  const csv = (name: string) =>
    `read_csv('$dir/${name}.csv', header = true, delim = ',', quote = '"', escape = '"', new_line = '\\r\\n', allow_quoted_nulls = false)`;

  it("passes sha256sum -c", () => {
    const output = execFileSync("sha256sum", ["-c", "SHA256SUMS"], { cwd: outDir, encoding: "utf8" });
    expect(output.trim().split("\n")).toHaveLength(28);
    expect(output).not.toContain("FAILED");
  });

  it("holds 5 choices, 20 columns, 80 images and 39 answers of the complete trajectory", async () => {
    const [row] = await ask(`
      with complete as (select * from read_json('$dir/trajectories.jsonl', format = 'newline_delimited') where status = 'complete'),
           t as (select * from ${csv("turns")} join complete using (trajectory_id)),
           c as (select * from ${csv("columns")} join complete using (trajectory_id)),
           i as (select * from ${csv("images")} join complete using (trajectory_id))
      select
        (select count(*) from complete)::int as trajectories,
        (select count(t.chosen_column_index) from t)::int as choices,
        (select count(*) from c)::int as columns,
        (select count(*) from i)::int as images,
        (select count(confirmed_column_index) + count(nullif(rationale, '')) + count(vs_previous) + count(turn_satisfaction) from t)::int
          + (select count(satisfaction) from c)::int as answers`);
    expect(row).toEqual({ trajectories: 1, choices: 5, columns: 20, images: 80, answers: 39 });
  });

  it("nests the same numbers in the JSONL", async () => {
    const rows = await ask(`
      select status, num_turns::int as turns, len(turns)::int as listed,
        list_sum([len(t.columns) for t in turns])::int as columns,
        list_sum([list_sum([len(c.images) for c in t.columns]) for t in turns])::int as images
      from read_json('$dir/trajectories.jsonl', format = 'newline_delimited')`);
    expect(rows).toEqual([
      // "trj_B" before "trj_a": by bytes, whatever the database's locale.
      { status: "abandoned", turns: 2, listed: 2, columns: 8, images: 32 },
      { status: "complete", turns: 5, listed: 5, columns: 20, images: 80 },
      { status: "abandoned", turns: 0, listed: 0, columns: null, images: null },
    ]);
  });

  it("joins: every key of one table is found in the other, and chosen columns are marked", async () => {
    const [row] = await ask(`
      select
        (select count(*) from ${csv("turns")} t anti join read_json('$dir/trajectories.jsonl') j using (trajectory_id))::int as lost_turns,
        (select count(*) from ${csv("columns")} anti join ${csv("turns")} using (turn_id))::int as lost_columns,
        (select count(*) from ${csv("images")} anti join ${csv("columns")} using (column_id))::int as lost_images,
        (select count(*) from ${csv("turns")} t join ${csv("columns")} c on c.column_id = t.chosen_column_id
          where c.was_chosen and c.column_index = t.chosen_column_index and c.turn_id = t.turn_id)::int as chosen,
        (select count(*) from ${csv("turns")} where choice_changed)::int as changed,
        (select count(distinct sha256) from ${csv("images")})::int as pictures`);
    expect(row).toEqual({
      lost_turns: 0,
      lost_columns: 0,
      lost_images: 0,
      chosen: 6,
      changed: 1,
      pictures: 112,
    });
  });

  it("keeps hostile text, and tells the empty string from null", async () => {
    const rows = await ask(`
      select turn_index::int as turn_index, critique, vs_previous, waiting_ms::int as waiting_ms, active_ms
      from ${csv("turns")} where rationale <> '' order by turn_index limit 2`);
    expect(rows).toEqual([
      { turn_index: 0, critique: HOSTILE, vs_previous: null, waiting_ms: 0, active_ms: null },
      { turn_index: 1, critique: "", vs_previous: "same", waiting_ms: 0, active_ms: null },
    ]);
  });

  it("sorts by trajectory, turn, column and image, however the rows were inserted", async () => {
    const [header = "", ...lines] = readFileSync(join(outDir, "images.csv"), "utf8").trimEnd().split("\r\n");
    const names = header.split(",");
    const trajectories = readFileSync(join(outDir, "trajectories.jsonl"), "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => (JSON.parse(line) as { trajectory_id: string }).trajectory_id);
    const keys = lines.map((line) => {
      const cells = line.split(",");
      const cell = (name: string) => cells[names.indexOf(name)] ?? "";
      const at = [
        trajectories.indexOf(cell("trajectory_id")),
        cell("turn_index"),
        cell("column_index"),
        cell("image_index"),
      ];
      return at.join(".");
    });
    expect(keys.slice(0, 5)).toEqual(["0.0.0.0", "0.0.0.1", "0.0.0.2", "0.0.0.3", "0.0.1.0"]);
    expect(keys).toEqual(keys.toSorted());
    expect(new Set(keys).size).toBe(112);
  });

  it("contains no id of the database", () => {
    for (const name of readdirSync(outDir)) {
      expect(readFileSync(join(outDir, name), "utf8"), name).not.toMatch(
        /\b(trj_[aBcd]|rtr_1|std_1|arm_0|CODE)\b/,
      );
    }
  });

  it("has the same bytes when it is made again, and on the other database", async () => {
    const again = join(makeTempDir("bundle"), "again");
    await exportTo(again);
    const sums = readFileSync(join(outDir, "SHA256SUMS"), "utf8");
    expect(readFileSync(join(again, "SHA256SUMS"), "utf8")).toBe(sums);
    firstSums ??= sums;
    expect(sums).toBe(firstSums);
  });
});
