/**
 * Which process runs an export: `<exportsDir>/<exportId>.owner` holds host, process id and a mark of the process. It is
 * there from before the export is on record until its outcome is.
 */
import { randomUUID } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";

/** Tells this process from an earlier one with its id: in a container every start has the same. */
const MARK = randomUUID();

const ownerFile = (exportsDir: string, exportId: string) => join(exportsDir, `${exportId}.owner`);

/** Makes this process the owner of an export that is about to be recorded. */
export async function claimExport(exportsDir: string, exportId: string): Promise<void> {
  await mkdir(exportsDir, { recursive: true });
  await writeFile(ownerFile(exportsDir, exportId), `${hostname()}:${process.pid}:${MARK}`, { flag: "wx" });
}

/** Ends the ownership of an export, whoever had it. */
export async function releaseExport(exportsDir: string, exportId: string): Promise<void> {
  await rm(ownerFile(exportsDir, exportId), { force: true });
}

/**
 * Whether nobody runs the export any more: its owner is unknown, or was a process of this host that is gone. Of a
 * process on another host nothing can be said, so its exports count as running.
 */
export async function isOrphaned(exportsDir: string, exportId: string): Promise<boolean> {
  const text = await readFile(ownerFile(exportsDir, exportId), "utf8").catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return "";
      throw error;
    },
  );
  const [, host, pid, mark] = /^([^:]+):([1-9]\d*):(.+)$/.exec(text) ?? [];
  if (host === undefined) return true;
  if (host !== hostname()) return false;
  if (Number(pid) === process.pid) return mark !== MARK;
  return !isAlive(Number(pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Anything else, such as EPERM, means that there is such a process.
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
