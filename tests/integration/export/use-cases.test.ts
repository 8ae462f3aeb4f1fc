import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { beforeAll, expect, it, vi } from "vitest";
import type { Actor } from "../../../app/domain/actor.ts";
import { listExports } from "../../../app/services/dataset/list-exports.server.ts";
import { openExportFile } from "../../../app/services/dataset/open-export-file.server.ts";
import {
  failInterruptedExports,
  runExport,
  stopExports,
} from "../../../app/services/dataset/run-export.server.ts";
import { claimExport, releaseExport } from "../../../app/services/dataset/run-export-owner.server.ts";
import { startExport } from "../../../app/services/dataset/start-export.server.ts";
import { createPerson, describeBothDatabases } from "../../support/context.ts";
import { insertStudy, insertTrajectory, PLANS, STUDY_ID } from "./fill-study.ts";

let serial = 0;
const submission = () => `submission_${++serial}`;

describeBothDatabases("exports of a study", (open) => {
  let researcher: Actor;

  beforeAll(async () => {
    const { ctx } = open();
    await insertStudy(ctx.store);
    for (const plan of PLANS) await insertTrajectory(ctx.store, plan);
    researcher = await createPerson(ctx, "researcher");
  });

  async function exportNow() {
    const { ctx } = open();
    const args = { studyId: STUDY_ID, profile: "internal" as const, submissionId: submission() };
    const { exportId } = await startExport(ctx, researcher, args);
    await runExport(ctx, exportId);
    const row = (await listExports(ctx, researcher, { studyId: STUDY_ID })).find(
      (r) => r.exportId === exportId,
    );
    return { args, exportId, row };
  }

  it("run in the background and end with their files listed, newest first", async () => {
    const { ctx, advance } = open();
    const first = await exportNow();
    advance(1000);
    const second = await exportNow();
    expect(second.row).toMatchObject({ status: "done", profile: "internal", error: null });
    const rows = Object.fromEntries(second.row?.files.map((f) => [f.name, f.rows]) ?? []);
    expect(rows).toMatchObject({
      "trajectories.jsonl": 3,
      "trajectories.parquet": 3,
      "turns.csv": 7,
      "columns.csv": 28,
      "images.csv": 112,
      "images.parquet": 112,
      "raters.csv": 1,
      "manifest.json": null,
      SHA256SUMS: null,
    });
    const list = await listExports(ctx, researcher, { studyId: STUDY_ID });
    expect(list.slice(0, 2).map((r) => r.exportId)).toEqual([second.exportId, first.exportId]);
  });

  it("have pseudonyms that nothing links to those of another export", async () => {
    const { ctx } = open();
    const ids = async () => {
      const { exportId } = await exportNow();
      const text = readFileSync(join(ctx.exportsDir, exportId, "trajectories.jsonl"), "utf8");
      return [...text.matchAll(/"(?:rater|study|trajectory)_id":"([^"]+)"/g)].map((m) => m[1]);
    };
    const [one, two] = [await ids(), await ids()];
    expect(one.length).toBeGreaterThan(5);
    expect(one.filter((id) => two.includes(id))).toEqual([]);
  });

  it("are started once by a repeated submission, and audited once", async () => {
    const { ctx } = open();
    const { args, exportId } = await exportNow();
    expect(await startExport(ctx, researcher, args)).toEqual({ exportId });
    const { auditLog } = ctx.store.t;
    const audit = await ctx.store.read.select().from(auditLog).where(eq(auditLog.action, "export.started"));
    const own = audit.filter((entry) => entry.data.exportId === exportId);
    expect(own).toHaveLength(1);
    expect(own[0]).toMatchObject({ actorUserId: researcher.userId, subjectId: STUDY_ID });
  });

  it("are for researchers and admins only", async () => {
    const { ctx } = open();
    const { exportId } = await exportNow();
    for (const role of ["rater", "coordinator"] as const) {
      const actor = await createPerson(ctx, role);
      const args = { studyId: STUDY_ID, profile: "internal" as const, submissionId: submission() };
      await expect(startExport(ctx, actor, args)).rejects.toMatchObject({ code: "FORBIDDEN" });
      await expect(listExports(ctx, actor, { studyId: STUDY_ID })).rejects.toMatchObject({
        code: "FORBIDDEN",
      });
      await expect(openExportFile(ctx, actor, { exportId, name: "turns.csv" })).rejects.toMatchObject({
        code: "FORBIDDEN",
      });
    }
  });

  it("of an unknown study, or with an unknown profile, are refused", async () => {
    const { ctx } = open();
    const start = (args: { studyId: string; profile: string }) =>
      startExport(ctx, researcher, { ...args, submissionId: submission() } as Parameters<
        typeof startExport
      >[2]);
    await expect(start({ studyId: "std_none", profile: "internal" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(start({ studyId: STUDY_ID, profile: "everything" })).rejects.toMatchObject({
      code: "INVALID_INPUT",
    });
    expect(readdirSync(ctx.exportsDir).filter((name) => name.endsWith(".owner"))).toEqual([]);
  });

  it.each(["shared", "public"] as const)("for the profile %s hold what may be given out", async (profile) => {
    const { ctx } = open();
    // Its rater is simulated, so nobody had to be asked.
    const { exportId } = await startExport(ctx, researcher, {
      studyId: STUDY_ID,
      profile,
      submissionId: submission(),
    });
    await runExport(ctx, exportId);
    const manifest = JSON.parse(readFileSync(join(ctx.exportsDir, exportId, "manifest.json"), "utf8")) as {
      profile: string;
      counts: { trajectories: number };
    };
    expect(manifest).toMatchObject({ profile, counts: { trajectories: 3 } });
  });

  it("give out the files on their list and nothing else", async () => {
    const { ctx } = open();
    const { exportId } = await exportNow();
    const file = await openExportFile(ctx, researcher, { exportId, name: "turns.csv" });
    expect(readFileSync(file.path).byteLength).toBe(file.byteSize);
    writeFileSync(join(ctx.exportsDir, exportId, "stray.txt"), "not listed");
    for (const name of [
      "stray.txt",
      "../../turnwise.db",
      `../${exportId}/turns.csv`,
      "",
      ".",
      "/etc/passwd",
      "constructor",
    ]) {
      await expect(openExportFile(ctx, researcher, { exportId, name })).rejects.toMatchObject({
        code: "NOT_FOUND",
      });
    }
    await expect(
      openExportFile(ctx, researcher, { exportId: "..", name: "turns.csv" }),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
    rmSync(file.path);
    await expect(openExportFile(ctx, researcher, { exportId, name: "turns.csv" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  /** An export that is recorded as running, with what its process has written so far. */
  async function insertRunning(owner: string | null): Promise<string> {
    const { ctx } = open();
    const id = ctx.newId("exp");
    await ctx.store.tx((tx) =>
      tx
        .insert(ctx.store.t.exports)
        .values({ id, studyId: STUDY_ID, status: "running", profile: "internal", createdAtMs: ctx.now() }),
    );
    mkdirSync(join(ctx.exportsDir, `.${id}.partial-0000`), { recursive: true });
    if (owner !== null) writeFileSync(join(ctx.exportsDir, `${id}.owner`), owner);
    return id;
  }

  async function lookUp(exportId: string) {
    const { ctx } = open();
    const rows = await listExports(ctx, researcher, { studyId: STUDY_ID });
    const files = readdirSync(ctx.exportsDir).filter((name) => name.includes(exportId));
    return { row: rows.find((r) => r.exportId === exportId), files };
  }

  const endedPid = () => spawnSync(process.execPath, ["--version"]).pid;
  const gone: [string, () => string | null][] = [
    ["whose process is gone", () => `${hostname()}:${endedPid()}:a`],
    ["of a process that had this one's id before a restart", () => `${hostname()}:${process.pid}:a`],
    ["that nobody owns", () => null],
    ["whose owner is illegible", () => ""],
  ];
  it.each(gone)(
    "%s are marked failed at the next start, and what they had written is removed",
    async (_, owner) => {
      const { ctx } = open();
      const finished = await exportNow();
      const id = await insertRunning(owner());
      mkdirSync(join(ctx.exportsDir, id));
      expect(await failInterruptedExports(ctx)).toBe(1);
      expect(await failInterruptedExports(ctx)).toBe(0);
      const { row, files } = await lookUp(id);
      expect(row).toMatchObject({ status: "failed", files: [] });
      expect(row?.error).toContain("Start it again");
      expect(files).toEqual([]);
      expect(existsSync(join(ctx.exportsDir, finished.exportId))).toBe(true);
    },
  );

  const alive: [string, () => string][] = [
    ["another live process", () => `${hostname()}:${process.ppid}:a`],
    ["another machine", () => `elsewhere.test:${endedPid()}:a`],
  ];
  it.each(alive)("of %s are left alone", async (_, owner) => {
    const { ctx } = open();
    const id = await insertRunning(owner());
    expect(await failInterruptedExports(ctx)).toBe(0);
    const { row, files } = await lookUp(id);
    expect(row?.status).toBe("running");
    expect(files).toHaveLength(2);
  });

  it("of this very process are left alone, also by another context of it", async () => {
    const { ctx } = open();
    const id = await insertRunning(null);
    await claimExport(ctx.exportsDir, id);
    expect(await failInterruptedExports({ ...ctx })).toBe(0);
    expect((await lookUp(id)).row?.status).toBe("running");
    await releaseExport(ctx.exportsDir, id);
    expect(await failInterruptedExports({ ...ctx })).toBe(1);
  });

  it("are owned from before they are on record until their outcome is", async () => {
    const { ctx } = open();
    const args = { studyId: STUDY_ID, profile: "internal" as const, submissionId: submission() };
    const { exportId } = await startExport(ctx, researcher, args);
    const owner = readFileSync(join(ctx.exportsDir, `${exportId}.owner`), "utf8");
    expect(owner).toMatch(new RegExp(`^${hostname()}:${process.pid}:`));
    expect(await failInterruptedExports({ ...ctx })).toBe(0);
    await runExport(ctx, exportId);
    const { row, files } = await lookUp(exportId);
    expect(row?.status).toBe("done");
    expect(files).toEqual([exportId]);
  });

  it("end as failed when the server is stopped", async () => {
    const { ctx } = open();
    const args = { studyId: STUDY_ID, profile: "internal" as const, submissionId: submission() };
    const { exportId } = await startExport(ctx, researcher, args);
    await stopExports(ctx);
    const row = (await listExports(ctx, researcher, { studyId: STUDY_ID })).find(
      (r) => r.exportId === exportId,
    );
    expect(row).toMatchObject({ status: "failed", error: expect.stringContaining("stopped") as string });
    expect(readdirSync(ctx.exportsDir).filter((name) => name.includes(exportId))).toEqual([]);
  });

  it("fail with the trajectory's name when it breaks the invariant", async () => {
    const { ctx } = open();
    const log = vi.spyOn(ctx.log, "error");
    const { columnSatisfactions } = ctx.store.t;
    const [gone] = await ctx.store.tx((tx) =>
      tx.delete(columnSatisfactions).where(eq(columnSatisfactions.columnId, "trj_a_3_2")).returning(),
    );
    expect(gone).toBeDefined();
    const { row } = await exportNow();
    expect(row).toMatchObject({ status: "failed", files: [] });
    expect(row?.error).toBe(
      "Trajectory trj_a counts as complete, but turn 4 lacks the satisfaction with column 2. Nothing was exported; mend or reject it first.",
    );
    expect(log).not.toHaveBeenCalled();
    await ctx.store.tx((tx) =>
      tx.insert(columnSatisfactions).values(gone as typeof columnSatisfactions.$inferInsert),
    );
  });
});
