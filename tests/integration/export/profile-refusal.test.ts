import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { profileRefusal } from "../../../exporters/index.ts";
import { makeTempDir } from "../../support/temp.ts";

const SENTENCE = "Releases outside the team need consent filtering, which is not built yet.";

describe("until consent is filtered by scope", () => {
  it("only the internal profile is given out", () => {
    expect(profileRefusal("internal")).toBeNull();
    expect(profileRefusal("shared")).toBe(SENTENCE);
    expect(profileRefusal("public")).toBe(SENTENCE);
  });

  it.each([
    ["public", 1, SENTENCE],
    ["shared", 1, SENTENCE],
    ["everything", 2, "--profile"],
  ])("the command line answers --profile %s with exit code %i", (profile, code, message) => {
    const dataDir = join(makeTempDir("cli"), "data");
    const args = ["cli/turnwise.ts", "export", "--study", "any", "--out", join(dataDir, "out")];
    const { status, stderr } = spawnSync(process.execPath, [...args, "--profile", profile], {
      encoding: "utf8",
      env: { ...process.env, DATA_DIR: dataDir, DATABASE_URL: "" },
    });
    expect(stderr).toContain(message);
    expect(status).toBe(code);
    // Refused before anything is opened or made.
    expect(existsSync(dataDir)).toBe(false);
  });
});
