import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Express } from "express";
import type { ServerBuild } from "react-router";
import type { AppOptions } from "../../app/server/app.server.ts";
import type { Container } from "../../app/server/container.server.ts";
import { readEnv } from "../../app/server/env.server.ts";
import { projectRoot } from "../../db/store.ts";
import { compare, perSecond, type Ratio, ROUNDS } from "./measure.ts";
import { makeStudy, makeWaitingRaters, type WaitingRater } from "./sessions.ts";

const PER_ROUND = 100;

interface Bundle {
  createContainer(env: ReturnType<typeof readEnv>): Promise<Container>;
  createApp(options: AppOptions): Express;
  loadBuild(): Promise<ServerBuild>;
}

/** P2: POST of a choice against the same route with an action that does nothing but redirect. */
export async function benchHttpSubmit(dir: string): Promise<Ratio> {
  const bundle = (await import(pathToFileURL(join(projectRoot(), "build/server/index.js")).href)) as Bundle;
  const port = 20_000 + (process.pid % 20_000);
  const env = readEnv({
    ...process.env,
    DATABASE_URL: `file:${join(dir, "p2.db")}`,
    DATA_DIR: dir,
    PORT: String(port),
    LOG_LEVEL: "error",
  });
  const container = await bundle.createContainer(env);
  const { ctx } = container;
  await makeStudy(ctx);
  const raters = await makeWaitingRaters(ctx, PER_ROUND * (ROUNDS + 1));
  const signedIn = await signInAs(container, raters);
  const real = await bundle.loadBuild();
  const empty = withEmptyAction(real);
  const servers = await Promise.all(
    [real, empty].map((build) =>
      listen(bundle.createApp({ container, build: async () => build, demo: false })),
    ),
  );
  const [realUrl = "", emptyUrl = ""] = servers.map(
    (s) => `http://127.0.0.1:${(s.address() as AddressInfo).port}`,
  );
  let serial = 0;
  const post = async (base: string, rater: WaitingRater) => {
    const reply = await fetch(`${base}/rate/${rater.assignmentId}/turns/1`, {
      method: "POST",
      redirect: "manual",
      headers: {
        origin: base,
        cookie: signedIn.get(rater.assignmentId) ?? "",
        "content-type": "application/x-www-form-urlencoded",
      },
      body: new URLSearchParams({
        intent: "choose",
        submissionId: `bench-${++serial}-submission`,
        columnId: rater.columnIds[serial % 4] as string,
        critique: "more color",
      }).toString(),
    });
    await reply.arrayBuffer();
    if (reply.status !== 303) throw new Error(`the choice was answered with ${reply.status}`);
  };
  const last = raters[0] as WaitingRater;
  try {
    return await compare(
      () => perSecond(PER_ROUND, () => post(realUrl, raters.pop() as WaitingRater)),
      () => perSecond(PER_ROUND, () => post(emptyUrl, last)),
    );
  } finally {
    for (const server of servers) server.close();
    for (const server of servers) server.closeAllConnections();
    await container.close();
  }
}

/** A session cookie per rater, made the way the sign-in library makes it. */
export async function signInAs(container: Container, raters: WaitingRater[]): Promise<Map<string, string>> {
  const context = await container.auth.$context;
  const cookies = new Map<string, string>();
  const name = context.authCookies.sessionToken.name;
  for (const rater of raters) {
    const session = await context.internalAdapter.createSession(rater.actor.userId);
    cookies.set(
      rater.assignmentId,
      `${name}=${encodeURIComponent(await sign(session.token, context.secret))}`,
    );
  }
  return cookies;
}

async function sign(value: string, secret: string): Promise<string> {
  const { createHmac } = await import("node:crypto");
  return `${value}.${createHmac("sha256", secret).update(value).digest("base64")}`;
}

function withEmptyAction(build: ServerBuild): ServerBuild {
  const id = "routes/rater/turn";
  const route = build.routes[id];
  if (!route) throw new Error(`the build has no route ${id}`);
  const action = () => new Response(null, { status: 303, headers: { location: "/rate" } });
  return { ...build, routes: { ...build.routes, [id]: { ...route, module: { ...route.module, action } } } };
}

function listen(app: Express): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer(app).listen(0, "127.0.0.1", () => resolve(server));
  });
}
