/**
 * What docker-compose.yml runs, as plain processes: two web processes behind a balancer, two workers, PostgreSQL and a
 * real S3 server. They share nothing but those two: each has a data folder of its own.
 */
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { RunSummary } from "../../cli/simulate/report.ts";
import { runSimulation } from "../../cli/simulate/run.ts";
import { openStore, type Store } from "../../db/store.ts";
import { DEMO, DEMO_PASSWORD, startApp, type TestApp } from "../support/app.ts";
import { type Balancer, startBalancer } from "../support/balancer.ts";
import { createDatabase } from "../support/postgres.ts";
import { createBucket, s3Env, type TestS3 } from "../support/s3-server.ts";

const postgres = inject("postgresUrl");
const s3 = inject("s3");
const SESSIONS = 3;

describe.skipIf(postgres === null || s3 === null)("two webs, two workers, PostgreSQL and S3", () => {
  const webs: TestApp[] = [];
  const workers: TestApp[] = [];
  let balancer: Balancer;
  let store: Store;

  beforeAll(async () => {
    const server = s3 as TestS3;
    const databaseUrl = await createDatabase(postgres as string);
    balancer = await startBalancer(() => webs.map((web) => web.url));
    const env = {
      ...s3Env(server, await createBucket(server)),
      PUBLIC_URL: balancer.url,
      TRUST_PROXY: "loopback",
      AUTH_SECRET: "a secret that all web processes share",
      RENDER_CONCURRENCY: "2",
    };
    const start = (ROLE: string) => startApp({ databaseUrl, env: { ...env, ROLE } });
    // The first one makes the demo study.
    webs.push(await start("web"));
    const others = await Promise.all([start("web"), start("worker"), start("worker")]);
    webs.push(...others.slice(0, 1));
    workers.push(...others.slice(1));
    store = await openStore(databaseUrl);
  });
  afterAll(async () => {
    await Promise.all([...webs, ...workers].map((app) => app.stop()));
    await balancer?.stop();
    await store?.close();
  });

  test("whole sessions go through both webs, and survive the sudden end of a worker and of a web", async () => {
    const { images } = store.t;
    const readyImages = async () => Number(await store.read.$count(images, eq(images.status, "ready")));
    const until = (count: number) =>
      expect.poll(readyImages, { timeout: 60_000, interval: 100 }).toBeGreaterThan(count);
    const stop = new AbortController();
    const sessions = runSimulation({
      baseUrl: balancer.url,
      login: { email: DEMO.coordinator, password: DEMO_PASSWORD },
      study: "Demo",
      sessions: SESSIONS,
      concurrency: SESSIONS,
      raters: SESSIONS,
      seed: 11,
      dropout: 0,
      thinkMs: 0,
      timeoutMs: 20_000,
      generationTimeoutMs: 90_000,
      prompts: ["a fox in autumn woods"],
      horizon: 5,
      signal: stop.signal,
      onProgress() {},
      onNote() {},
    });
    const killing = (async () => {
      await until(20);
      await workers[0]?.stop("SIGKILL");
      // As a supervisor does.
      await workers[0]?.restart();
      await until(80);
      await webs[0]?.stop("SIGKILL");
    })();
    let summary: RunSummary;
    try {
      [summary] = await Promise.all([sessions, killing]);
    } finally {
      stop.abort();
    }
    expect(summary.sessions).toMatchObject({ complete: SESSIONS, dropped: 0, failed: 0 });
    for (const web of webs) expect(balancer.answers.get(web.url)).toBeGreaterThan(10);

    const { trajectories, choices, generationSteps } = store.t;
    expect(Number(await store.read.$count(trajectories))).toBe(SESSIONS);
    expect(Number(await store.read.$count(choices))).toBe(SESSIONS * 5);
    expect(await readyImages()).toBe(SESSIONS * 5 * 16);
    const steps = await store.read.select({ status: generationSteps.status }).from(generationSteps);
    expect(new Set(steps.map((step) => step.status))).toEqual(new Set(["done"]));
  });

  test("those that are left are healthy, and no image is on any disk", async () => {
    for (const app of [webs[1] as TestApp, ...workers]) {
      expect((await fetch(`${app.url}/health/ready`)).status).toBe(200);
      expect(app.output()).toContain("images    bucket");
    }
    const { existsSync } = await import("node:fs");
    for (const app of [...webs, ...workers]) expect(existsSync(`${app.dataDir}/objects`)).toBe(false);
  });
});
