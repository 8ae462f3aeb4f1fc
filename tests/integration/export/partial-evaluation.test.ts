import { readFileSync } from "node:fs";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import Papa from "papaparse";
import { expect, it } from "vitest";
import { datasetSource } from "../../../db/repositories/dataset.ts";
import { defaultSplits, writeBundle } from "../../../exporters/index.ts";
import { describeBothDatabases } from "../../support/context.ts";
import { makeTempDir } from "../../support/temp.ts";
import { HOSTILE, insertStudy, insertTrajectory, STARTED_AT_MS, STUDY_ID } from "./fill-study.ts";

describeBothDatabases("an evaluation given up halfway", (open) => {
  it("keeps the answers to questions 3 to 5 where question 1 was skipped", async () => {
    const { store } = open().ctx;
    await insertStudy(store);
    await insertTrajectory(store, {
      id: "trj_partial",
      status: "expired",
      startedAtMs: STARTED_AT_MS,
      turns: ["chosen", "chosen", "chosen"],
      evaluated: true,
    });
    await store.tx(async (tx) => {
      const { turnEvaluations } = store.t;
      await tx
        .update(turnEvaluations)
        .set({ confirmedColumnId: null })
        .where(eq(turnEvaluations.turnId, "trj_partial_1"));
      await tx.delete(turnEvaluations).where(eq(turnEvaluations.turnId, "trj_partial_2"));
    });
    const outDir = join(makeTempDir("partial"), "out");
    await writeBundle(datasetSource(store), {
      studyId: STUDY_ID,
      profile: "internal",
      include: "all",
      images: null,
      releaseKey: new Uint8Array(32).fill(9),
      splits: defaultSplits(STUDY_ID),
      startedBeforeMs: STARTED_AT_MS + 1,
      builtAtMs: STARTED_AT_MS,
      softwareVersion: "0.0.0",
      outDir,
    });
    const { data } = Papa.parse<Record<string, string>>(readFileSync(join(outDir, "turns.csv"), "utf8"), {
      header: true,
      skipEmptyLines: true,
    });
    const answers = data.map((row) => [
      row.confirmed_column_index,
      row.rationale,
      row.vs_previous,
      row.turn_satisfaction,
    ]);
    expect(answers).toEqual([
      ["1", HOSTILE, "", "3"],
      ["", HOSTILE, "same", "3"],
      ["", "", "", ""],
    ]);
  });
});
