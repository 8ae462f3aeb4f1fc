import { cpSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { writeBundle } from "../../../exporters/index.ts";
import type { SourceTrajectory } from "../../../exporters/source.ts";
import { makeTempDir } from "../../support/temp.ts";
import { arraySource, completeTrajectory, HOSTILE_TEXTS, STARTED_AT_MS, sampleRater } from "./sample.ts";

const GOLDEN = join(import.meta.dirname, "../../../fixtures/golden-bundle");
const SIZES = { horizon: 2, columnCount: 4, imagesPerColumn: 1 };

function small(id: string, startedAtMs: number): SourceTrajectory {
  const trajectory = completeTrajectory(id, SIZES);
  const shift = startedAtMs - STARTED_AT_MS;
  trajectory.startedAtMs += shift;
  trajectory.completedAtMs = (trajectory.completedAtMs ?? 0) + shift;
  for (const turn of trajectory.turns) {
    turn.candidates = turn.candidates.slice(0, 5);
    turn.shownAtMs = (turn.shownAtMs ?? 0) + shift;
    if (turn.choice) turn.choice.chosenAtMs += shift;
  }
  return trajectory;
}

/** A complete one with hostile texts, a simulated one, one without consent to texts and images, and one abandoned. */
function trajectories(): SourceTrajectory[] {
  const hostile = small("trj_hostile", STARTED_AT_MS);
  hostile.initialPrompt = HOSTILE_TEXTS.join("|");
  hostile.turns[0]?.columns.forEach((column, i) => {
    column.prompt = `${HOSTILE_TEXTS[i + 2]} \ud83d`;
    column.satisfaction = 3;
  });
  Object.assign(hostile.turns[1]?.evaluation ?? {}, { rationale: HOSTILE_TEXTS[12], vsPrevious: "worse" });
  const simulated = small("trj_simulated", STARTED_AT_MS + 1000);
  Object.assign(simulated, {
    source: "simulated",
    userType: 0,
    raterId: "rtr_2",
    rater: sampleRater("rtr_2"),
  });
  const partly = small("trj_partly", STARTED_AT_MS + 2000);
  const consent = { version: 2, scopes: ["research_internal", "demographics"] as const, withdrawn: false };
  const demographics = { age_band: "25-34", gender: "" };
  const rater = sampleRater("rtr_3", { pool: "a, b", consent, demographics });
  Object.assign(partly, { raterId: "rtr_3", rater, consentAsked: true });
  const abandoned = small("trj_abandoned", STARTED_AT_MS + 3000);
  Object.assign(abandoned, { status: "expired", completedAtMs: null, turns: abandoned.turns.slice(0, 1) });
  for (const turn of abandoned.turns) {
    turn.evaluation = null;
    for (const column of turn.columns) column.satisfaction = null;
  }
  return [hostile, simulated, partly, abandoned];
}

it("a bundle has, byte for byte, the files in fixtures/golden-bundle", async () => {
  const outDir = join(makeTempDir("golden"), "out");
  await writeBundle(arraySource(trajectories(), "Golden study"), {
    studyId: "std_1",
    profile: "internal",
    include: "all",
    images: null,
    releaseKey: new Uint8Array(32).fill(1),
    splits: { key: "golden", testUnseen: 0.4, testSeen: 0.5 },
    info: { licence: "CC-BY-4.0", creators: ["Golden team"] },
    startedBeforeMs: Number.MAX_SAFE_INTEGER,
    builtAtMs: Date.UTC(2026, 0, 2, 3, 4, 5),
    softwareVersion: "0.0.0",
    outDir,
  });
  if (process.env.UPDATE_GOLDEN === "1") {
    rmSync(GOLDEN, { recursive: true, force: true });
    cpSync(outDir, GOLDEN, { recursive: true });
  }
  expect(readdirSync(outDir).sort()).toEqual(readdirSync(GOLDEN).sort());
  for (const name of readdirSync(GOLDEN)) {
    const [made, golden] = [readFileSync(join(outDir, name)), readFileSync(join(GOLDEN, name))];
    // Text first: a difference in words says more than one in bytes.
    if (!name.endsWith(".parquet")) expect(made.toString("utf8"), name).toBe(golden.toString("utf8"));
    expect(made.equals(golden), `${name} differs; UPDATE_GOLDEN=1 makes a new golden bundle`).toBe(true);
  }
});
