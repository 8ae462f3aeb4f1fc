import { InterruptedError } from "./errors.ts";

/**
 * Runs `work` with a signal that the first Ctrl-C aborts, so that it can clean up; a second one ends the process
 * at once.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stop = () => controller.abort(new InterruptedError("Stopped."));
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  try {
    return await work(controller.signal);
  } catch (error) {
    // What was cut off by the signal fails in many ways; they all mean the same.
    throw controller.signal.aborted ? controller.signal.reason : error;
  } finally {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  }
}
