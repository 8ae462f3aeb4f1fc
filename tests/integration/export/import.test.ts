import { createHash } from "node:crypto";
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { count } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { PrivacyProfile } from "../../../app/domain/vocabulary.ts";
import { getReplay } from "../../../app/services/dataset/get-replay.server.ts";
import { importBundle } from "../../../app/services/dataset/import-bundle.server.ts";
import { setStudyStatus } from "../../../app/services/study/set-study-status.server.ts";
import { datasetSource } from "../../../db/repositories/dataset.ts";
import type { Store } from "../../../db/store.ts";
import { BundleError, defaultSplits, writeBundle } from "../../../exporters/index.ts";
import type { SourceTrajectory } from "../../../exporters/source.ts";
import { createPerson, describeBothDatabases } from "../../support/context.ts";
import { makeTempDir } from "../../support/temp.ts";
import { arraySource, completeTrajectory, HOSTILE_TEXTS, sampleRater } from "../../unit/exporters/sample.ts";

const SCOPES = ["research_internal", "research_shared", "public_release", "images", "demographics"] as const;

/** Complete, abandoned and simulated ones; equal starts, a day's end between two times, texts withheld, huge seeds. */
function trajectories(): SourceTrajectory[] {
  const all = ["d", "a", "c", "b"].map((id) => completeTrajectory(`trj_${id}`));
  const [hostile, withheld, simulated, abandoned] = all as [
    SourceTrajectory,
    SourceTrajectory,
    SourceTrajectory,
    SourceTrajectory,
  ];
  const consent = { version: 3, scopes: [...SCOPES, "free_text" as const], withdrawn: false };
  const demographics = { age_band: "25-34", gender: "", region: "NA" };
  Object.assign(hostile, { rater: sampleRater("rtr_1", { consent, demographics, pool: "=1+1" }) });
  hostile.initialPrompt = `${HOSTILE_TEXTS.join("|")} \ud83d`;
  hostile.turns.forEach((turn, t) => {
    turn.columns.forEach((column, c) => {
      column.prompt = HOSTILE_TEXTS[t * 4 + c] ?? "";
      for (const image of column.images) image.seed = Number.MAX_SAFE_INTEGER - image.seed;
    });
    if (turn.choice) turn.choice.critique = HOSTILE_TEXTS[t + 8] ?? "";
  });
  Object.assign(withheld, {
    raterId: "rtr_2",
    rater: sampleRater("rtr_2", { consent: { ...consent, scopes: [...SCOPES] } }),
  });
  Object.assign(simulated, {
    source: "simulated",
    userType: 0,
    raterId: "rtr_3",
    rater: sampleRater("rtr_3"),
  });
  Object.assign(abandoned, {
    rater: hostile.rater,
    status: "active",
    completedAtMs: null,
    armId: null,
    armProbability: null,
  });
  abandoned.turns = [];
  for (const trajectory of all) trajectory.consentAsked = true;
  return all;
}

const decisions = async (ids: readonly string[]) =>
  new Map(ids.map((id) => [`${id}//initial_prompt`, "kept"] as const));

async function original(profile: PrivacyProfile): Promise<string> {
  const outDir = join(makeTempDir("original"), "out");
  await writeBundle(arraySource(trajectories(), "A study to import"), {
    studyId: "std_1",
    profile,
    include: "all",
    images: null,
    releaseKey: new Uint8Array(32).fill(5),
    splits: { ...defaultSplits("std_1"), testUnseen: 0.4, testSeen: 0.5 },
    decisions: decisions as never,
    info: { changes: [{ version: "0.9.0", date: "2026-01-01", text: "Two lines\n\nof history." }] },
    startedBeforeMs: Number.MAX_SAFE_INTEGER,
    builtAtMs: Date.UTC(2026, 4, 5),
    softwareVersion: "0.0.0",
    outDir,
  });
  return outDir;
}

const again = async (store: Store, studyId: string, profile: PrivacyProfile): Promise<string> => {
  const outDir = join(makeTempDir("again"), "out");
  await writeBundle(datasetSource(store), {
    studyId,
    profile,
    include: "complete",
    images: null,
    releaseKey: new Uint8Array(32).fill(8),
    splits: null,
    startedBeforeMs: 0,
    builtAtMs: 0,
    softwareVersion: "9.9.9",
    outDir,
  });
  return outDir;
};

function expectSameBytes(made: string, wanted: string): void {
  expect(readdirSync(made).sort()).toEqual(readdirSync(wanted).sort());
  for (const name of readdirSync(wanted)) {
    const [one, other] = [readFileSync(join(made, name)), readFileSync(join(wanted, name))];
    if (!name.endsWith(".parquet")) expect(one.toString("utf8"), name).toBe(other.toString("utf8"));
    expect(one.equals(other), name).toBe(true);
  }
}

describeBothDatabases("importing a bundle", (open) => {
  it.each(["internal", "shared", "public"] as const)(
    "and exporting it again gives the same bytes, also when it is imported twice (%s)",
    async (profile) => {
      const { ctx } = open();
      const folder = await original(profile);
      for (let i = 0; i < 2; i++) {
        const study = await importBundle(ctx, { folder, actorUserId: null });
        expect(study).toMatchObject({ trajectories: 4, raters: 3, reworded: [] });
        expectSameBytes(await again(ctx.store, study.studyId, profile), folder);
      }
    },
  );

  it("shows its trajectories in the replay", async () => {
    const { ctx } = open();
    const study = await importBundle(ctx, { folder: await original("internal"), actorUserId: null });
    const { trajectories: table } = ctx.store.t;
    const rows = await ctx.store.read.select().from(table);
    const one = rows.find((row) => row.studyId === study.studyId && row.completedAtMs !== null);
    const researcher = await createPerson(ctx, "researcher");
    const replay = await getReplay(ctx, researcher, { trajectoryId: one?.id ?? "" });
    expect(replay).toMatchObject({ studyName: "A study to import", horizon: 5 });
    expect(replay.turns[0]?.columns[0]?.images).toHaveLength(4);
  });

  it.each(["reopen", "publish"] as const)(
    "is not undone by a click on %s: the study stays closed",
    async (action) => {
      const { ctx } = open();
      const { studyId } = await importBundle(ctx, { folder: await original("internal"), actorUserId: null });
      const coordinator = await createPerson(ctx, "coordinator");
      const attempt = setStudyStatus(ctx, coordinator, { studyId, action, submissionId: `try-${action}-1` });
      await expect(attempt).rejects.toMatchObject({ code: "ILLEGAL_TRANSITION" });
      await expect(attempt).rejects.toThrow("imported");
    },
  );

  it("refuses another profile than the bundle's", async () => {
    const { ctx } = open();
    const study = await importBundle(ctx, { folder: await original("shared"), actorUserId: null });
    await expect(again(ctx.store, study.studyId, "internal")).rejects.toThrow("profile shared");
  });

  it("leaves nothing behind when it is stopped while it writes", async () => {
    const { ctx } = open();
    const { studies, trajectories: table } = ctx.store.t;
    const rows = async () => [
      await ctx.store.read.select({ n: count() }).from(studies),
      await ctx.store.read.select({ n: count() }).from(table),
    ];
    const before = await rows();
    const abort = new AbortController();
    const stopped = importBundle(ctx, {
      folder: await original("internal"),
      actorUserId: null,
      signal: abort.signal,
      onProgress: ({ stage, done }) => {
        if (stage === "check" && done === 4) abort.abort(new Error("stopped"));
      },
    });
    await expect(stopped).rejects.toThrow("stopped");
    expect(await rows()).toEqual(before);
  });
});

describe("a bad bundle", () => {
  /** Changes files of a good bundle and signs it anew, so that more than checksums is looked at. */
  async function spoiled(change: (text: string, name: string) => string): Promise<string> {
    const folder = join(makeTempDir("spoiled"), "out");
    cpSync(await original("internal"), folder, { recursive: true });
    const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
    for (const file of manifest.files) {
      if (!/\.(csv|jsonl)$/.test(file.name)) continue;
      const bytes = Buffer.from(change(readFileSync(join(folder, file.name), "utf8"), file.name));
      writeFileSync(join(folder, file.name), bytes);
      file.bytes = bytes.byteLength;
      file.sha256 = createHash("sha256").update(bytes).digest("hex");
    }
    writeFileSync(join(folder, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
    return folder;
  }
  async function problemsOf(folder: string) {
    const { checkBundle } = await import("../../../exporters/index.ts");
    const error = await checkBundle(folder).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof BundleError)) throw error ?? new Error("the bundle passed");
    return error.problems;
  }
  const only = (file: string, edit: (text: string) => string) => (text: string, name: string) =>
    name === file ? edit(text) : text;

  it.each([
    [
      "a wrong type",
      "trajectories.jsonl",
      (t: string) => t.replace('"num_turns":5', '"num_turns":"5"'),
      "num_turns",
    ],
    [
      "an unknown column",
      "trajectories.jsonl",
      (t: string) => t.replace('"num_turns"', '"extra":1,"num_turns"'),
      "extra",
    ],
    [
      "a missing answer",
      "trajectories.jsonl",
      (t: string) => t.replace('"satisfaction":3', '"satisfaction":null'),
      "turns[0].columns[2].satisfaction",
    ],
    [
      "a lone surrogate",
      "trajectories.jsonl",
      (t: string) => t.replace('"rephrase', '"\\ud83d').replace('"category":"', '"category":"\\ud83d'),
      "turns[0].columns[0].category",
    ],
    [
      "a NUL",
      "trajectories.jsonl",
      (t: string) => t.replace('"category":"', '"category":"\\u0000'),
      "turns[0].columns[0].category",
    ],
    ["a cut file", "trajectories.jsonl", (t: string) => t.slice(0, -20), ""],
    ["a header of another table", "images.csv", (t: string) => t.replace("sha256", "sha1"), "sha256"],
    [
      "a reference to nothing",
      "candidates.csv",
      (t: string) => t.replace(/\r\ntrj_[a-z0-9]+/, "\r\ntrj_nobody"),
      "trajectory_id",
    ],
    ["a number that is none", "images.csv", (t: string) => t.replace(",512,", ",0x200,"), "width"],
    ["tables that disagree", "turns.csv", (t: string) => t.replace("the best light", "the worst light"), ""],
    ["a twice told rater", "raters.csv", (t: string) => `${t + (t.split("\r\n")[1] ?? "")}\r\n`, "rater_id"],
  ])("is told with file, row and column: %s", async (_, file, edit, column) => {
    const problems = await problemsOf(await spoiled(only(file, edit)));
    const found = problems.find((p) => p.file === file && p.column === column);
    expect(found, JSON.stringify(problems.slice(0, 5))).toBeDefined();
    expect(found?.row).toBeGreaterThan(0);
  });

  it("is told of every file that is missing, changed or outside the folder", async () => {
    const folder = await original("internal");
    writeFileSync(join(folder, "turns.csv"), "changed");
    const path = join(folder, "manifest.json");
    const manifest = readFileSync(path, "utf8");
    expect(await problemsOf(folder)).toMatchObject([{ file: "turns.csv" }]);
    writeFileSync(
      path,
      manifest.replace('"turns.csv"', '"../turns.csv"').replace('"choices.csv"', '"gone.csv"'),
    );
    expect((await problemsOf(folder)).map((p) => p.column)).toEqual([
      expect.stringMatching(/^files\.\d+\.name$/),
    ]);
    writeFileSync(path, manifest.replace('"choices.csv"', '"gone.csv"').replace("seq/1.0", "seq/9.0"));
    expect(await problemsOf(folder)).toMatchObject([{ file: "manifest.json", column: "schema_version" }]);
  });
});
