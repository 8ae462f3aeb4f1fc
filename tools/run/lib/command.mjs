import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { at, root, UserError } from "./root.mjs";

const KEEP_LINES = 400;
const SIGNAL_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };
const children = new Set();

function killChildren() {
  for (const child of children) child.kill("SIGTERM");
}

function exitOn(signal) {
  process.exit(SIGNAL_CODES[signal]);
}

/** While children run, the end of this process, for whatever reason it can notice, ends them too. */
function adopt(child) {
  if (children.size === 0) {
    process.on("exit", killChildren);
    for (const signal of Object.keys(SIGNAL_CODES)) process.on(signal, exitOn);
  }
  children.add(child);
}

function release(child) {
  children.delete(child);
  if (children.size > 0) return;
  process.off("exit", killChildren);
  for (const signal of Object.keys(SIGNAL_CODES)) process.off(signal, exitOn);
}

/** The environment with the project's own tools, and with them the pinned Node, first on the PATH. */
export function withBinPath(env = process.env) {
  const bin = at("node_modules", ".bin");
  const rest = (env.PATH ?? "").split(delimiter).filter((dir) => dir && dir !== bin);
  return { ...env, PATH: [bin, ...rest].join(delimiter) };
}

/** The environment without any node_modules/.bin on the PATH: npm must not run on a Node that it replaces. */
export function withoutBinPath(env = process.env) {
  const dirs = (env.PATH ?? "").split(delimiter);
  return { ...env, PATH: dirs.filter((dir) => !dir.endsWith(join("node_modules", ".bin"))).join(delimiter) };
}

export function tailOf(output, lines = 40) {
  return output.trimEnd().split("\n").slice(-lines).join("\n");
}

/** Runs a command without showing its output. Resolves with the exit code and the last of the output. */
export function runQuietly(command, args, { env = withBinPath(), cwd = root, shell = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, shell, stdio: ["ignore", "pipe", "pipe"] });
    adopt(child);
    let lines = [""];
    const collect = (chunk) => {
      const parts = chunk.split("\n");
      lines[lines.length - 1] += parts[0];
      lines.push(...parts.slice(1));
      if (lines.length > 2 * KEEP_LINES) lines = lines.slice(-KEEP_LINES);
    };
    child.stdout.setEncoding("utf8").on("data", collect);
    child.stderr.setEncoding("utf8").on("data", collect);
    child.once("error", (error) => {
      release(child);
      reject(error.code === "ENOENT" ? new UserError(`Cannot find the command "${command}".`) : error);
    });
    child.once("close", (code, signal) => {
      release(child);
      resolve({ code: code ?? 1, signal, output: lines.join("\n") });
    });
  });
}
