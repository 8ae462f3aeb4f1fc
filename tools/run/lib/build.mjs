import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { runQuietly, tailOf, withBinPath } from "./command.mjs";
import { withLock } from "./lock.mjs";
import { nodePath } from "./node.mjs";
import { phase } from "./phase.mjs";
import { at, UserError } from "./root.mjs";

/** Everything that can end up in the bundle. */
const SOURCES = [
  "app",
  "db",
  "exporters",
  "fixtures",
  "public",
  "package.json",
  "package-lock.json",
  "react-router.config.ts",
  "tsconfig.json",
  "vite.config.ts",
];
const STAMP = at("build", ".stamp");
const PRODUCTS = [at("build", "server", "index.js"), at("build", "client")];
/** Bigger files count by size and time of change instead of by content. */
const HASH_UP_TO_BYTES = 1_000_000;

function addTo(hash, path) {
  const stat = statSync(at(path), { throwIfNoEntry: false });
  if (!stat) return;
  if (stat.isDirectory()) {
    for (const name of readdirSync(at(path)).sort()) addTo(hash, `${path}/${name}`);
    return;
  }
  hash.update(`\0${path}\0${stat.size}\0`);
  hash.update(stat.size > HASH_UP_TO_BYTES ? String(stat.mtimeMs) : readFileSync(at(path)));
}

function sourcesHash() {
  const hash = createHash("sha1");
  for (const path of SOURCES) addTo(hash, path);
  return hash.digest("hex");
}

/** True when the build is missing or older than its sources. Takes a few milliseconds. */
export function isBuildStale() {
  if (!PRODUCTS.every((path) => existsSync(path)) || !existsSync(STAMP)) return true;
  return readFileSync(STAMP, "utf8") !== sourcesHash();
}

async function build() {
  const hash = sourcesHash();
  rmSync(STAMP, { force: true });
  const cli = at("node_modules", "@react-router", "dev", "bin.cjs");
  const env = withBinPath({ ...process.env, NODE_ENV: "production" });
  const { code, output } = await runQuietly(nodePath(), [cli, "build"], { env });
  if (code !== 0)
    throw new UserError(`The build failed (exit ${code}). The end of its log:\n${tailOf(output, 60)}`);
  mkdirSync(at("build"), { recursive: true });
  writeFileSync(STAMP, hash);
}

/** Builds when the sources are newer than the build. */
export async function ensureBuilt() {
  if (!isBuildStale()) return;
  await withLock(
    "build",
    async () => {
      if (isBuildStale()) await phase("building", build);
    },
    () => console.log("turnwise  waiting for another start to finish building …"),
  );
}
