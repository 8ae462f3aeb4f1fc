import { spawn } from "node:child_process";
import { renameSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, inject, test } from "vitest";
import { openStore, projectRoot } from "../../db/store.ts";
import { DEMO, DEMO_PASSWORD, launch, startApp } from "../support/app.ts";
import { fieldValues, HttpClient } from "../support/http-client.ts";
import { freePort } from "../support/ports.ts";
import { createDatabase } from "../support/postgres.ts";
import { makeTempDir } from "../support/temp.ts";

/** What the server says, on one line, when it cannot start. */
async function refusal(env: Record<string, string>): Promise<string> {
  const { NODE_ENV: _, ...inherited } = process.env;
  const outcome = await launch({
    ...inherited,
    PORT: String(await freePort()),
    DATA_DIR: makeTempDir("refusal"),
    ...env,
  }).then(
    async ({ child }) => {
      child.kill("SIGKILL");
      throw new Error("the server started");
    },
    (error: Error) => error.message,
  );
  const [first = "", ...rest] = outcome.trim().split("\n");
  expect(first).toBe("the server ended with 1:");
  expect(rest).toHaveLength(1);
  return rest[0] ?? "";
}

/** Goes as far as the first prompt; the result tells how far the slate is. */
async function startFirstTurn(rater: HttpClient) {
  const submissionId = () => crypto.randomUUID();
  const [studyId = ""] = fieldValues((await rater.get("/rate")).text, "studyId");
  const started = await rater.post("/rate", { intent: "start", studyId, submissionId: submissionId() });
  const base = (started.headers.get("location") ?? "").split("/").slice(0, 3).join("/");
  await rater.post(`${base}/instructions`, { submissionId: submissionId() });
  await rater.post(`${base}/prompt`, { prompt: "a fox in autumn woods", submissionId: submissionId() });
  return async () =>
    JSON.parse((await rater.get(`${base}/turns/1/progress`)).text) as { status: string; readyImages: number };
}

test("a busy port is said in one line", async () => {
  const blocker = createServer();
  const port = await freePort();
  await new Promise<void>((resolve) => blocker.listen(port, "127.0.0.1", resolve));
  expect(await refusal({ PORT: String(port) })).toBe(
    `turnwise: Port ${port} is in use. Stop the other program, or set PORT to another one.`,
  );
  blocker.close();
});

test("a wrong setting is said in one line, without the value of a secret", async () => {
  expect(await refusal({ PORT: "http" })).toMatch(/PORT/);
  expect(await refusal({ ROLE: "boss" })).toMatch(/ROLE must be web, worker or all/);
  expect(await refusal({ AUTH_SECRET: "short" })).toMatch(/AUTH_SECRET must have at least 32 characters/);
  expect(await refusal({ DATABASE_URL: "mysql://u:hunter2@h/d" })).toMatch(/DATABASE_URL must be/);
  const unreachable = await refusal({ DATABASE_URL: "postgres://u:hunter2@127.0.0.1:1/d" });
  expect(unreachable).toMatch(/No PostgreSQL answers/);
  expect(unreachable).not.toContain("hunter2");
});

test("a data folder that cannot be one is said in one line", async () => {
  const file = join(makeTempDir("file"), "file");
  writeFileSync(file, "");
  expect(await refusal({ DATA_DIR: file })).toMatch(/Cannot write to .*file.*DATA_DIR/);
});

test("a database of a newer version is left alone", async () => {
  const dir = makeTempDir("newer");
  const file = join(dir, "turnwise.db");
  await (await openStore(file)).close();
  const db = new Database(file);
  db.prepare("insert into __drizzle_migrations (hash, created_at) values ('future', 9999999999999)").run();
  db.close();
  expect(await refusal({ DATA_DIR: dir })).toMatch(/newer version of Turnwise/);
});

test("the development server serves pages from the sources", async () => {
  const port = await freePort();
  const { NODE_ENV: _, ...inherited } = process.env;
  const child = spawn(process.execPath, [join(projectRoot(), "tools/run/dev.mjs")], {
    env: { ...inherited, PORT: String(port), DATA_DIR: makeTempDir("dev") },
    stdio: "ignore",
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  try {
    const status = () =>
      fetch(`http://127.0.0.1:${port}/sign-in`).then(
        (reply) => reply.status,
        () => 0,
      );
    await expect.poll(status, { timeout: 60_000, interval: 500 }).toBe(200);
  } finally {
    child.kill("SIGINT");
    await ended;
  }
});

test("pages and slates come from two processes that share a database: ROLE=web and ROLE=worker", async () => {
  const web = await startApp({ env: { ROLE: "web" } });
  const rater = new HttpClient(web.url);
  await rater.signIn(DEMO.rater, DEMO_PASSWORD);
  const progress = await startFirstTurn(rater);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(await progress()).toMatchObject({ readyImages: 0 });

  const worker = await startApp({
    databaseUrl: web.databaseUrl,
    dataDir: web.dataDir,
    env: { ROLE: "worker" },
  });
  await expect.poll(progress, { timeout: 30_000 }).toMatchObject({ status: "ready", readyImages: 16 });
  for (const { url } of [web, worker]) {
    expect((await fetch(`${url}/health`)).status).toBe(200);
    const ready = await fetch(`${url}/health/ready`);
    expect([ready.status, await ready.json()]).toEqual([200, { status: "ok", unavailable: [] }]);
  }
  expect((await fetch(`${worker.url}/sign-in`)).status).toBe(404);
  expect(await worker.stop()).toBe(0);
  expect(await web.stop()).toBe(0);
});

test("a process whose images cannot be reached is alive but not ready", async () => {
  const app = await startApp();
  renameSync(join(app.dataDir, "objects"), join(app.dataDir, "elsewhere"));
  expect((await fetch(`${app.url}/health`)).status).toBe(200);
  const ready = await fetch(`${app.url}/health/ready`);
  expect([ready.status, await ready.json()]).toEqual([
    503,
    { status: "unavailable", unavailable: ["storage"] },
  ]);
  await app.stop();
});

test("Ctrl-C ends the server cleanly", async () => {
  const app = await startApp();
  expect(await app.stop("SIGINT")).toBe(0);
});

test.each(["sqlite", "postgres"] as const)(
  "a crash in the middle of a turn resumes at the next start (%s)",
  async (dialect) => {
    const server = inject("postgresUrl");
    if (dialect === "postgres" && server === null) return;
    const databaseUrl = dialect === "postgres" ? await createDatabase(server as string) : undefined;
    const app = await startApp({ ...(databaseUrl ? { databaseUrl } : {}), env: { RENDER_CONCURRENCY: "1" } });
    const rater = new HttpClient(app.url);
    await rater.signIn(DEMO.rater, DEMO_PASSWORD);
    const progress = await startFirstTurn(rater);
    let before = await progress();
    while (before.readyImages < 3) before = await progress();
    await app.stop("SIGKILL");
    await app.restart();
    const resumedAt = performance.now();
    let after = await progress();
    expect(after.readyImages).toBeGreaterThanOrEqual(before.readyImages);
    while (after.status !== "ready" && performance.now() - resumedAt < 30_000) after = await progress();
    expect(after).toMatchObject({ status: "ready", readyImages: 16 });
    await app.stop();
  },
);
