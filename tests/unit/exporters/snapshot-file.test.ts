import { mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openSnapshotFile, takeSnapshot } from "../../../exporters/index.ts";
import { readTrajectoryPages } from "../../../exporters/read-trajectories.ts";
import type { DatasetSource, SourceTrajectory } from "../../../exporters/source.ts";
import { makeTempDir } from "../../support/temp.ts";
import { arraySource, completeTrajectory } from "./sample.ts";

const query = { studyId: "std_1", startedBeforeMs: 1_000 };
const trajectories = Array.from({ length: 65 }, (_, i) => ({
  ...completeTrajectory(),
  id: `trj_${i}`,
  initialPrompt: `prompt ${i} \u2028 "quoted" \ud800 \u0000`,
}));

function source(): DatasetSource {
  return {
    ...arraySource(trajectories),
    async findDecisions(ids) {
      return new Map(ids.map((id) => [`${id}//initial_prompt`, { decision: "kept", replacement: null }]));
    },
  };
}

async function all(from: DatasetSource): Promise<SourceTrajectory[]> {
  const out: SourceTrajectory[] = [];
  for await (const page of readTrajectoryPages(from, query)) out.push(...page);
  return out;
}

it("gives back every trajectory as it was, and each page's decisions although the next page is read ahead", async () => {
  const path = join(makeTempDir("snapshot"), "snapshot");
  const progress: number[] = [];
  await takeSnapshot(source(), query, {
    path,
    takenAtMs: 5,
    attempt: 1,
    onProgress: ({ done }) => progress.push(done),
  });
  expect(progress).toEqual([20, 40, 60, 65]);
  const snapshot = await openSnapshotFile(path);
  if (!snapshot) throw new Error("no snapshot");
  expect(snapshot.takenAtMs).toBe(5);
  const seen: SourceTrajectory[] = [];
  for await (const page of readTrajectoryPages(snapshot.source, query)) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    const ids = page.map((one) => one.id);
    const decided = await snapshot.source.findDecisions?.(ids, 0);
    expect([...(decided?.keys() ?? [])]).toEqual(ids.map((id) => `${id}//initial_prompt`));
    seen.push(...page);
  }
  await snapshot.close();
  expect(seen).toEqual(await all(arraySource(trajectories)));
});

it("has no name before it is whole, and what was first stays", async () => {
  const folder = makeTempDir("snapshot");
  const path = join(folder, "snapshot");
  const broken: DatasetSource = {
    ...source(),
    async listTrajectories() {
      throw new Error("the database went away");
    },
  };
  await expect(takeSnapshot(broken, query, { path, takenAtMs: 1, attempt: 1 })).rejects.toThrow("went away");
  expect(readdirSync(folder)).toEqual([]);
  expect(await openSnapshotFile(path)).toBeNull();
  await takeSnapshot(source(), query, { path, takenAtMs: 1, attempt: 2 });
  const first = readFileSync(path);
  await takeSnapshot(source(), query, { path, takenAtMs: 2, attempt: 3 });
  expect(readFileSync(path).equals(first)).toBe(true);
  expect(readdirSync(folder)).toEqual(["snapshot"]);
});

it("does not take a file that ends in the middle for a short study", async () => {
  const folder = join(makeTempDir("snapshot"), "a");
  mkdirSync(folder);
  const path = join(folder, "snapshot");
  await takeSnapshot(source(), query, { path, takenAtMs: 1, attempt: 1 });
  const { byteLength } = readFileSync(path);
  truncateSync(path, byteLength - 4 - JSON.stringify({ trajectories: [], decisions: [] }).length);
  const short = await openSnapshotFile(path);
  await expect(all(short?.source as DatasetSource)).rejects.toThrow("last page");
  await short?.close();
  truncateSync(path, byteLength - 100);
  const cut = await openSnapshotFile(path);
  if (!cut) throw new Error("no snapshot");
  await expect(all(cut.source)).rejects.toThrow("middle");
  await cut.close();
  writeFileSync(path, "");
  await expect(openSnapshotFile(path)).rejects.toThrow("head");
});
