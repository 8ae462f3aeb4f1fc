import { execFile } from "node:child_process";
import { join } from "node:path";
import { describe, expect, inject, test } from "vitest";
import { projectRoot } from "../../../db/store.ts";
import { createBucket, s3Env, type TestS3 } from "../../support/s3-server.ts";
import { makeTempDir } from "../../support/temp.ts";

interface Outcome {
  status: number | null;
  stdout: string;
  stderr: string;
}

function turnwise(args: string[], env: Record<string, string> = {}): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [join(projectRoot(), "cli/turnwise.ts"), "storage", ...args],
      { env: { ...process.env, DATA_DIR: makeTempDir("cli"), ...env } },
      (_error, stdout, stderr) => resolve({ status: child.exitCode, stdout, stderr }),
    );
  });
}

const s3 = inject("s3");

describe("turnwise storage", () => {
  test("check tries the folder in use", async () => {
    const { status, stdout } = await turnwise(["check"]);
    expect([status, stdout]).toEqual([0, expect.stringMatching(/ok +write, read and remove a file/)]);
  });

  test("migrate and sweep refuse what cannot be meant", async () => {
    const [same, young, unset] = await Promise.all([
      turnwise(["migrate", "--from", "local", "--to", "local"]),
      turnwise(["sweep", "--older-than", "0.5"]),
      turnwise(["migrate", "--from", "local", "--to", "s3"]),
    ]);
    expect(same).toMatchObject({ status: 1, stderr: "turnwise: Name two different stores.\n" });
    expect([young.status, young.stderr]).toEqual([2, expect.stringMatching(/at least 2/)]);
    expect(unset).toMatchObject({ status: 1, stderr: "turnwise: Nothing is set for S3: set S3_BUCKET.\n" });
  });

  test.skipIf(s3 === null)(
    "check makes a missing bucket when asked, and says what is wrong with a secret",
    async () => {
      const server = s3 as TestS3;
      const env = s3Env(server, "made-by-check");
      const [missing, wrong] = await Promise.all([
        turnwise(["check"], env),
        turnwise(["check"], { ...env, S3_SECRET_ACCESS_KEY: "hunter2-hunter2" }),
      ]);
      expect([missing.status, missing.stdout]).toEqual([
        1,
        expect.stringMatching(/FAILED +open the bucket: .*no bucket "made-by-check"/),
      ]);
      expect(missing.stderr).toBe("turnwise: The store cannot be used as it is.\n");
      expect((await turnwise(["check", "--create-bucket"], env)).status).toBe(0);
      expect([wrong.status, wrong.stdout]).toEqual([
        1,
        expect.stringMatching(/FAILED .*S3_SECRET_ACCESS_KEY/),
      ]);
      expect(wrong.stdout + wrong.stderr).not.toContain("hunter2");
    },
  );

  test.skipIf(s3 === null)("migrate and sweep run against an empty installation", async () => {
    const server = s3 as TestS3;
    const env = { ...s3Env(server, await createBucket(server)), OBJECT_STORE: "local" };
    const moved = await turnwise(["migrate", "--from", "local", "--to", "s3", "--verify"], env);
    expect([moved.status, moved.stdout]).toEqual([0, expect.stringMatching(/copied +0/)]);
    const swept = await turnwise(["sweep", "--store", "s3"], env);
    expect([swept.status, swept.stdout]).toEqual([0, expect.stringMatching(/orphans +0/)]);
  });
});
