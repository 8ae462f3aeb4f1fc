import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { describe, expect, inject, test } from "vitest";
import type { S3Config } from "../../../app/storage/config.ts";
import { ObjectMissingError } from "../../../app/storage/errors.ts";
import { createLocalObjectStore } from "../../../app/storage/local/index.ts";
import type { ListedObject, ObjectStore } from "../../../app/storage/port.ts";
import { createS3ObjectStore } from "../../../app/storage/s3/index.ts";
import { createBucket, s3Config, type TestS3 } from "../../support/s3-server.ts";
import { makeTempDir } from "../../support/temp.ts";

const sha = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
const bytes = Buffer.from(Array.from({ length: 5000 }, (_, i) => i % 251));

const s3 = inject("s3");
async function inNewBucket(overrides: Partial<S3Config>): Promise<ObjectStore> {
  const server = s3 as TestS3;
  return createS3ObjectStore(s3Config(server, await createBucket(server), overrides));
}

/** Every adapter of the port must pass. */
const adapters: { name: string; skip: boolean; create(): Promise<ObjectStore> }[] = [
  { name: "local", skip: false, create: async () => createLocalObjectStore(makeTempDir("objects")) },
  { name: "S3", skip: s3 === null, create: () => inNewBucket({}) },
  { name: "S3, below a prefix", skip: s3 === null, create: () => inNewBucket({ prefix: "deep/er/" }) },
];

async function listed(store: ObjectStore): Promise<ListedObject[]> {
  const all: ListedObject[] = [];
  for await (const object of store.list()) all.push(object);
  return all.sort((a, b) => `${a.studyId}${a.sha256}`.localeCompare(`${b.studyId}${b.sha256}`));
}

describe.each(adapters)("object store: $name", ({ skip, create }) => {
  test.skipIf(skip)("gives back what was put, whole and by range", async () => {
    const store = (await create()).inStudy("std_a");
    await store.put(sha(bytes), bytes);
    expect(await store.size(sha(bytes))).toBe(5000);
    expect((await buffer(await store.read(sha(bytes)))).equals(bytes)).toBe(true);
    const part = await buffer(await store.read(sha(bytes), { start: 100, end: 199 }));
    expect(part.equals(bytes.subarray(100, 200))).toBe(true);
    const last = await buffer(await store.read(sha(bytes), { start: 4999, end: 4999 }));
    expect(last.equals(bytes.subarray(4999))).toBe(true);
  });

  test.skipIf(skip)("says that an object is missing", async () => {
    const store = (await create()).inStudy("std_a");
    expect(await store.size(sha(bytes))).toBeNull();
    await expect(store.read(sha(bytes))).rejects.toBeInstanceOf(ObjectMissingError);
    await expect(store.read(sha(bytes), { start: 0, end: 1 })).rejects.toBeInstanceOf(ObjectMissingError);
  });

  test.skipIf(skip)(
    "takes a file without reading it into memory, and refuses one with other bytes",
    async () => {
      const store = await create();
      const path = join(makeTempDir("file"), "bytes");
      writeFileSync(path, bytes);
      const study = store.inStudy("std_a");
      await study.putFile(sha(bytes), path);
      await study.putFile(sha(bytes), path);
      expect((await buffer(await study.read(sha(bytes)))).equals(bytes)).toBe(true);
      const other = sha(Buffer.from("other"));
      await expect(study.putFile(other, path)).rejects.toThrow();
      expect(await study.size(other)).toBeNull();
      expect(await listed(store)).toHaveLength(1);
    },
  );

  test.skipIf(skip)("twenty writers of one object leave one object and nothing else", async () => {
    const store = await create();
    const study = store.inStudy("std_a");
    await Promise.all(Array.from({ length: 20 }, () => study.put(sha(bytes), bytes)));
    expect((await buffer(await study.read(sha(bytes)))).equals(bytes)).toBe(true);
    expect(await listed(store)).toHaveLength(1);
  });

  test.skipIf(skip)("keeps each study's objects apart, and lists and removes them one by one", async () => {
    const store = await create();
    const other = Buffer.from("other");
    await store.inStudy("std_a").put(sha(bytes), bytes);
    await store.inStudy("std_b").put(sha(bytes), bytes);
    await store.inStudy("std_b").put(sha(other), other);
    expect(await store.inStudy("std_a").size(sha(other))).toBeNull();
    const all = await listed(store);
    expect(all.map(({ studyId, sha256, byteSize }) => [studyId, sha256, byteSize])).toEqual(
      [
        ["std_a", sha(bytes), 5000],
        ["std_b", sha(bytes), 5000],
        ["std_b", sha(other), 5],
      ].sort((a, b) => `${a[0]}${a[1]}`.localeCompare(`${b[0]}${b[1]}`)),
    );
    for (const { storedAtMs } of all) expect(Math.abs(storedAtMs - Date.now())).toBeLessThan(60_000);
    const key = { studyId: "std_b", sha256: sha(bytes) };
    expect(await store.remove(key, { storedBeforeMs: Date.now() - 60_000 })).toBe(false);
    expect(await store.inStudy("std_b").size(sha(bytes))).toBe(5000);
    expect(await store.remove(key, { storedBeforeMs: Date.now() + 60_000 })).toBe(true);
    expect(await store.remove(key)).toBe(true);
    expect(await store.inStudy("std_b").size(sha(bytes))).toBeNull();
    expect(await store.inStudy("std_a").size(sha(bytes))).toBe(5000);
  });

  test.skipIf(skip)("an empty store lists nothing", async () => {
    const store = await create();
    await store.check();
    expect(await listed(store)).toEqual([]);
  });

  test.skipIf(skip)("refuses bytes under another hash than theirs", async () => {
    const store = await create();
    await expect(store.inStudy("std_a").put(sha(Buffer.from("x")), bytes)).rejects.toThrow(TypeError);
    await store.check();
    expect(await listed(store)).toEqual([]);
  });

  test.skipIf(skip).each(["", "../../etc/passwd", "A".repeat(64), "ab".repeat(31)])(
    "refuses the key %j",
    async (key) => {
      const store = (await create()).inStudy("std_a");
      await expect(store.put(key, bytes)).rejects.toThrow(TypeError);
      await expect(store.read(key)).rejects.toThrow(TypeError);
    },
  );

  test.skipIf(skip).each(["", "..", "a/b", "std a"])("refuses the study %j", async (studyId) => {
    const store = await create();
    await expect(async () => store.inStudy(studyId).put(sha(bytes), bytes)).rejects.toThrow(TypeError);
  });

  test.skipIf(skip)("check and ping pass on a store that can be written", async () => {
    const store = await create();
    await expect(store.check()).resolves.toBeUndefined();
    await expect(store.ping()).resolves.toBeUndefined();
  });
});
