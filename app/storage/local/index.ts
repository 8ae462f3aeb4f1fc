import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { finished } from "node:stream/promises";
import { ObjectMissingError, type ObjectStore } from "../port.ts";

const SHA256_HEX = /^[0-9a-f]{64}$/;

/** Objects as files `<folder>/ab/cd/<sha256>`; a file appears under its name only when it is whole and on disk. */
export function createLocalObjectStore(folder: string): ObjectStore {
  const pathOf = (sha256: string) => {
    if (!SHA256_HEX.test(sha256)) throw new TypeError("an object key is a SHA-256 in lower-case hex");
    return join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  };

  async function sizeOf(sha256: string): Promise<number | null> {
    try {
      return (await stat(pathOf(sha256))).size;
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  return {
    id: "local",
    size: sizeOf,
    async put(sha256, bytes) {
      if ((await sizeOf(sha256)) === bytes.byteLength) return;
      const path = pathOf(sha256);
      await mkdir(dirname(path), { recursive: true });
      const temporary = `${path}.${randomBytes(6).toString("hex")}.part`;
      try {
        const file = await open(temporary, "wx");
        try {
          await file.writeFile(bytes);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(temporary, path);
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    },
    async read(sha256, range) {
      const stream = createReadStream(pathOf(sha256), range);
      await new Promise<void>((resolve, reject) => {
        stream.once("open", () => resolve());
        stream.once("error", (error) =>
          reject(isMissing(error) ? new ObjectMissingError(`object ${sha256} is not in the store`) : error),
        );
      });
      // A reader that goes away must not leave an unhandled error behind.
      finished(stream).catch(() => {});
      return stream;
    },
    async check() {
      await mkdir(folder, { recursive: true });
      const probe = join(folder, `.check-${randomBytes(6).toString("hex")}`);
      const file = await open(probe, "wx");
      await file.close();
      await rm(probe);
    },
  };
}

function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === "ENOENT" || code === "ENOTDIR";
}
