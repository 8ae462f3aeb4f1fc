/**
 * R9: event streams of waiting raters, opened and aborted 10,000 times, then on and on: listeners, streams, sockets and
 * memory are back where they were. The built server and its clients share this process.
 */
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Express } from "express";
import type { ServerBuild } from "react-router";
import type { AppOptions } from "../../../app/server/app.server.ts";
import type { Container } from "../../../app/server/container.server.ts";
import { readEnv } from "../../../app/server/env.server.ts";
import type { ServiceContext } from "../../../app/services/context.ts";
import type { Dialect } from "../../../db/kit.ts";
import { projectRoot } from "../../../db/store.ts";
import { signInAs } from "../../bench/p02-http-submit.ts";
import { makeStudy, makeWaitingRaters } from "../../bench/sessions.ts";
import { DATABASE_NAMES, type Experiment, type Finding, type Stand } from "../experiment.ts";
import { findLeaks, type Held } from "./check.ts";

interface Bundle {
  createContainer(env: ReturnType<typeof readEnv>): Promise<Container>;
  createApp(options: AppOptions): Express;
  loadBuild(): Promise<ServerBuild>;
  countTurnStreams(): number;
  countTurnListeners(ctx: ServiceContext): number;
  watchTurn(ctx: ServiceContext, turnId: string, listener: () => void): () => void;
}

const RATERS = 8;
const AT_ONCE = 32;
const CYCLES = { full: 10_000, short: 400 };
const LEAKY_CYCLES = 40;
/** What is allocated once (compiled code, pools, caches) is there after so many. */
const WARM_UP = { full: 1_000, short: 100 };
const SETTLE_MS = 1_500;

// Memory can be compared only after it has been tidied up.
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

interface Result {
  cycles: number;
  before: Held;
  after: Held;
}

async function examine(stand: Stand, dialect: Dialect, leak: boolean): Promise<Result> {
  const size = stand.short || leak ? "short" : "full";
  const bundle = (await import(pathToFileURL(join(projectRoot(), "build/server/index.js")).href)) as Bundle;
  const env = readEnv({
    ...process.env,
    DATABASE_URL: await stand.newDatabase(dialect),
    DATA_DIR: stand.newFolder("data"),
    LOG_LEVEL: "silent",
  });
  const container = await bundle.createContainer(env);
  const { ctx } = container;
  await makeStudy(ctx);
  const raters = await makeWaitingRaters(ctx, RATERS);
  const { turns } = ctx.store.t;
  await ctx.store.tx((tx) => tx.update(turns).set({ status: "rendering", deadlineAtMs: null }));
  const [anyTurn] = await ctx.store.read.select({ id: turns.id }).from(turns).limit(1);
  const cookies = await signInAs(container, raters);
  const app = bundle.createApp({ container, build: () => bundle.loadBuild(), demo: false });
  const leaked: (() => void)[] = [];
  const server = await listen((req, res) => {
    // On purpose: somebody who listens and never stops.
    if (leak && anyTurn) leaked.push(bundle.watchTurn(ctx, anyTurn.id, () => {}));
    app(req, res);
  });
  const { port } = server.address() as AddressInfo;
  let serial = 0;
  const cycle = async () => {
    const rater = raters[serial++ % RATERS] as (typeof raters)[number];
    const path = `/rate/${rater.assignmentId}/turns/1/events`;
    await openAndAbort(port, path, cookies.get(rater.assignmentId) ?? "", serial % 3);
  };
  const held = async (): Promise<Held> => {
    await sleep(SETTLE_MS);
    collect();
    return {
      streams: bundle.countTurnStreams(),
      listeners: bundle.countTurnListeners(ctx),
      sockets: await new Promise((resolve) => server.getConnections((_, n) => resolve(n))),
      timers: process.getActiveResourcesInfo().filter((name) => name === "Timeout").length,
      rssBytes: process.memoryUsage.rss(),
      heapBytes: process.memoryUsage().heapUsed,
    };
  };
  try {
    await inParallel(WARM_UP[size], cycle);
    const before = await held();
    let cycles = leak ? LEAKY_CYCLES : CYCLES[size];
    await inParallel(cycles, cycle);
    const until = Date.now() + (leak ? 0 : stand.soakMinutes * 60_000);
    while (Date.now() < until) {
      await inParallel(200, cycle);
      cycles += 200;
      if (cycles % 5_000 === 0) stand.log(`  ${cycles} streams`);
    }
    return { cycles, before, after: await held() };
  } finally {
    for (const unwatch of leaked) unwatch();
    server.close();
    server.closeAllConnections();
    await container.close();
  }
}

/** Leaves before the reply, right after its head, or after its first event. */
function openAndAbort(port: number, path: string, cookie: string, patience: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const req = request({ host: "127.0.0.1", port, path, headers: { cookie }, agent: false });
    const leave = () => {
      req.destroy();
      resolve();
    };
    req.on("error", () => resolve());
    req.on("response", (res) => {
      if (res.statusCode !== 200) return reject(new Error(`the stream was answered with ${res.statusCode}`));
      res.on("error", () => {});
      if (patience === 1) leave();
      else res.once("data", leave);
    });
    req.end();
    if (patience === 0) setTimeout(leave, 5);
  });
}

async function inParallel(count: number, work: () => Promise<void>): Promise<void> {
  let left = count;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (left-- > 0) await work();
    }),
  );
}

function listen(handle: Parameters<typeof createServer>[1]): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer(handle).listen(0, "127.0.0.1", () => resolve(server));
  });
}

const mb = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

export const experiment: Experiment = {
  id: "R9",
  async run(stand) {
    const findings: Finding[] = [];
    for (const dialect of stand.dialects) {
      const { cycles, before, after } = await examine(stand, dialect, false);
      const leaky = await examine(stand, dialect, true);
      findings.push({
        what: `event streams opened and aborted, then a soak of ${stand.soakMinutes} min`,
        where: DATABASE_NAMES[dialect],
        cases: cycles,
        violations: findLeaks(before, after, !stand.short),
        target: "listeners, sockets, RSS at baseline",
        sabotage: [
          {
            variant: "a listener that is never removed",
            caught: findLeaks(leaky.before, leaky.after, false).length > 0,
          },
        ],
        detail: `after ${cycles}: ${after.streams} streams, ${after.listeners} listeners, ${after.sockets} sockets, timers ${before.timers} → ${after.timers}, RSS ${mb(before.rssBytes)} → ${mb(after.rssBytes)}, heap ${mb(before.heapBytes)} → ${mb(after.heapBytes)}`,
      });
    }
    return findings;
  },
};
