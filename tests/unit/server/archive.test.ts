import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import * as yauzl from "yauzl";
import { ARCHIVE_FORMATS, type ArchiveMember, createArchive } from "../../../app/server/archive.ts";
import { tarHeader } from "../../../exporters/index.ts";

const FILES: Record<string, Buffer> = {
  "turns.csv": Buffer.from('turn_id,critique\r\nturn_1,"größer, 🐙"\r\n'),
  "empty.jsonl": Buffer.alloc(0),
  "images-00000.tar": Buffer.alloc(70_000, "x"),
};
const MADE_AT_MS = Date.UTC(2026, 0, 5, 12);

function members(): ArchiveMember[] {
  return Object.entries(FILES).map(([name, bytes]) => ({
    name,
    byteSize: bytes.byteLength,
    open: async () => Readable.from(bytes.byteLength > 0 ? [bytes] : [], { objectMode: false }),
  }));
}

async function unzip(bytes: Buffer): Promise<Record<string, Buffer>> {
  const zip = await yauzl.fromBufferPromise(bytes, {});
  const found: Record<string, Buffer> = {};
  for await (const entry of zip.eachEntry()) {
    found[entry.fileName] = await buffer(await zip.openReadStreamPromise(entry, {}));
  }
  return found;
}

describe("an archive of several files", () => {
  it("as zip holds every byte, and is as long as was told before", async () => {
    const { byteSize, stream } = await createArchive("zip", members(), MADE_AT_MS);
    const bytes = await buffer(stream);
    expect(bytes.byteLength).toBe(byteSize);
    expect(await unzip(bytes)).toEqual(FILES);
  });

  it("as tar is read by tar, and is as long as was told before", async () => {
    const { byteSize, stream } = await createArchive("tar", members(), MADE_AT_MS);
    const bytes = await buffer(stream);
    expect(bytes.byteLength).toBe(byteSize);
    const folder = await mkdtemp(join(tmpdir(), "turnwise-archive-"));
    try {
      await writeFile(join(folder, "bundle.tar"), bytes);
      const read = (name: string) => execFileSync("tar", ["-xOf", "bundle.tar", name], { cwd: folder });
      for (const [name, content] of Object.entries(FILES)) expect(read(name).equals(content)).toBe(true);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("is the same bytes each time", async () => {
    for (const format of ARCHIVE_FORMATS) {
      const make = async () => buffer((await createArchive(format, members(), MADE_AT_MS)).stream);
      expect((await make()).equals(await make())).toBe(true);
    }
  });

  it.each(ARCHIVE_FORMATS)(
    "as %s ends in an error when a file breaks off or cannot be opened",
    async (format) => {
      const [first, ...others] = members() as [ArchiveMember, ...ArchiveMember[]];
      const broken: [RegExp, ArchiveMember][] = [
        [
          /the store went away/,
          {
            ...first,
            open: async () =>
              Readable.from(
                (async function* () {
                  yield Buffer.from("half");
                  throw new Error("the store went away");
                })(),
              ),
          },
        ],
        [/not there/, { ...first, open: () => Promise.reject(new Error("not there")) }],
        [
          /bytes/,
          { ...first, open: async () => Readable.from([Buffer.from("short")], { objectMode: false }) },
        ],
      ];
      for (const [reason, member] of broken) {
        const { stream } = await createArchive(format, [...others, member], MADE_AT_MS);
        await expect(buffer(stream)).rejects.toThrow(reason);
      }
    },
  );

  it.each(ARCHIVE_FORMATS)("as %s closes the file that is open when the reader goes away", async (format) => {
    const endless = new Readable({
      read() {
        this.push(Buffer.alloc(1024));
      },
    });
    const { stream } = await createArchive(
      format,
      [{ name: "endless", byteSize: 1e9, open: async () => endless }],
      MADE_AT_MS,
    );
    for await (const _ of stream) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(endless.destroyed).toBe(true);
  });

  it("may hold files of more than 8 GiB as tar", () => {
    const header = Buffer.from(tarHeader("large.jsonl", 9 * 2 ** 30));
    expect(header[124]).toBe(0x80);
    expect(header.readBigUInt64BE(128)).toBe(BigInt(9 * 2 ** 30));
  });
});
