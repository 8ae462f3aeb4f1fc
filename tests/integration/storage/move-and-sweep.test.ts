import { createHash } from "node:crypto";
import { readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { beforeAll, expect, inject, test } from "vitest";
import type { ServiceContext } from "../../../app/services/context.ts";
import { migrateObjects } from "../../../app/services/storage/migrate-objects.server.ts";
import { MIN_ORPHAN_AGE_MS, sweepObjects } from "../../../app/services/storage/sweep-objects.server.ts";
import { createLocalObjectStore } from "../../../app/storage/local/index.ts";
import type { ListedObject, ObjectStore } from "../../../app/storage/port.ts";
import { createS3ObjectStore } from "../../../app/storage/s3/index.ts";
import { referencedObjects } from "../../../db/repositories/objects.ts";
import { describeBothDatabases } from "../../support/context.ts";
import { createBucket, s3Config } from "../../support/s3-server.ts";
import { openStudy, runDueSteps, sendPrompt, startTask } from "../../support/session.ts";
import { makeTempDir } from "../../support/temp.ts";

const sha = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
const DAY_MS = 24 * 60 * 60_000;

/** A study with the sixteen images of one turn, each in two sizes. */
async function makeImages(ctx: ServiceContext): Promise<string> {
  const { studyId, raters } = await openStudy(ctx);
  const [rater] = raters;
  if (!rater) throw new Error("no rater");
  await sendPrompt(ctx, rater, await startTask(ctx, rater, studyId));
  await runDueSteps(ctx);
  return studyId;
}

async function referenced(ctx: ServiceContext, studyId: string): Promise<string[]> {
  const hashes = new Set<string>();
  for await (const page of referencedObjects(ctx.store, studyId)) for (const o of page) hashes.add(o.sha256);
  return [...hashes].sort();
}

async function listed(store: ObjectStore): Promise<ListedObject[]> {
  const all: ListedObject[] = [];
  for await (const object of store.list()) all.push(object);
  return all;
}

describeBothDatabases("moving and tidying the store", (open, dialect) => {
  let ctx: ServiceContext;
  let studyId: string;
  let folder: string;
  beforeAll(async () => {
    ctx = open().ctx;
    folder = makeTempDir("objects");
    ctx.objects = createLocalObjectStore(folder);
    studyId = await makeImages(ctx);
  });
  const fileOf = (sha256: string) => join(folder, studyId, sha256.slice(0, 2), sha256);
  const sweep = (objects: ObjectStore, remove = false, nowMs = Date.now()) =>
    sweepObjects({ store: ctx.store, objects, now: () => nowMs }, { olderThanMs: MIN_ORPHAN_AGE_MS, remove });

  const s3 = inject("s3");
  // The other database's run takes a folder: the rows are what differs.
  const newTarget = async () =>
    s3 && dialect === "postgres"
      ? createS3ObjectStore(s3Config(s3, await createBucket(s3), { prefix: "moved/" }))
      : createLocalObjectStore(makeTempDir("target"));

  test("a migration copies every image once, and a second run brings only what is new", async () => {
    const to = await newTarget();
    const wanted = await referenced(ctx, studyId);
    expect(wanted.length).toBeGreaterThan(16);
    const from = ctx.objects;
    const first = await migrateObjects({ store: ctx.store, from, to }, { verify: true });
    expect(first).toMatchObject({ copied: wanted.length, skipped: 0, verified: wanted.length });
    expect([first.missing, first.damaged]).toEqual([[], []]);
    expect((await listed(to)).map((o) => [o.studyId, o.sha256]).sort()).toEqual(
      wanted.map((hash) => [studyId, hash]),
    );
    const second = await migrateObjects({ store: ctx.store, from, to }, { verify: false });
    expect(second).toMatchObject({ copied: 0, skipped: wanted.length });
    const [hash = ""] = wanted;
    const copy = await buffer(await to.inStudy(studyId).read(hash));
    expect(sha(copy)).toBe(hash);
    expect((await sweep(to)).missing).toEqual([]);
  });

  test("a migration that is stopped goes on where it ended", async () => {
    const to = await newTarget();
    const stop = new AbortController();
    const run = (signal?: AbortSignal) =>
      migrateObjects(
        { store: ctx.store, from: ctx.objects, to },
        {
          verify: false,
          ...(signal && { signal }),
          onProgress: ({ copied }) => copied >= 5 && stop.abort(new Error("stopped")),
        },
      );
    await expect(run(stop.signal)).rejects.toThrow("stopped");
    const before = (await listed(to)).length;
    expect(before).toBeGreaterThanOrEqual(5);
    const rest = await run();
    expect(rest.skipped).toBe(before);
    expect(rest.copied + rest.skipped).toBe((await referenced(ctx, studyId)).length);
  });

  test("a migration says which images are damaged or missing, and copies the others", async () => {
    const own = makeTempDir("broken");
    const from = createLocalObjectStore(own);
    await migrateObjects({ store: ctx.store, from: ctx.objects, to: from }, { verify: false });
    const [damaged = "", missing = "", ...others] = await referenced(ctx, studyId);
    writeFileSync(join(own, studyId, damaged.slice(0, 2), damaged), "rubbish");
    await from.remove({ studyId, sha256: missing });
    const to = createLocalObjectStore(makeTempDir("target"));
    const result = await migrateObjects({ store: ctx.store, from, to }, { verify: true });
    expect(result.damaged.map((o) => o.sha256)).toEqual([damaged]);
    expect(result.missing.map((o) => o.sha256)).toEqual([missing]);
    expect(result.copied).toBe(others.length);
  });

  test("images from before studies had folders move to their study", async () => {
    const own = makeTempDir("unfiled");
    const wanted = await referenced(ctx, studyId);
    const { mkdirSync, copyFileSync } = await import("node:fs");
    for (const hash of wanted) {
      const dir = join(own, hash.slice(0, 2), hash.slice(2, 4));
      mkdirSync(dir, { recursive: true });
      copyFileSync(fileOf(hash), join(dir, hash));
    }
    const from = createLocalObjectStore(own);
    expect(await sweep(from, false, Date.now() + DAY_MS)).toMatchObject({ orphans: 0, missing: [] });
    const to = await newTarget();
    const result = await migrateObjects({ store: ctx.store, from, to }, { verify: false });
    expect(result.copied).toBe(wanted.length);
  });

  test("a sweep counts old orphans, removes them only when told to, and never touches what is in use or young", async () => {
    const [old, young, foreign] = ["old", "young", "foreign"].map((text) => Buffer.from(text)) as [
      Buffer,
      Buffer,
      Buffer,
    ];
    const objects = ctx.objects;
    await objects.inStudy(studyId).put(sha(old), old);
    await objects.inStudy(studyId).put(sha(young), young);
    await objects.inStudy("std_deleted").put(sha(foreign), foreign);
    const yesterday = new Date(Date.now() - DAY_MS);
    utimesSync(fileOf(sha(old)), yesterday, yesterday);
    utimesSync(join(folder, "std_deleted", sha(foreign).slice(0, 2), sha(foreign)), yesterday, yesterday);
    const used = await referenced(ctx, studyId);
    for (const hash of used) utimesSync(fileOf(hash), yesterday, yesterday);

    const dry = await sweep(objects);
    expect(dry).toMatchObject({ listed: used.length + 3, orphans: 2, orphanBytes: 10, young: 1, removed: 0 });
    expect(dry.missing).toEqual([]);
    expect(await listed(objects)).toHaveLength(used.length + 3);

    expect(await sweep(objects, true)).toMatchObject({ orphans: 2, removed: 2, young: 1 });
    const left = (await listed(objects)).map((o) => o.sha256).sort();
    expect(left).toEqual([...used, sha(young)].sort());
    await objects.remove({ studyId, sha256: sha(young) });
  });

  test("an orphan that is stored again while the sweep runs stays", async () => {
    const again = Buffer.from("stored again");
    const objects = ctx.objects;
    await objects.inStudy(studyId).put(sha(again), again);
    const yesterday = new Date(Date.now() - DAY_MS);
    utimesSync(fileOf(sha(again)), yesterday, yesterday);
    const result = await sweepObjects(
      { store: ctx.store, objects, now: Date.now },
      {
        olderThanMs: MIN_ORPHAN_AGE_MS,
        remove: true,
        onOrphan: () => utimesSync(fileOf(sha(again)), new Date(), new Date()),
      },
    );
    expect(result).toMatchObject({ orphans: 1, removed: 0 });
    expect(await objects.inStudy(studyId).size(sha(again))).toBe(again.byteLength);
    await objects.remove({ studyId, sha256: sha(again) });
  });

  test("a sweep names rows whose object is missing or has another size", async () => {
    const objects = createLocalObjectStore(makeTempDir("holes"));
    await migrateObjects({ store: ctx.store, from: ctx.objects, to: objects }, { verify: false });
    const [gone = "", short = ""] = await referenced(ctx, studyId);
    await objects.remove({ studyId, sha256: gone });
    const dir = objects.description.replace("folder ", "");
    writeFileSync(join(dir, studyId, short.slice(0, 2), short), "short");
    const { missing } = await sweep(objects);
    expect(missing.map((o) => o.sha256).sort()).toEqual([gone, short].sort());
    expect(readdirSync(dir)).toEqual([studyId]);
  });
});
