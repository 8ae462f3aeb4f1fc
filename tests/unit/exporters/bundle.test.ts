import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { NO_FILTERS } from "../../../app/domain/export-options.ts";
import { type BundleOptions, writeBundle } from "../../../exporters/index.ts";
import { makeTempDir } from "../../support/temp.ts";
import { arraySource, completeTrajectory } from "./sample.ts";

function optionsFor(outDir: string, overrides: Partial<BundleOptions> = {}): BundleOptions {
  return {
    studyId: "std_1",
    profile: "internal",
    include: "all",
    images: null,
    releaseKey: new Uint8Array(32).fill(1),
    splits: null,
    startedBeforeMs: Number.MAX_SAFE_INTEGER,
    builtAtMs: Date.UTC(2026, 5, 1),
    softwareVersion: "0.0.0",
    outDir,
    ...overrides,
  };
}

const DOCUMENTS = [
  "dataset-metadata.json",
  "README.md",
  "DATASHEET.md",
  "LICENSE",
  "CHANGELOG.md",
  "croissant.json",
  "datapackage.json",
  "trajectories.schema.json",
  "manifest.json",
  "SHA256SUMS",
];

const many = (n: number) =>
  Array.from({ length: n }, (_, i) => completeTrajectory(`trj_${String(i).padStart(4, "0")}`));
const lines = (path: string, newline: string) => readFileSync(path, "utf8").split(newline).length - 1;

describe("a bundle", () => {
  it("reads page after page, counts what it wrote, and passes sha256sum -c", async () => {
    const outDir = join(makeTempDir("bundle"), "out");
    const { files, counts } = await writeBundle(arraySource(many(123)), optionsFor(outDir));
    expect(files.map((f) => [f.name, f.rows])).toEqual([
      ["trajectories.jsonl", 123],
      ["trajectories.parquet", 123],
      ["turns.csv", 615],
      ["turns.parquet", 615],
      ["columns.csv", 2460],
      ["columns.parquet", 2460],
      ["images.csv", 9840],
      ["images.parquet", 9840],
      ["candidates.csv", 15_375],
      ["candidates.parquet", 15_375],
      ["raters.csv", 1],
      ["raters.parquet", 1],
      ["preferences.csv", 123 * 34],
      ["preferences.parquet", 123 * 34],
      ["choices.csv", 615],
      ["choices.parquet", 615],
      ["steps.parquet", 123 * 6],
      ["preferences_trl.jsonl", 123 * 30],
      ["prompts_trl.jsonl", 123],
      ...DOCUMENTS.map((name) => [name, null]),
    ]);
    expect(counts).toMatchObject({
      trajectories: 123,
      complete: 123,
      abandoned: 0,
      choices: 615,
      answers: 123 * 39,
      inTurnPairs: 123 * 30,
      crossTurnPairs: 123 * 4,
    });
    expect(readdirSync(outDir).sort()).toEqual(files.map((f) => f.name).sort());
    expect(lines(join(outDir, "trajectories.jsonl"), "\n")).toBe(123);
    expect(lines(join(outDir, "images.csv"), "\r\n")).toBe(9841);
    expect(execFileSync("sha256sum", ["-c", "SHA256SUMS"], { cwd: outDir, encoding: "utf8" })).not.toContain(
      "FAILED",
    );
    for (const file of files) expect(readFileSync(join(outDir, file.name)).byteLength).toBe(file.byteSize);
  });

  it("says nothing of the study's own id or the release key, and the build time in metadata only", async () => {
    const outDir = join(makeTempDir("bundle"), "out");
    const { files } = await writeBundle(arraySource(many(2)), optionsFor(outDir));
    for (const { name } of files) {
      const text = readFileSync(join(outDir, name), "utf8");
      expect(text).not.toContain("std_1");
      expect(text).not.toContain("AQEBAQ");
      if (!DOCUMENTS.includes(name)) expect(text, name).not.toContain("2026-06-01");
    }
    const manifest = JSON.parse(readFileSync(join(outDir, "manifest.json"), "utf8")) as Record<
      string,
      unknown
    >;
    expect(manifest).toMatchObject({
      schema_version: "turnwise-seq/1.0",
      built_at: "2026-06-01T00:00:00.000Z",
    });
  });

  it("leaves out withdrawn and rejected work always, abandoned work on request, and counts what it left out", async () => {
    const statuses = ["submitted", "approved", "active", "expired", "rejected", "withdrawn"] as const;
    const trajectories = statuses.map((status) => ({
      ...completeTrajectory(`trj_${status}`),
      status,
      completedAtMs: status === "active" || status === "expired" ? null : 1e12,
    }));
    const all = await writeBundle(arraySource(trajectories), optionsFor(join(makeTempDir("bundle"), "out")));
    expect(all.counts).toMatchObject({ trajectories: 4, complete: 2, abandoned: 2, inProgress: 1 });
    const chosen = await writeBundle(
      arraySource(trajectories),
      optionsFor(join(makeTempDir("bundle"), "out"), {
        filters: { ...NO_FILTERS, studyVersions: [9], startedFromMs: 0 },
      }),
    );
    expect(chosen.counts.trajectories).toBe(0);
    expect(chosen.excluded).toMatchObject({ filtered: 4, rejected: 1, withdrawn: 1 });
    const noArm = await writeBundle(
      arraySource(trajectories),
      optionsFor(join(makeTempDir("bundle"), "out"), { filters: { ...NO_FILTERS, armIds: ["arm_none"] } }),
    );
    expect([noArm.counts.trajectories, noArm.excluded.filtered]).toEqual([0, 4]);
    const none = { noConsent: 0, outOfScope: 0, source: 0, filtered: 0 };
    expect(all.excluded).toEqual({ abandoned: 0, rejected: 1, withdrawn: 1, ...none });
    const complete = await writeBundle(
      arraySource(trajectories),
      optionsFor(join(makeTempDir("bundle"), "out"), { include: "complete" }),
    );
    expect(complete.counts).toMatchObject({ trajectories: 2, complete: 2, abandoned: 0 });
    expect(complete.excluded).toEqual({ abandoned: 2, rejected: 1, withdrawn: 1, ...none });
  });

  it("of an empty study has headers and no rows", async () => {
    const outDir = join(makeTempDir("bundle"), "out");
    const { files } = await writeBundle(arraySource([]), optionsFor(outDir));
    expect(new Set(files.map((f) => f.rows))).toEqual(new Set([0, null]));
    expect(readFileSync(join(outDir, "trajectories.jsonl"), "utf8")).toBe("");
    expect(lines(join(outDir, "turns.csv"), "\r\n")).toBe(1);
  });

  it("copies the original images beside the tables and lists their checksums", async () => {
    const outDir = join(makeTempDir("bundle"), "out");
    const trajectory = completeTrajectory("trj_1", { horizon: 1, columnCount: 2, imagesPerColumn: 2 });
    const bytes = Buffer.from("not really a picture");
    const sha256 = execFileSync("sha256sum", { input: bytes, encoding: "utf8" }).slice(0, 64);
    for (const column of trajectory.turns[0]?.columns ?? [])
      for (const image of column.images) Object.assign(image, { sha256, byteSize: bytes.byteLength });
    await writeBundle(
      arraySource([trajectory]),
      optionsFor(outDir, {
        images: { objects: { read: async () => Readable.from([bytes]) }, layout: "files" },
      }),
    );
    expect(readdirSync(outDir).filter((name) => /^img_[a-z2-7]{26}\.png$/.test(name))).toHaveLength(4);
    execFileSync("sha256sum", ["-c", "SHA256SUMS"], { cwd: outDir });
  });
});

describe("an export that fails", () => {
  const failures: [string, (outDir: string) => Promise<unknown>][] = [
    [
      "on a broken invariant",
      (outDir) => {
        const trajectories = many(80);
        trajectories[70]?.turns.pop();
        return writeBundle(arraySource(trajectories), optionsFor(outDir));
      },
    ],
    [
      "when the source fails midway",
      (outDir) => {
        const source = arraySource(many(80));
        return writeBundle(
          {
            ...source,
            listTrajectories: (q) =>
              q.after ? Promise.reject(new Error("gone")) : source.listTrajectories(q),
          },
          optionsFor(outDir),
        );
      },
    ],
    [
      "on a damaged image",
      (outDir) =>
        writeBundle(
          arraySource(many(1)),
          optionsFor(outDir, {
            images: { objects: { read: async () => Readable.from([Buffer.from("x")]) }, layout: "files" },
          }),
        ),
    ],
    [
      "when it is stopped",
      (outDir) => {
        const controller = new AbortController();
        const onProgress = () => controller.abort(new Error("stopped"));
        return writeBundle(
          arraySource(many(80)),
          optionsFor(outDir, { signal: controller.signal, onProgress }),
        );
      },
    ],
  ];
  it.each(failures)("%s leaves nothing behind", async (_, run) => {
    const parent = makeTempDir("bundle");
    await expect(run(join(parent, "out"))).rejects.toThrow();
    expect(readdirSync(parent)).toEqual([]);
  });

  it("does not touch a folder that has something in it", async () => {
    const outDir = makeTempDir("bundle");
    writeFileSync(join(outDir, "precious.txt"), "mine");
    await expect(writeBundle(arraySource([]), optionsFor(outDir))).rejects.toThrow("is not empty");
    expect(readdirSync(outDir)).toEqual(["precious.txt"]);
  });

  it("may use a folder that is there but empty", async () => {
    const outDir = join(makeTempDir("bundle"), "out");
    mkdirSync(outDir);
    await writeBundle(arraySource([]), optionsFor(outDir));
    expect(existsSync(join(outDir, "SHA256SUMS"))).toBe(true);
  });
});
