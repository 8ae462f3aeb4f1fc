import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { expect, it } from "vitest";
import { writeBundle } from "../../../exporters/index.ts";
import type { SourceTrajectory } from "../../../exporters/source.ts";
import { makeTempDir } from "../../support/temp.ts";
import { arraySource, completeTrajectory } from "./sample.ts";

const bytesOf = (name: string) => Buffer.from(`not really a picture: ${name}`.repeat(40));

function withImages(id: string): { trajectory: SourceTrajectory; store: Map<string, Buffer> } {
  const trajectory = completeTrajectory(id, { horizon: 2, columnCount: 4, imagesPerColumn: 2 });
  const store = new Map<string, Buffer>();
  for (const column of trajectory.turns.flatMap((turn) => turn.columns)) {
    for (const image of column.images) {
      const bytes = bytesOf(image.id);
      image.sha256 = createHash("sha256").update(bytes).digest("hex");
      image.byteSize = bytes.byteLength;
      store.set(image.sha256, bytes);
    }
  }
  return { trajectory, store };
}

async function exportShards(outDir: string, shardBytes: number, damaged = false) {
  const made = ["trj_a", "trj_b"].map(withImages);
  const store = new Map(made.flatMap(({ store }) => [...store]));
  const read = async (sha256: string) =>
    Readable.from([damaged ? Buffer.from("damaged") : (store.get(sha256) as Buffer)]);
  return writeBundle(arraySource(made.map(({ trajectory }) => trajectory)), {
    studyId: "std_1",
    profile: "internal",
    include: "all",
    images: { objects: { read }, layout: "shards", shardBytes },
    releaseKey: new Uint8Array(32).fill(1),
    splits: null,
    startedBeforeMs: Number.MAX_SAFE_INTEGER,
    builtAtMs: 0,
    softwareVersion: "0.0.0",
    outDir,
  });
}

it("image shards are tar archives with an image and its facts side by side, named in the table of images", async () => {
  const outDir = join(makeTempDir("shards"), "out");
  const { files } = await exportShards(outDir, 20_000);
  const shards = files.filter((file) => file.name.endsWith(".tar"));
  expect(shards.length).toBeGreaterThan(2);
  expect(shards.map((file) => file.name).slice(0, 2)).toEqual(["images-00000.tar", "images-00001.tar"]);
  for (const shard of shards) expect(shard.byteSize).toBeLessThanOrEqual(20_000 + 1024);
  execFileSync("sha256sum", ["-c", "--quiet", "SHA256SUMS"], { cwd: outDir });

  const [header = "", ...lines] = readFileSync(join(outDir, "images.csv"), "utf8").trimEnd().split("\r\n");
  const names = header.split(",");
  expect(lines).toHaveLength(32);
  const target = makeTempDir("untarred");
  for (const { name } of shards) execFileSync("tar", ["-xf", join(outDir, name), "-C", target]);
  expect(readdirSync(target)).toHaveLength(64);
  for (const line of lines) {
    const cells = line.split(",");
    const cell = (name: string) => cells[names.indexOf(name)] as string;
    const listing = execFileSync("tar", ["-tf", join(outDir, cell("shard"))], { encoding: "utf8" }).split(
      "\n",
    );
    expect(listing).toContain(cell("file_name"));
    const bytes = readFileSync(join(target, cell("file_name")));
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(cell("sha256"));
    const facts = JSON.parse(readFileSync(join(target, `${cell("image_id")}.json`), "utf8")) as object;
    expect(facts).toMatchObject({ column_id: cell("column_id"), sha256: cell("sha256") });
  }
});

it("image shards have the same bytes when they are made again", async () => {
  const [one, two] = [join(makeTempDir("shards"), "out"), join(makeTempDir("shards"), "out")];
  await exportShards(one, 20_000);
  await exportShards(two, 20_000);
  expect(readFileSync(join(two, "SHA256SUMS"), "utf8")).toBe(readFileSync(join(one, "SHA256SUMS"), "utf8"));
});

it("a damaged image fails the whole export and leaves nothing behind", async () => {
  const parent = makeTempDir("shards");
  await expect(exportShards(join(parent, "out"), 20_000, true)).rejects.toThrow("damaged");
  expect(readdirSync(parent)).toEqual([]);
});
