/**
 * npm runs a script through a shell. When npm is ended by SIGTERM, only that shell hears of it, and
 * what it started would live on and keep the port. So whoever npm started looks whether its parent is
 * still the same.
 */
const LOOK_EVERY_MS = 500;
const parent = process.ppid;

/** True when npm started this process and its shell is gone. */
export function wasLeftByNpm() {
  return process.env.npm_lifecycle_event !== undefined && process.ppid !== parent;
}

/** Calls back once when npm's shell is gone. Returns a function that stops looking. */
export function onNpmGone(callback) {
  const timer = setInterval(() => {
    if (!wasLeftByNpm()) return;
    clearInterval(timer);
    callback();
  }, LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
