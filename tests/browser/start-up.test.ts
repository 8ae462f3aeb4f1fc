import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
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
    const [studyId = ""] = fieldValues((await rater.get("/rate")).text, "studyId");
    const started = await rater.post("/rate", {
      intent: "start",
      studyId,
      submissionId: crypto.randomUUID(),
    });
    const base = (started.headers.get("location") ?? "").split("/").slice(0, 3).join("/");
    await rater.post(`${base}/instructions`, { submissionId: crypto.randomUUID() });
    await rater.post(`${base}/prompt`, {
      prompt: "a fox in autumn woods",
      submissionId: crypto.randomUUID(),
    });
    const progress = async () =>
      JSON.parse((await rater.get(`${base}/turns/1/progress`)).text) as {
        status: string;
        readyImages: number;
      };
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
