/**
 * For the container image, after `npm ci --omit=dev`: removes what the dependencies do not lead to. npm keeps the tools
 * of development that a dependency names as an optional peer, such as a bundler.
 */
import { existsSync, readFileSync, rmSync } from "node:fs";

const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));

/** The lockfile's key of a package, as Node finds it from another one; undefined when it is not installed. */
function find(from, name) {
  for (let at = from; ; ) {
    const key = `${at === "" ? "" : `${at}/`}node_modules/${name}`;
    if (packages[key]) return key;
    if (at === "") return undefined;
    const end = at.lastIndexOf("/node_modules/");
    at = end === -1 ? "" : at.slice(0, end);
  }
}

const needed = new Set();
const queue = Object.keys(packages[""].dependencies).map((name) => find("", name));
while (queue.length > 0) {
  const key = queue.pop();
  if (key === undefined || needed.has(key)) continue;
  needed.add(key);
  const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = packages[key];
  const peers = Object.keys(peerDependencies ?? {}).filter((name) => !peerDependenciesMeta?.[name]?.optional);
  for (const name of [...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers]) {
    queue.push(find(key, name));
  }
}

let removed = 0;
for (const key of Object.keys(packages).filter((key) => key.startsWith("node_modules/"))) {
  const holdsNeeded = [...needed].some((other) => other === key || other.startsWith(`${key}/`));
  if (holdsNeeded || !existsSync(key)) continue;
  rmSync(key, { recursive: true });
  removed += 1;
}
console.log(`kept ${needed.size} packages, removed ${removed}`);
