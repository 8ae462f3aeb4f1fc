import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import type { Actor } from "../../../app/domain/actor.ts";
import { ProviderError } from "../../../app/domain/provider-call.ts";
import { showPresence } from "../../../app/services/generation/show-presence.server.ts";
import { getSystemHealth } from "../../../app/services/operation/get-system-health.server.ts";
import { getStudyMonitor } from "../../../app/services/study/get-study-monitor.server.ts";
import type { T2iModel } from "../../../app/t2i/port.ts";
import { projectRoot } from "../../../db/store.ts";
import { createPerson, describeBothDatabases } from "../../support/context.ts";
import { modelEnv, startSdWebUi } from "../../support/providers/index.ts";
import { openStudy, runDueSteps, sendPrompt, startTask } from "../../support/session.ts";
import { makeTempDir } from "../../support/temp.ts";

describeBothDatabases("what an operator sees", (open) => {
  const ctx = () => open().ctx;

  test("latency, faults, queue and workers are there, and the study's faults on its monitor", async () => {
    const { studyId, raters, coordinator } = await openStudy(ctx());
    const rater = raters[0] as Actor;
    const assignmentId = await startTask(ctx(), rater, studyId);
    await sendPrompt(ctx(), rater, assignmentId);
    await runDueSteps(ctx(), ["propose"]);
    await ctx().objects.check();
    const before = await getSystemHealth(ctx(), coordinator);
    expect(before.queue).toMatchObject({ waiting: 16, running: 0 });
    expect(before.parts.map((part) => part.ok)).toEqual([true, true]);
    const swatch = ctx().t2iModels.get("swatch") as T2iModel;
    const render = () => Promise.reject(new ProviderError("swatch", "rejected", "this size is not possible"));
    await runDueSteps({ ...ctx(), t2iModels: new Map([["swatch", { ...swatch, render }]]) });
    await showPresence(ctx(), { owner: "host:7:wrk", running: 2 });

    const health = await getSystemHealth(ctx(), coordinator);
    const provider = (id: string) => health.providers.find((one) => one.id === id);
    expect(provider("lexicon")).toMatchObject({ calls: 1, faults: [], p50Ms: 0, breaker: "closed" });
    expect(provider("swatch")?.faults).toMatchObject([{ fault: "rejected" }]);
    expect(health.workers).toMatchObject([{ host: "host", pid: 7, running: 2, isAlive: true }]);
    open().advance(60_000);
    expect((await getSystemHealth(ctx(), coordinator)).workers[0]?.isAlive).toBe(false);

    const { faults } = await getStudyMonitor(ctx(), coordinator, { studyId });
    expect(faults).toMatchObject({
      faults: [{ provider: "swatch", fault: "rejected" }],
      failedTurns: [{ kind: "fault", n: 1 }],
      latest: { message: expect.stringContaining("this size is not possible") },
    });
    for (const role of ["rater", "researcher"] as const) {
      const actor = await createPerson(ctx(), role);
      await expect(getSystemHealth(ctx(), actor)).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
  });
});

describe("turnwise doctor", () => {
  const doctor = async (env: Record<string, string>) => {
    const { NODE_ENV: _, ...inherited } = process.env;
    const command = [join(projectRoot(), "cli/turnwise.ts"), "doctor"];
    const options = { env: { ...inherited, DATA_DIR: makeTempDir("doctor"), ...env } };
    return promisify(execFile)(process.execPath, command, options).then(
      ({ stdout }) => ({ code: 0, text: stdout }),
      (error: { code: number; stdout: string; stderr: string }) => ({
        code: error.code,
        text: error.stdout + error.stderr,
      }),
    );
  };

  test("a sound installation passes, with a real image from the configured service", async () => {
    const sdxl = await startSdWebUi();
    try {
      const { code, text } = await doctor(modelEnv("sdxl", sdxl));
      expect(text).toContain("Everything works.");
      expect(text).toMatch(/ok\s+sdxl draws: \d+ × \d+ px/);
      expect(code).toBe(0);
      expect(sdxl.calls).toHaveLength(1);
    } finally {
      await sdxl.close();
    }
  });

  test("a wrong key is one problem line with what to do, exit code 1, and the key is not printed", async () => {
    const sdxl = await startSdWebUi();
    try {
      const wrong = "user:not-the-right-password";
      const { code, text } = await doctor(modelEnv("sdxl", sdxl, { KEY: wrong }));
      expect(code).toBe(1);
      expect(text).toMatch(/PROBLEM\s+sdxl/);
      expect(text).toContain("correct the MODEL_… variables");
      expect(text).not.toContain(wrong);
      expect(text).toMatch(/ok\s+sketch draws/);
    } finally {
      await sdxl.close();
    }
  });
});
