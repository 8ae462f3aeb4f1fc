/**
 * Runs the built server. build/server/index.js exports
 * `start({ demo }): Promise<{ close(): Promise<void> }>`; it listens, prints its addresses, and leaves
 * signals and the end of the process to this file.
 */
import { onNpmGone } from "./lib/npm-parent.mjs";
import { printError } from "./lib/root.mjs";

process.env.NODE_ENV = "production";

/** One Ctrl-C can arrive twice: from the terminal and from npm. */
const SAME_SIGNAL_WITHIN_MS = 1_000;
const CLOSE_WITHIN_MS = 15_000;

let stoppingSince = 0;
let server;

async function stop(signal) {
  if (stoppingSince > 0) {
    if (performance.now() - stoppingSince > SAME_SIGNAL_WITHIN_MS)
      process.exit(signal === "SIGINT" ? 130 : 143);
    return;
  }
  stoppingSince = performance.now();
  const deadline = setTimeout(() => {
    console.error("turnwise: Stopping took too long; ended without waiting for open requests.");
    process.exit(1);
  }, CLOSE_WITHIN_MS);
  deadline.unref();
  try {
    await (await server)?.close();
    process.exit(0);
  } catch (error) {
    printError(error);
    process.exit(1);
  }
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => stop(signal));
onNpmGone(() => stop("SIGTERM"));

try {
  server = import("../../build/server/index.js").then((build) => build.start({ demo: true }));
  await server;
} catch (error) {
  // While stopping, stop() waits for the same promise and reports.
  if (stoppingSince === 0) {
    printError(error);
    process.exit(1);
  }
}
