import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeAll, describe, expect, inject, it } from "vitest";
import type { Actor } from "../../../app/domain/actor.ts";
import type { ExportRow } from "../../../app/domain/export-job.ts";
import type { ServiceContext } from "../../../app/services/context.ts";
import { cancelExport } from "../../../app/services/dataset/cancel-export.server.ts";
import { getExport } from "../../../app/services/dataset/get-export.server.ts";
import { openExportFile } from "../../../app/services/dataset/open-export-file.server.ts";
import { startExport } from "../../../app/services/dataset/start-export.server.ts";
import { createLocalObjectStore } from "../../../app/storage/local/index.ts";
import { openStore, projectRoot } from "../../../db/store.ts";
import {
  FILLED_BEFORE_MS,
  FILLED_STUDY_ID,
  fillPostgres,
  fillSqlite,
} from "../../../tools/bench/fill-study.ts";
import { createPerson, createTestContext } from "../../support/context.ts";
import { createDatabase } from "../../support/postgres.ts";
import { makeTempDir } from "../../support/temp.ts";

const TRAJECTORIES = 150;
const SECRET = "0123456789abcdef0123456789abcdef";
const server = inject("postgresUrl");

describe.each([
  { dialect: "sqlite", skip: false },
  { dialect: "postgres", skip: server === null },
])("an export whose process is killed ($dialect)", ({ dialect, skip }) => {
  let ctx: ServiceContext;
  let researcher: Actor;
  let dir: string;
  let url: string;
  let clock = FILLED_BEFORE_MS;
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    if (skip) return;
    dir = makeTempDir("resume");
    url = dialect === "sqlite" ? `file:${join(dir, "turnwise.db")}` : await createDatabase(server as string);
    const test = createTestContext(await openStore(url), {
      exportsDir: join(dir, "exports"),
      objects: createLocalObjectStore(join(dir, "objects")),
      now: () => clock++,
      newId: (prefix) => `${prefix}_${Math.random().toString(36).slice(2)}`,
    });
    ctx = test.ctx;
    researcher = await createPerson(ctx, "researcher");
    if (dialect === "sqlite") fillSqlite(join(dir, "turnwise.db"), TRAJECTORIES);
    else await fillPostgres(url, TRAJECTORIES);
  }, 60_000);

  afterEach(async () => {
    for (const child of children.splice(0)) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      await gone;
    }
  });

  function startWorkerProcess(overrides: Record<string, string> = {}): ChildProcess {
    const child = spawn(process.execPath, [join(projectRoot(), "tests/support/export-process.ts")], {
      env: {
        ...process.env,
        DATABASE_URL: url,
        DATA_DIR: dir,
        AUTH_SECRET: SECRET,
        OBJECT_STORE: "local",
        LOG_LEVEL: "silent",
        TEST_LEASE_MS: "1500",
        ...overrides,
      },
      stdio: ["ignore", "ignore", "inherit"],
    });
    children.push(child);
    return child;
  }

  async function start(): Promise<string> {
    const { exportId } = await startExport(ctx, researcher, {
      studyId: FILLED_STUDY_ID,
      // Linked, so that two exports have the same pseudonyms and can be compared.
      options: {
        profile: "internal",
        linkAs: "twice",
        tables: ["trajectories", "turns", "columns", "images", "candidates"],
      },
      submissionId: `submission_${Math.random().toString(36).slice(2)}`,
    });
    return exportId;
  }

  async function until(exportId: string, met: (row: ExportRow) => boolean): Promise<ExportRow> {
    for (let i = 0; i < 2_000; i++) {
      const row = await getExport(ctx, researcher, { exportId });
      if (met(row)) return row;
      await sleep(10);
    }
    throw new Error("the export did not get there in time");
  }
  const isOver = ({ status }: ExportRow) => status !== "queued" && status !== "running";

  async function tables(row: ExportRow): Promise<Record<string, string>> {
    expect(row).toMatchObject({ status: "ready", error: null });
    const data = row.files.filter((file) => file.rows !== null);
    return Object.fromEntries(data.map((file) => [file.name, file.sha256]));
  }

  const workOf = (exportId: string) => join(ctx.exportsDir, `${exportId}.work`);

  /** Waits until the work folder of the export has what `wanted` looks for. */
  async function untilWritten(
    exportId: string,
    wanted: (names: string[], at: string) => boolean,
  ): Promise<void> {
    const at = workOf(exportId);
    for (let i = 0; i < 20_000; i++) {
      if (existsSync(at) && wanted(readdirSync(at), at)) return;
      await sleep(1);
    }
    throw new Error("the export did not get so far");
  }

  const moments: [string, (names: string[], at: string) => boolean][] = [
    ["while it reads the database", (names) => names.some((name) => name.startsWith("snapshot.part"))],
    [
      "half-way through its tables",
      (names, at) => {
        const folder = names.find((name) => name.includes("partial"));
        const file = folder && join(at, folder, "images.csv");
        return file !== undefined && existsSync(file) && statSync(file).size > 500_000;
      },
    ],
  ];
  it.skipIf(skip).each(moments)(
    "%s is finished by another process, with the same bytes as one that nobody disturbed",
    async (_, moment) => {
      const exportId = await start();
      const first = startWorkerProcess();
      await untilWritten(exportId, moment);
      first.kill("SIGKILL");
      const cut = await getExport(ctx, researcher, { exportId });
      expect(cut.status).toBe("running");
      startWorkerProcess();
      const resumed = await tables(await until(exportId, isOver));
      const undisturbed = await tables(await until(await start(), isOver));
      expect(Object.keys(resumed).length).toBeGreaterThan(8);
      expect(resumed).toEqual(undisturbed);
      expect(existsSync(workOf(exportId))).toBe(false);
    },
    60_000,
  );

  it.skipIf(skip)(
    "keeps the snapshot that it had: what is answered after the kill is not in it",
    async () => {
      const exportId = await start();
      const first = startWorkerProcess();
      await untilWritten(exportId, (names) => names.includes("snapshot"));
      first.kill("SIGKILL");
      const { trajectories } = ctx.store.t;
      await ctx.store.tx((tx) => tx.update(trajectories).set({ initialPrompt: "written after the kill" }));
      startWorkerProcess();
      const row = await until(exportId, isOver);
      expect(row).toMatchObject({ status: "ready" });
      const file = await openExportFile(ctx, researcher, { exportId, name: "trajectories.jsonl" });
      expect(await text(await file.open())).not.toContain("written after the kill");
    },
    60_000,
  );

  it.skipIf(skip)(
    "is cancelled while it runs, leaves nothing, and its progress never went back",
    async () => {
      const exportId = await start();
      startWorkerProcess();
      const seen: ExportRow["progress"][] = [];
      await until(exportId, (row) => {
        seen.push(row.progress);
        return row.progress.stage !== null;
      });
      await cancelExport(ctx, researcher, { exportId });
      const order = ["snapshot", "tables", "images", "publish"];
      const next = await start();
      await until(next, (row) => {
        seen.push(row.progress);
        return isOver(row);
      });
      const of = seen.filter(({ stage }) => stage !== null);
      expect(of.length).toBeGreaterThan(0);
      for (const { done, total, stage } of of) {
        expect(done).toBeLessThanOrEqual(total);
        expect(order).toContain(stage);
      }
      expect(await getExport(ctx, researcher, { exportId })).toMatchObject({
        status: "cancelled",
        files: [],
      });
    },
    60_000,
  );

  it.skipIf(skip)(
    "into a folder that cannot be written fails with a line that says so",
    async () => {
      const blocked = makeTempDir("blocked");
      writeFileSync(join(blocked, "exports"), "a file where the folder should be");
      const exportId = await start();
      startWorkerProcess({ DATA_DIR: blocked });
      const row = await until(exportId, isOver);
      expect(row).toMatchObject({ status: "failed", files: [] });
      expect(row.error).toContain("Make DATA_DIR/exports writable");
    },
    60_000,
  );
});
