import { randomBytes } from "node:crypto";
import { mkdir, readFile, rm, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Finding } from "../port.ts";

const LITTLE_ROOM_BYTES = 1_000_000_000;

/** Throws the system's error when the folder cannot be made, written or read. */
export async function checkFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const probe = join(folder, `.check-${randomBytes(6).toString("hex")}`);
  await writeFile(probe, "probe", { flag: "wx" });
  await readFile(probe);
  await rm(probe);
}

export async function* diagnoseLocal(folder: string): AsyncGenerator<Finding> {
  const what = "write, read and remove a file";
  try {
    await checkFolder(folder);
    yield { what, outcome: "ok", detail: folder };
  } catch (error) {
    yield { what, outcome: "failed", detail: explainFolder(folder, error) };
    return;
  }
  const { bavail, bsize } = await statfs(folder);
  const gigabytes = `${((bavail * bsize) / 1e9).toFixed(1)} GB free`;
  const little = bavail * bsize < LITTLE_ROOM_BYTES;
  yield {
    what: "room on the disk",
    outcome: little ? "warning" : "ok",
    detail: little ? `${gigabytes}. A session of five turns takes about 80 images: make room.` : gigabytes,
  };
}

export function explainFolder(folder: string, error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ENOSPC" || code === "EDQUOT") return `The disk of ${folder} is full. Free some space.`;
  if (code === "EROFS") return `${folder} is on a disk that is mounted read-only.`;
  if (code === "EACCES" || code === "EPERM" || code === "ENOTDIR" || code === "EEXIST") {
    return `Cannot store images in ${folder}. Make it a writable folder, or set DATA_DIR.`;
  }
  return `Cannot store images in ${folder}: ${message}`;
}
