import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { expect, test } from "vitest";
import { ObjectDamagedError } from "../../../app/storage/errors.ts";
import { createLocalObjectStore } from "../../../app/storage/local/index.ts";
import { makeTempDir } from "../../support/temp.ts";

const sha = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
const bytes = Buffer.from("some bytes of an image");

test("a folder holds no half-written files after a put", async () => {
  const dir = makeTempDir("objects");
  await createLocalObjectStore(dir).inStudy("std_a").put(sha(bytes), bytes);
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((f) => f.isFile());
  expect(files.map((f) => f.name)).toEqual([sha(bytes)]);
});

test("a half-written file is not an object, and a later put writes it whole", async () => {
  const dir = makeTempDir("objects");
  const store = createLocalObjectStore(dir).inStudy("std_a");
  await store.put(sha(bytes), bytes);
  writeFileSync(join(dir, "std_a", sha(bytes).slice(0, 2), sha(bytes)), bytes.subarray(0, 5));
  await store.put(sha(bytes), bytes);
  expect((await buffer(await store.read(sha(bytes)))).equals(bytes)).toBe(true);
});

test("putting an old object again marks it as stored now", async () => {
  const dir = makeTempDir("objects");
  const store = createLocalObjectStore(dir);
  await store.inStudy("std_a").put(sha(bytes), bytes);
  const yesterday = new Date(Date.now() - 24 * 60 * 60_000);
  utimesSync(join(dir, "std_a", sha(bytes).slice(0, 2), sha(bytes)), yesterday, yesterday);
  await store.inStudy("std_a").put(sha(bytes), bytes);
  for await (const { storedAtMs } of store.list()) expect(Date.now() - storedAtMs).toBeLessThan(60_000);
});

test("a damaged file is found out before its last bytes are given away", async () => {
  const dir = makeTempDir("objects");
  const big = Buffer.alloc(300_000, 7);
  const store = createLocalObjectStore(dir).inStudy("std_a");
  await store.put(sha(big), big);
  const damaged = Buffer.from(big);
  damaged[5] = 8;
  writeFileSync(join(dir, "std_a", sha(big).slice(0, 2), sha(big)), damaged);
  let received = 0;
  const read = async () => {
    for await (const chunk of await store.read(sha(big))) received += (chunk as Buffer).byteLength;
  };
  await expect(read()).rejects.toBeInstanceOf(ObjectDamagedError);
  expect(received).toBeLessThan(big.byteLength);
});

test("objects from before studies had folders are read and listed", async () => {
  const dir = makeTempDir("objects");
  const hash = sha(bytes);
  mkdirSync(join(dir, hash.slice(0, 2), hash.slice(2, 4)), { recursive: true });
  writeFileSync(join(dir, hash.slice(0, 2), hash.slice(2, 4), hash), bytes);
  const store = createLocalObjectStore(dir);
  expect((await buffer(await store.inStudy("std_a").read(hash))).equals(bytes)).toBe(true);
  expect(await store.inStudy("std_a").size(hash)).toBe(bytes.byteLength);
  const all = [];
  for await (const object of store.list()) all.push(object);
  expect(all).toMatchObject([{ studyId: null, sha256: hash, byteSize: bytes.byteLength }]);
});

test.skipIf(process.getuid?.() === 0)("a read-only folder fails the check", async () => {
  const dir = join(makeTempDir("objects"), "ro");
  mkdirSync(dir, { mode: 0o500 });
  await expect(createLocalObjectStore(dir).check()).rejects.toMatchObject({ code: "EACCES" });
  chmodSync(dir, 0o700);
});
