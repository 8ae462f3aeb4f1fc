import type { Express, NextFunction, Request, Response } from "express";
import type { ServerBuild } from "react-router";
import { createApp } from "./app.server.ts";
import { type Container, createContainer } from "./container.server.ts";
import { readEnv } from "./env.server.ts";
import { type Jobs, startJobs } from "./jobs.server.ts";
import { printWelcome } from "./print-welcome.server.ts";
import { demoArrivalPath, hasDemoData, seedDemo } from "./seed-demo.server.ts";

/** Survives hot reloads: each edit evaluates this module again. */
interface Running {
  container: Container;
  jobs: Jobs;
  app: Express;
}
const kept = globalThis as { turnwiseDev?: Promise<Running> };

async function boot(previous: Promise<Running> | undefined): Promise<Running> {
  const first = previous === undefined;
  if (previous) {
    const old = await previous.catch(() => null);
    await old?.jobs.stop();
    await old?.container.close();
  }
  const env = readEnv({ ...process.env, NODE_ENV: "development" });
  const container = await createContainer(env);
  if (env.demo ?? (!env.isPublic && container.ctx.store.dialect === "sqlite")) await seedDemo(container.ctx);
  const demo = await hasDemoData(container.ctx);
  const jobs = startJobs(env, container);
  const app = createApp({
    container,
    build: () => import("virtual:react-router/server-build") as Promise<ServerBuild>,
    demo,
  });
  if (first)
    printWelcome(env, {
      demo,
      images: container.ctx.objects.description,
      arrival: demo ? await demoArrivalPath(container.ctx) : null,
    });
  return { container, jobs, app };
}

const running = boot(kept.turnwiseDev);
kept.turnwiseDev = running;

export async function handler(req: Request, res: Response, next: NextFunction): Promise<void> {
  (await running).app(req, res, next);
}

export async function close(): Promise<void> {
  const { jobs, container } = await running;
  await jobs.stop();
  await container.close();
}
