import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { withBinPath } from "./command.mjs";
import { onNpmGone, wasLeftByNpm } from "./npm-parent.mjs";
import { at, root, UserError } from "./root.mjs";

const OLDEST = [24, 18];

function isNewEnough(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

/** The Node that runs Turnwise: the pinned one of tools/node, or this one where it is new enough. */
export function nodePath() {
  const pinned = at("node_modules", ".bin", "node");
  if (existsSync(pinned)) return pinned;
  if (isNewEnough(process.version)) return process.execPath;
  throw new UserError(
    `Turnwise needs Node ${OLDEST.join(".")} or newer and this is ${process.version}. ` +
      "Linux on x64 and arm64 gets it with the dependencies; here, install it yourself (see .nvmrc) and start again.",
  );
}

/**
 * Runs the pinned Node and resolves with its exit code. A signal that reaches this process is handed
 * on once, unless the terminal has given it to the child already.
 */
export function runNode(args, { env = {}, cwd = root, stdio = "inherit" } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(nodePath(), args, { cwd, env: withBinPath({ ...process.env, ...env }), stdio });
    let forwarded = false;
    const forward = (signal) => {
      if (forwarded) return;
      forwarded = true;
      const fromTerminal = signal === "SIGINT" && process.stdin.isTTY === true;
      if (!fromTerminal) child.kill(signal);
    };
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
    for (const signal of signals) process.on(signal, forward);
    const stopWatching = onNpmGone(() => forward("SIGTERM"));
    const end = () => {
      stopWatching();
      for (const signal of signals) process.off(signal, forward);
    };
    child.once("error", (error) => {
      end();
      reject(error);
    });
    child.once("exit", (code, signal) => {
      end();
      resolve(code ?? (signal === "SIGINT" ? 130 : signal === "SIGTERM" ? 143 : 1));
    });
  });
}

/**
 * Turns this process into the pinned Node, so that no launcher stays between the terminal and the
 * server. Falls back to a child process on a Node that cannot (before 22.15, and on Windows).
 */
export async function becomeNode(args, { env = {} } = {}) {
  if (wasLeftByNpm()) process.exit(143);
  if (typeof process.execve === "function" && process.platform !== "win32") {
    const node = nodePath();
    process.chdir(root);
    process.removeAllListeners("warning");
    process.execve(node, [node, ...args], withBinPath({ ...process.env, ...env }));
  }
  process.exit(await runNode(args, { env }));
}
