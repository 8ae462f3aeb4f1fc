import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { makeTempDir } from "../../support/temp.ts";

it.each([
  [["--profile", "everything"], "internal, shared, public"],
  [["--format", "csv,xlsx"], 'There is no format "xlsx"'],
  [["--files", "turns,secrets"], 'There is no table "secrets"'],
  [["--test-seen", "2"], "from 0 to 1"],
  [["--licence", "WTFPL"], "CC-BY-4.0"],
  [["--images", "zip"], "shards, files"],
  [["--from", "yesterday"], "looks like 2026-01-31"],
  [["--study-version", "v2"], "number such as 1"],
])("turnwise export refuses %j before anything is opened, naming what there is", (flags, message) => {
  const dataDir = join(makeTempDir("cli"), "data");
  const args = ["cli/turnwise.ts", "export", "--study", "any", "--out", join(dataDir, "out"), ...flags];
  const { status, stderr } = spawnSync(process.execPath, args, {
    encoding: "utf8",
    env: { ...process.env, DATA_DIR: dataDir, DATABASE_URL: "" },
  });
  expect(stderr).toContain(message);
  expect(status).toBe(2);
  expect(existsSync(dataDir)).toBe(false);
});
