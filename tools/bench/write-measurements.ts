import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../db/store.ts";
import type { Row } from "./index.ts";

const BEGIN = "<!-- bench:begin -->";
const END = "<!-- bench:end -->";

/** Puts the table into docs/measurements.md, between its markers; what stands around them stays. */
export function writeMeasurements(rows: readonly Row[], run: { commit: string; machine: string }): void {
  const file = join(projectRoot(), "docs/measurements.md");
  const table = [
    BEGIN,
    `\`npm run bench\` at commit ${run.commit} on ${run.machine}.`,
    "",
    "| # | measured | value | target | met | detail |",
    "|---|---|---|---|---|---|",
    ...rows.map(
      (r) => `| ${r.id} | ${r.what} | ${r.value} | ${r.target} | ${r.met ? "yes" : "**no**"} | ${r.detail} |`,
    ),
    END,
  ].join("\n");
  const before = existsSync(file) ? readFileSync(file, "utf8") : `# Measurements\n\n${BEGIN}\n${END}\n`;
  const start = before.indexOf(BEGIN);
  const end = before.indexOf(END);
  if (start < 0 || end < start) throw new Error(`${file} has lost its markers ${BEGIN} and ${END}`);
  writeFileSync(file, before.slice(0, start) + table + before.slice(end + END.length));
}
