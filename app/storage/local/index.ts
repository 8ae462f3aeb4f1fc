import { randomBytes } from "node:crypto";
import { constants, createReadStream, type ReadStream } from "node:fs";
import { access, type FileHandle, mkdir, open, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { ObjectMissingError } from "../errors.ts";
import { assertHashOf, assertSha256, assertStudyId, isSha256, isStudyId, verified } from "../hash.ts";
import {
  type ListedObject,
  type ObjectKey,
  type ObjectRange,
  type ObjectStore,
  REFRESH_AFTER_MS,
} from "../port.ts";
import { checkFolder, diagnoseLocal } from "./diagnose.ts";

const FILE_CHUNK_BYTES = 256 * 1024;

/**
 * Objects as files `<folder>/<study>/ab/<sha256>`; a file appears under its name only when it is whole and on disk.
 * Objects without a study (`<folder>/ab/cd/<sha256>`) are read, and never written.
 */
export function createLocalObjectStore(folder: string): ObjectStore {
  function pathOf({ studyId, sha256 }: ObjectKey): string {
    assertSha256(sha256);
    if (studyId === null) return join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
    assertStudyId(studyId);
    return join(folder, studyId, sha256.slice(0, 2), sha256);
  }

  /** `write` fills the temporary file, which then gets its name. */
  async function put(
    path: string,
    byteSize: number,
    write: (file: FileHandle) => Promise<void>,
  ): Promise<void> {
    const there = await aboutFile(path);
    if (there?.byteSize === byteSize) {
      const now = new Date();
      if (now.getTime() - there.storedAtMs > REFRESH_AFTER_MS) await utimes(path, now, now);
      return;
    }
    const parent = dirname(path);
    const temporary = `${path}.${randomBytes(6).toString("hex")}.part`;
    let firstMade: string | undefined;
    try {
      const file = await open(temporary, "wx").catch(async (error: unknown) => {
        if (!isMissing(error)) throw error;
        // Folders are made once, so they are not asked about each time.
        firstMade = await mkdir(parent, { recursive: true });
        return open(temporary, "wx");
      });
      try {
        await write(file);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    await syncFolder(parent);
    // A new folder is on disk only when the folder that names it is.
    if (firstMade !== undefined) {
      for (let dir = parent; dir.length >= firstMade.length; dir = dirname(dir))
        await syncFolder(dirname(dir));
    }
  }

  return {
    id: "local",
    description: `folder ${folder}`,
    browserOrigin: async () => null,
    inStudy(studyId) {
      const own = (sha256: string) => pathOf({ studyId, sha256 });
      const unfiled = (sha256: string) => pathOf({ studyId: null, sha256 });
      return {
        async put(sha256, bytes) {
          await assertHashOf(sha256, bytes);
          await put(own(sha256), bytes.byteLength, (file) => file.writeFile(bytes));
        },
        async putFile(sha256, path, options) {
          const { size } = await stat(path);
          await put(own(sha256), size, async (file) => {
            const source = createReadStream(path, { highWaterMark: FILE_CHUNK_BYTES, ...options });
            for await (const chunk of verified(sha256, source)) await file.writeFile(chunk);
          });
        },
        async size(sha256) {
          return ((await aboutFile(own(sha256))) ?? (await aboutFile(unfiled(sha256))))?.byteSize ?? null;
        },
        async read(sha256, range) {
          const stream = (await openFile(own(sha256), range)) ?? (await openFile(unfiled(sha256), range));
          if (!stream)
            throw new ObjectMissingError(`object ${sha256} of study ${studyId} is not in the store`);
          return range ? stream : Readable.from(verified(sha256, stream), { objectMode: false });
        },
        temporaryUrl: async () => null,
      };
    },
    async *list() {
      const isUnfiled = (name: string) => /^[0-9a-f]{2}$/.test(name);
      const tops = await foldersIn(folder);
      for (const top of [...tops.filter(isUnfiled), ...tops.filter((name) => !isUnfiled(name))]) {
        const studyId = isUnfiled(top) ? null : top;
        if (studyId !== null && !isStudyId(studyId)) continue;
        for (const next of await foldersIn(join(folder, top)))
          yield* filesIn(join(folder, top, next), studyId);
      }
    },
    async remove(key, options) {
      const path = pathOf(key);
      const storedAtMs = (options && (await aboutFile(path))?.storedAtMs) ?? 0;
      if (options && storedAtMs > options.storedBeforeMs) return false;
      await rm(path, { force: true });
      return true;
    },
    check: () => checkFolder(folder),
    ping: () => access(folder, constants.R_OK | constants.W_OK),
    diagnose: () => diagnoseLocal(folder),
  };
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

async function* filesIn(folder: string, studyId: string | null): AsyncGenerator<ListedObject> {
  for (const sha256 of await readdir(folder)) {
    if (!isSha256(sha256)) continue;
    const about = await aboutFile(join(folder, sha256));
    if (about) yield { studyId, sha256, ...about };
  }
}

async function aboutFile(path: string): Promise<{ byteSize: number; storedAtMs: number } | null> {
  try {
    const { size, mtimeMs } = await stat(path);
    return { byteSize: size, storedAtMs: mtimeMs };
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** An open stream, or null when there is no such file. */
async function openFile(path: string, range: ObjectRange | undefined): Promise<ReadStream | null> {
  const stream = createReadStream(path, range);
  const opened = await new Promise<boolean>((resolve, reject) => {
    stream.once("open", () => resolve(true));
    stream.once("error", (error) => (isMissing(error) ? resolve(false) : reject(error)));
  });
  if (!opened) return null;
  // A reader that goes away must not leave an unhandled error behind.
  finished(stream).catch(() => {});
  return stream;
}

async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === "ENOENT" || code === "ENOTDIR";
}
