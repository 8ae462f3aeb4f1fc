import { buffer, text } from "node:stream/consumers";
import { eq } from "drizzle-orm";
import { beforeAll, expect, it, vi } from "vitest";
import type { Actor } from "../../../app/domain/actor.ts";
import { cancelExport } from "../../../app/services/dataset/cancel-export.server.ts";
import { claimExport } from "../../../app/services/dataset/claim-export.server.ts";
import { getExport } from "../../../app/services/dataset/get-export.server.ts";
import { listExports } from "../../../app/services/dataset/list-exports.server.ts";
import { openExportFile } from "../../../app/services/dataset/open-export-file.server.ts";
import { removeExportFiles } from "../../../app/services/dataset/remove-export-files.server.ts";
import { runExport } from "../../../app/services/dataset/run-export.server.ts";
import { startExport } from "../../../app/services/dataset/start-export.server.ts";
import { ObjectStoreError } from "../../../app/storage/errors.ts";
import { createPerson, describeBothDatabases } from "../../support/context.ts";
import { performHere, runQueuedExports } from "../../support/exports.ts";
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
    const args = { studyId: STUDY_ID, options: { profile: "internal" as const }, submissionId: submission() };
    const { exportId } = await startExport(ctx, researcher, args);
    await runQueuedExports(ctx);
    const row = await getExport(ctx, researcher, { exportId });
    return { args, exportId, row };
  }

  async function read(exportId: string, name: string): Promise<string> {
    const file = await openExportFile(open().ctx, researcher, { exportId, name });
    return text(await file.open());
  }

  it("run in the background and end with their files listed, newest first", async () => {
    const { ctx, advance } = open();
    const first = await exportNow();
    advance(1000);
    const second = await exportNow();
    expect(second.row).toMatchObject({ status: "ready", profile: "internal", error: null });
    const rows = Object.fromEntries(second.row.files.map((f) => [f.name, f.rows]));
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
    const page = await listExports(ctx, researcher, { studyId: STUDY_ID, limit: 1 });
    expect(page.rows.map((r) => r.exportId)).toEqual([second.exportId]);
    const next = await listExports(ctx, researcher, { studyId: STUDY_ID, limit: 1, cursor: page.nextCursor });
    expect(next.rows.map((r) => r.exportId)).toEqual([first.exportId]);
  });

  it("have pseudonyms that nothing links to those of another export", async () => {
    const ids = async () => {
      const { exportId } = await exportNow();
      const jsonl = await read(exportId, "trajectories.jsonl");
      return [...jsonl.matchAll(/"(?:rater|study|trajectory)_id":"([^"]+)"/g)].map((m) => m[1]);
    };
    const [one, two] = [await ids(), await ids()];
    expect(one.length).toBeGreaterThan(5);
    expect(one.filter((id) => two.includes(id))).toEqual([]);
  });

  it("tell a webhook of the study once how they ended, with the export's id and nothing of it", async () => {
    const { ctx } = open();
    const { webhooks, webhookDeliveries } = ctx.store.t;
    await ctx.store.tx((tx) =>
      tx.insert(webhooks).values({
        id: "whk_1",
        studyId: STUDY_ID,
        url: "https://lab.example.org/hook",
        events: ["export.ready", "export.failed"],
        secretSalt: "salt",
        createdAtMs: 1,
        updatedAtMs: 1,
      }),
    );
    const { exportId } = await exportNow();
    const failing = {
      studyId: STUDY_ID,
      options: { profile: "internal" as const },
      submissionId: submission(),
    };
    const failed = await startExport(ctx, researcher, failing);
    await runQueuedExports(ctx, async () => {
      throw new Error("a fault of ours");
    });
    const told = await ctx.store.read.select({ payload: webhookDeliveries.payload }).from(webhookDeliveries);
    expect(told.map(({ payload }) => [payload.type, payload.data])).toEqual([
      ["export.ready", { studyId: STUDY_ID, exportId }],
      ["export.failed", { studyId: STUDY_ID, exportId: failed.exportId }],
    ]);
    await ctx.store.tx((tx) => tx.delete(webhooks));
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
      const args = {
        studyId: STUDY_ID,
        options: { profile: "internal" as const },
        submissionId: submission(),
      };
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
      startExport(ctx, researcher, {
        studyId: args.studyId,
        options: { profile: args.profile as "internal" },
        submissionId: submission(),
      });
    await expect(start({ studyId: "std_none", profile: "internal" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(start({ studyId: STUDY_ID, profile: "everything" })).rejects.toMatchObject({
      code: "INVALID_INPUT",
    });
    expect(await runQueuedExports(ctx)).toBe(0);
  });

  it.each(["shared", "public"] as const)("for the profile %s hold what may be given out", async (profile) => {
    const { ctx } = open();
    // Its rater is simulated, so nobody had to be asked.
    const { exportId } = await startExport(ctx, researcher, {
      studyId: STUDY_ID,
      options: { profile },
      submissionId: submission(),
    });
    await runQueuedExports(ctx);
    const manifest = JSON.parse(await read(exportId, "manifest.json")) as {
      profile: string;
      counts: { trajectories: number };
    };
    expect(manifest).toMatchObject({ profile, counts: { trajectories: 3 } });
  });

  it("give out the files on their list and nothing else", async () => {
    const { ctx } = open();
    const { exportId } = await exportNow();
    const file = await openExportFile(ctx, researcher, { exportId, name: "turns.csv" });
    const bytes = await buffer(await file.open());
    expect(bytes.byteLength).toBe(file.byteSize);
    const part = await buffer(await file.open({ start: 3, end: 9 }));
    expect(part.equals(bytes.subarray(3, 10))).toBe(true);
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
    await ctx.objects.remove({ studyId: STUDY_ID, sha256: file.sha256 });
    await expect(openExportFile(ctx, researcher, { exportId, name: "turns.csv" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  it("can be cancelled while they wait and while they run; then nothing of them can be downloaded", async () => {
    const { ctx } = open();
    const start = () =>
      startExport(ctx, researcher, {
        studyId: STUDY_ID,
        options: { profile: "internal" },
        submissionId: submission(),
      });
    const waiting = await start();
    await cancelExport(ctx, researcher, waiting);
    expect(await runQueuedExports(ctx)).toBe(0);
    expect(await getExport(ctx, researcher, waiting)).toMatchObject({ status: "cancelled", files: [] });

    const running = await start();
    const perform = performHere(ctx);
    await runQueuedExports(ctx, async (task, hooks) => {
      const result = await perform(task, hooks);
      await cancelExport(ctx, researcher, running);
      return result;
    });
    expect(await getExport(ctx, researcher, running)).toMatchObject({ status: "cancelled", files: [] });
    await cancelExport(ctx, researcher, running);
    const { exportId } = await exportNow();
    await expect(cancelExport(ctx, researcher, { exportId })).rejects.toMatchObject({
      code: "ILLEGAL_TRANSITION",
    });
  });

  it("are taken over by a second worker when the first is not heard of; what the first does then has no effect", async () => {
    const { ctx, advance } = open();
    const { exportId } = await startExport(ctx, researcher, {
      studyId: STUDY_ID,
      options: { profile: "internal" },
      submissionId: submission(),
    });
    const claim = () => claimExport(ctx, { owner: "test:1:a", leaseMs: 1_000 });
    const first = await claim();
    expect(await claim()).toBeNull();
    advance(1_001);
    const second = await claim();
    if (!first || !second) throw new Error("nothing to claim");
    expect(second.id).toBe(exportId);
    const run = { perform: performHere(ctx), leaseMs: 60_000, signal: new AbortController().signal };
    await runExport(ctx, first, run);
    expect(await getExport(ctx, researcher, { exportId })).toMatchObject({ status: "running", files: [] });
    await runExport(ctx, second, run);
    expect(await getExport(ctx, researcher, { exportId })).toMatchObject({ status: "ready", error: null });
    expect(JSON.parse(await read(exportId, "manifest.json"))).toMatchObject({ profile: "internal" });
  });

  it("are given up when they end their worker five times", async () => {
    const { ctx, advance } = open();
    const { exportId } = await startExport(ctx, researcher, {
      studyId: STUDY_ID,
      options: { profile: "internal" },
      submissionId: submission(),
    });
    for (let i = 0; i < 5; i++) {
      expect(await claimExport(ctx, { owner: "test:1:a", leaseMs: 1_000 })).toMatchObject({ id: exportId });
      advance(1_001);
    }
    expect(await claimExport(ctx, { owner: "test:1:a", leaseMs: 1_000 })).toBeNull();
    const row = await getExport(ctx, researcher, { exportId });
    expect(row).toMatchObject({ status: "failed", error: expect.stringContaining("5 times") as string });
  });

  it("fail with one clear line when the disk is full, and at once; a store that is away is waited for", async () => {
    const { ctx, advance } = open();
    const start = () =>
      startExport(ctx, researcher, {
        studyId: STUDY_ID,
        options: { profile: "internal" },
        submissionId: submission(),
      });
    const full = await start();
    await runQueuedExports(ctx, async () => {
      throw Object.assign(new Error("write"), { code: "ENOSPC" });
    });
    const row = await getExport(ctx, researcher, full);
    expect(row).toMatchObject({
      status: "failed",
      error: "The server's disk is full. Free some space in its data folder, and start the export again.",
    });
    const away = await start();
    const refuse = async () => {
      throw new ObjectStoreError("unreachable", "No service answers.");
    };
    for (let tries = 1; tries <= 3; tries++) {
      expect(await getExport(ctx, researcher, away)).toMatchObject({ status: "queued" });
      expect(await runQueuedExports(ctx, refuse)).toBe(1);
      advance(60_000);
    }
    expect(await getExport(ctx, researcher, away)).toMatchObject({
      status: "failed",
      error: "The finished files could not be stored. No service answers.",
    });
  });

  it("take their snapshot anew when somebody withdraws before the files are given out", async () => {
    const { ctx } = open();
    const { assignments } = ctx.store.t;
    const { exportId } = await startExport(ctx, researcher, {
      studyId: STUDY_ID,
      options: { profile: "internal" },
      submissionId: submission(),
    });
    const [before] = await ctx.store.read.select().from(assignments).limit(1);
    if (!before) throw new Error("no assignment");
    const set = (status: typeof before.status) =>
      ctx.store.tx((tx) => tx.update(assignments).set({ status }).where(eq(assignments.id, before.id)));
    let stages = 0;
    await runQueuedExports(ctx, async (task, hooks) =>
      performHere(ctx)(task, {
        ...hooks,
        onProgress(progress) {
          if (progress.stage === "tables" && stages++ === 0) void set("withdrawn");
        },
      }),
    );
    const row = await getExport(ctx, researcher, { exportId });
    expect(row).toMatchObject({ status: "ready", summary: { excluded: { withdrawn: 2 } } });
    await set(before.status);
  });

  it("forget the salt of their pseudonyms when they end", async () => {
    const { ctx } = open();
    const { exportId } = await exportNow();
    const { exports } = ctx.store.t;
    const [row] = await ctx.store.read.select().from(exports).where(eq(exports.id, exportId));
    expect(row).toMatchObject({ releaseSalt: null, leaseOwner: null });
  });

  it("have the same pseudonyms when they are to be linked, and others otherwise", async () => {
    const { ctx } = open();
    const ids = async (linkAs: string | null) => {
      const { exportId } = await startExport(ctx, researcher, {
        studyId: STUDY_ID,
        options: { profile: "internal", linkAs },
        submissionId: submission(),
      });
      await runQueuedExports(ctx);
      return read(exportId, "raters.csv");
    };
    const linked = await ids("panel A");
    expect(await ids("panel A")).toBe(linked);
    expect(await ids("panel B")).not.toBe(linked);
    expect(await ids(null)).not.toBe(linked);
  });

  it("lose their files on request, and stay in the history; files that another has too remain", async () => {
    const { ctx } = open();
    const one = await exportNow();
    const two = await exportNow();
    const now = vi.spyOn(Date, "now").mockReturnValue(Date.now() + 60_000);
    await removeExportFiles(ctx, researcher, one);
    now.mockRestore();
    expect(await getExport(ctx, researcher, one)).toMatchObject({ status: "ready", files: [] });
    const objects = ctx.objects.inStudy(STUDY_ID);
    const kept = new Set(two.row.files.map((file) => file.sha256));
    expect(one.row.files.some((file) => kept.has(file.sha256))).toBe(true);
    for (const { sha256 } of one.row.files)
      expect((await objects.size(sha256)) !== null).toBe(kept.has(sha256));
    expect(await read(two.exportId, "LICENSE")).not.toBe("");
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
    expect(row.error).toBe(
      "Trajectory trj_a counts as complete, but turn 4 lacks the satisfaction with column 2. Nothing was exported; mend or reject it first.",
    );
    expect(log).not.toHaveBeenCalled();
    await ctx.store.tx((tx) =>
      tx.insert(columnSatisfactions).values(gone as typeof columnSatisfactions.$inferInsert),
    );
  });
});
