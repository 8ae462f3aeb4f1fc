import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../../db/store.ts";

/** One line of a table of figures; all texts are ready to be printed. */
export interface Figure {
  id: string;
  what: string;
  value: string;
  target: string;
  met: boolean;
  detail: string;
}

/**
 * Puts a table into docs/measurements.md, between the markers `<!-- name:begin -->` and `<!-- name:end -->`; what stands
 * around them stays. The table names the command, the commit and the machine.
 */
export function writeMeasurements(name: "bench" | "torture", rows: readonly Figure[]): void {
  const begin = `<!-- ${name}:begin -->`;
  const finish = `<!-- ${name}:end -->`;
  const file = join(projectRoot(), "docs/measurements.md");
  const table = [
    begin,
    `\`npm run ${name}\` at commit ${commit()} on ${machine()}.`,
    "",
    "| # | measured | value | target | met | detail |",
    "|---|---|---|---|---|---|",
    ...rows.map(
      (r) => `| ${r.id} | ${r.what} | ${r.value} | ${r.target} | ${r.met ? "yes" : "**no**"} | ${r.detail} |`,
    ),
    finish,
  ].join("\n");
  const before = existsSync(file) ? readFileSync(file, "utf8") : `# Measurements\n\n${begin}\n${finish}\n`;
  const start = before.indexOf(begin);
  const end = before.indexOf(finish);
  if (start < 0 || end < start) throw new Error(`${file} has lost its markers ${begin} and ${finish}`);
  writeFileSync(file, before.slice(0, start) + table + before.slice(end + finish.length));
}

function commit(): string {
  return execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: projectRoot() }).toString().trim();
}

function machine(): string {
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} × ${cpus()[0]?.model.trim()}, ${memory} GiB, Node ${process.version}`;
}
