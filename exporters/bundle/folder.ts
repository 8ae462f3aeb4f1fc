import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { ExportError } from "../errors.ts";

/**
 * Lets `fill` write into a folder of its own next to `outDir` and gives it its name only when everything is in
 * it and on disk. When `fill` throws, nothing is left behind.
 */
export async function writeFolder<T>(outDir: string, fill: (folder: string) => Promise<T>): Promise<T> {
  const target = resolve(outDir);
  await assertFree(target);
  await mkdir(dirname(target), { recursive: true });
  const partial = join(dirname(target), `.${basename(target)}.partial-${randomBytes(4).toString("hex")}`);
  await mkdir(partial);
  try {
    const result = await fill(partial);
    await syncFolder(partial);
    // An empty folder of that name is replaced; one that has been filled meanwhile is not.
    await rename(partial, target).catch((error: NodeJS.ErrnoException) => {
      throw error.code === "ENOTEMPTY" || error.code === "EEXIST" ? notEmpty(target) : error;
    });
    await syncFolder(dirname(target));
    return result;
  } catch (error) {
    await rm(partial, { recursive: true, force: true, maxRetries: 3 });
    throw error;
  }
}

async function assertFree(target: string): Promise<void> {
  try {
    if ((await readdir(target)).length > 0) throw notEmpty(target);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOTDIR") throw new ExportError(`${target} is a file. Name a new or an empty folder.`);
    if (code !== "ENOENT") throw error;
  }
}

function notEmpty(target: string): ExportError {
  return new ExportError(`${target} is not empty. Name a new or an empty folder.`);
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
