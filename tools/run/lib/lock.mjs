import { createHash } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./root.mjs";

const POLL_MS = 200;
const BEAT_MS = 2_000;
/** A holder renews its lock every two seconds; one that has not for this long is gone. */
const DEAD_AFTER_MS = 20_000;

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

function take(file, content) {
  try {
    writeFileSync(file, content, { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

/** Removes the lock of a process that is gone. The rename makes sure that only one waiter does. */
function clearIfDead(file) {
  let content;
  let ageMs;
  try {
    content = readFileSync(file, "utf8");
    ageMs = Date.now() - statSync(file).mtimeMs;
  } catch {
    return;
  }
  const pid = Number.parseInt(content, 10);
  const dead = Number.isInteger(pid) ? !isAlive(pid) || ageMs > DEAD_AFTER_MS : ageMs > DEAD_AFTER_MS;
  if (!dead) return;
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    // Another waiter was quicker and this is already its fresh lock: give it back.
    if (readFileSync(aside, "utf8") !== content) linkSync(aside, file);
  } catch {
    // Somebody else cleared it.
  }
  rmSync(aside, { force: true });
}

/** In the temporary folder: npm empties node_modules and the build empties build/. */
function lockFile(name) {
  const checkout = createHash("sha256").update(root).digest("hex").slice(0, 12);
  return join(tmpdir(), `turnwise-${process.getuid?.() ?? "user"}-${checkout}-${name}.lock`);
}

/** Runs `work` while holding a lock file; two starts at the same time do the work one after the other. */
export async function withLock(name, work, onWait = () => {}) {
  const file = lockFile(name);
  const content = `${process.pid} ${Date.now()} ${Math.random()}\n`;
  let waited = false;
  while (!take(file, content)) {
    if (!waited) onWait();
    waited = true;
    clearIfDead(file);
    await sleep(POLL_MS);
  }
  const release = () => {
    try {
      if (readFileSync(file, "utf8") === content) rmSync(file, { force: true });
    } catch {
      // Already gone.
    }
  };
  const beat = setInterval(() => {
    try {
      utimesSync(file, new Date(), new Date());
    } catch {
      // The folder was removed; the work will notice if it matters.
    }
  }, BEAT_MS);
  beat.unref();
  process.once("exit", release);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    process.off("exit", release);
    release();
  }
}
