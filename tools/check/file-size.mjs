/** Source files stay readable: above 300 lines they are listed, above 350 they fail. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { at } from "../run/lib/root.mjs";

const FOLDERS = ["app", "db", "exporters", "cli"];
const LISTED_ABOVE = 300;
const FAILS_ABOVE = 350;
/** Files that are data: tables of words, colours or pictures, with next to no logic. */
const DATA_FILES = new Set([]);

function sourceFiles(folder) {
  return readdirSync(at(folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourceFiles(path);
    return /\.(ts|tsx|mjs|js|css)$/.test(entry.name) ? [path] : [];
  });
}

let failed = false;
for (const file of FOLDERS.filter((folder) => existsSync(at(folder))).flatMap(sourceFiles)) {
  const lines = readFileSync(at(file), "utf8").split("\n").length - 1;
  if (lines <= LISTED_ABOVE || DATA_FILES.has(file)) continue;
  const tooLong = lines > FAILS_ABOVE;
  failed ||= tooLong;
  console.log(`  ${file} has ${lines} lines${tooLong ? `; split it (limit ${FAILS_ABOVE})` : ""}`);
}
process.exitCode = failed ? 1 : 0;
