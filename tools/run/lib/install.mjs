import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { runQuietly, tailOf, withoutBinPath } from "./command.mjs";
import { withLock } from "./lock.mjs";
import { phase } from "./phase.mjs";
import { at, UserError } from "./root.mjs";

const STAMP = at("node_modules", ".turnwise-stamp");

function wantedStamp() {
  const hash = createHash("sha256");
  for (const file of ["package-lock.json", "tools/node/package.json"]) hash.update(readFileSync(at(file)));
  return hash.digest("hex");
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

/**
 * True where npm itself says that node_modules holds what the lockfile asks for: somebody ran
 * `npm ci` or `npm install` by hand. npm writes its hidden lockfile last.
 */
function matchesLockfile() {
  const wanted = readJson(at("package-lock.json"))?.packages;
  const present = readJson(at("node_modules", ".package-lock.json"))?.packages;
  if (!wanted || !present) return false;
  const keys = Object.keys(wanted).filter((key) => key.startsWith("node_modules/"));
  const same = (key) =>
    present[key]
      ? present[key].version === wanted[key].version && existsSync(at(key))
      : wanted[key].optional === true;
  return keys.every(same) && Object.keys(present).every((key) => key in wanted);
}

/** On a system where the pinned Node cannot run (musl), its link must not hide the system's own. */
function dropPinnedNodeThatCannotRun() {
  const pinned = at("node_modules", ".bin", "node");
  if (!existsSync(pinned)) return;
  if (spawnSync(pinned, ["--version"], { stdio: "ignore" }).status !== 0) rmSync(pinned, { force: true });
}

async function runNpmCi() {
  const windows = process.platform === "win32";
  // NODE_ENV=production or a user's `omit` setting must not leave out the build tools or the pinned Node;
  // loglevel=error hides npm's EBADENGINE warnings, which only say that npm itself runs on an older Node;
  // no dependency needs its install script (see allowScripts in package.json, which older npm ignores).
  const args = ["ci", "--no-audit", "--no-fund", "--no-progress", "--loglevel=error"];
  args.push("--include=dev", "--include=optional", "--engine-strict=false", "--ignore-scripts");
  const { code, output } = await runQuietly(windows ? "npm.cmd" : "npm", args, {
    env: withoutBinPath(),
    shell: windows,
  });
  if (code !== 0)
    throw new UserError(`npm ci failed (exit ${code}). The end of what it said:\n${tailOf(output)}`);
}

/** Installs the dependencies when node_modules is missing or belongs to another lockfile. */
export async function ensureInstalled() {
  const stamp = wantedStamp();
  const isCurrent = () => existsSync(STAMP) && readFileSync(STAMP, "utf8") === stamp;
  if (isCurrent()) return;
  await withLock(
    "install",
    async () => {
      if (isCurrent()) return;
      if (!matchesLockfile()) await phase("installing dependencies", runNpmCi);
      dropPinnedNodeThatCannotRun();
      writeFileSync(STAMP, stamp);
    },
    () => console.log("turnwise  waiting for another start to finish installing …"),
  );
}
