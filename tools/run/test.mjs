/**
 * `npm test`: types, lint, floors, build, then every test in one vitest run. Stops at the first stage
 * that fails. `npm test -- tests/unit/foo` runs vitest alone with those arguments.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  at,
  ensureBuilt,
  ensureInstalled,
  nodePath,
  phase,
  printError,
  runNode,
  UserError,
} from "./bootstrap.mjs";
import { runQuietly } from "./lib/command.mjs";
import { ensureTestNeeds } from "./lib/test-needs.mjs";
import { summaryLine } from "./lib/test-summary.mjs";

const tool = (...parts) => at("node_modules", ...parts);

/** A stage is a list of commands for the pinned Node; its output is shown when it fails, or has notes. */
const STAGES = {
  types: [
    [tool("@react-router", "dev", "bin.cjs"), "typegen"],
    [tool("typescript", "bin", "tsc"), "--noEmit"],
  ],
  lint: [[tool("@biomejs", "biome", "bin", "biome"), "check", "--error-on-warnings", "."]],
  floors: [[at("tools", "check", "floors.mjs")], [at("tools", "check", "file-size.mjs")]],
};
const PRINTS_NOTES = "floors";

async function runStage(name) {
  const notes = await phase(name, async () => {
    let output = "";
    for (const args of STAGES[name]) {
      const result = await runQuietly(nodePath(), args);
      if (result.code !== 0) {
        throw new UserError(`${name} failed (exit ${result.code}).\n${result.output.trimEnd()}`);
      }
      output += result.output;
    }
    return output.trimEnd();
  });
  if (name === PRINTS_NOTES && notes) console.log(notes);
}

async function runVitest(args, skipped) {
  const dir = mkdtempSync(join(tmpdir(), "turnwise-report-"));
  const report = join(dir, "report.json");
  try {
    const flags = ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    if (process.env.TURNWISE_SKIP_BROWSER) flags.push("--project=!browser");
    const code = await runNode([tool("vitest", "vitest.mjs"), ...flags, ...args]);
    for (const line of skipped) console.log(`turnwise  ${line}`);
    console.log(summaryLine(report, code));
    return code;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Whether these arguments can reach tests of that kind: they name it, or name no kind at all. */
function reaches(args, kind) {
  const text = args.join(" ");
  return text.includes(kind) || !/\b(unit|contract|integration|browser)\b/.test(text);
}

async function main() {
  const args = process.argv.slice(2);
  await ensureInstalled();
  const needsMachine = ["contract", "integration", "browser"].some((kind) => reaches(args, kind));
  const skipped = needsMachine ? await ensureTestNeeds() : [];
  for (const line of skipped) console.log(`\nturnwise  ${line}\n`);
  if (args.length === 0) for (const name of Object.keys(STAGES)) await runStage(name);
  if (!process.env.TURNWISE_SKIP_BROWSER && reaches(args, "browser")) await ensureBuilt();
  return runVitest(args, skipped);
}

main().then(
  (code) => process.exit(code),
  (error) => {
    printError(error);
    process.exit(1);
  },
);
