import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { createLocalObjectStore } from "../../../app/storage/local/index.ts";
import { ObjectMissingError, type ObjectStore } from "../../../app/storage/port.ts";
import { makeTempDir } from "../../support/temp.ts";

const sha = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

/** Every adapter of the port must pass. */
const adapters: [string, () => ObjectStore][] = [
  ["local", () => createLocalObjectStore(makeTempDir("objects"))],
];

describe.each(adapters)("object store: %s", (_name, create) => {
  const bytes = Buffer.from(Array.from({ length: 5000 }, (_, i) => i % 251));

  test("gives back what was put, whole and by range", async () => {
    const store = create();
    await store.put(sha(bytes), bytes);
    expect(await store.size(sha(bytes))).toBe(5000);
    expect((await buffer(await store.read(sha(bytes)))).equals(bytes)).toBe(true);
    const part = await buffer(await store.read(sha(bytes), { start: 100, end: 199 }));
    expect(part.equals(bytes.subarray(100, 200))).toBe(true);
  });

  test("says that an object is missing", async () => {
    const store = create();
    expect(await store.size(sha(bytes))).toBeNull();
    await expect(store.read(sha(bytes))).rejects.toBeInstanceOf(ObjectMissingError);
  });

  test("twenty writers of one object leave one object and nothing else", async () => {
    const store = create();
    await Promise.all(Array.from({ length: 20 }, () => store.put(sha(bytes), bytes)));
    expect((await buffer(await store.read(sha(bytes)))).equals(bytes)).toBe(true);
  });

  test.each(["", "../../etc/passwd", "A".repeat(64), "ab".repeat(31)])("refuses the key %j", async (key) => {
    await expect(create().put(key, bytes)).rejects.toThrow(TypeError);
  });

  test("check passes on a store that can be written", async () => {
    await expect(create().check()).resolves.toBeUndefined();
  });
});

describe("the local folder", () => {
  test("holds no half-written files after a put", async () => {
    const dir = makeTempDir("objects");
    await createLocalObjectStore(dir).put(sha(Buffer.from("x")), Buffer.from("x"));
    const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((f) => f.isFile());
    expect(files.map((f) => f.name)).toEqual([sha(Buffer.from("x"))]);
  });

  test.skipIf(process.getuid?.() === 0)("that is read-only fails the check", async () => {
    const dir = join(makeTempDir("objects"), "ro");
    mkdirSync(dir, { mode: 0o500 });
    await expect(createLocalObjectStore(dir).check()).rejects.toMatchObject({ code: "EACCES" });
    chmodSync(dir, 0o700);
  });
});
