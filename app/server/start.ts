import { createServer, type RequestListener } from "node:http";
import type { ServerBuild } from "react-router";
import { StartupError } from "../../db/errors.ts";
import type { ServiceContext } from "../services/context.ts";
import { createApp } from "./app.server.ts";
import { type Container, createContainer } from "./container.server.ts";
import { type Env, readEnv } from "./env.server.ts";
import { health } from "./health.server.ts";
import { startJobs } from "./jobs.server.ts";
import { printWelcome } from "./print-welcome.server.ts";
import { checkProviders } from "./providers.server.ts";
import { demoArrivalPath, hasDemoData, seedDemo } from "./seed-demo.server.ts";
import { endTurnStreams } from "./turn-stream.server.ts";

export { countTurnListeners, watchTurn } from "../services/trajectory/watch-turns.server.ts";
// For benchmarks, which run the bundle in their own process.
export { createApp } from "./app.server.ts";
export { createContainer } from "./container.server.ts";
export { countTurnStreams } from "./turn-stream.server.ts";

/** The routes; they exist only inside the bundle. */
export function loadBuild(): Promise<ServerBuild> {
  return import("virtual:react-router/server-build") as Promise<ServerBuild>;
}

export interface RunningServer {
  url: string;
  close(): Promise<void>;
}

/** Open requests get this long to end at a stop. */
const DRAIN_MS = 5_000;
const KEEP_ALIVE_MS = 75_000;

/**
 * Starts the built server. With `demo`, a first start on this machine's own address also makes the demo study and
 * logins. Throws {@link StartupError} with one line for the operator.
 */
export async function start(options: { demo: boolean }): Promise<RunningServer> {
  const env = readEnv();
  const container = await createContainer(env);
  try {
    return await run(env, container, options);
  } catch (error) {
    await container.close();
    throw error;
  }
}

async function run(env: Env, container: Container, options: { demo: boolean }): Promise<RunningServer> {
  const { ctx } = container;
  // The port is taken first: of two servers started by mistake, the second must not touch the data.
  let app: RequestListener = stillStarting;
  const http = createServer((req, res) => app(req, res));
  // Longer than any proxy or browser keeps an idle connection, so that none is closed under a request.
  http.keepAliveTimeout = KEEP_ALIVE_MS;
  await listen(http, env);
  try {
    await checkProviders(ctx.providers, ctx.log);
    const serves = env.role !== "worker";
    const demo = serves && (await prepareDemo(env, ctx, options));
    app = serves ? createApp({ container, build: loadBuild, demo }) : healthOnly(ctx);
    const jobs = env.role === "web" ? null : startJobs(env, container);
    const arrival = demo ? await demoArrivalPath(ctx) : null;
    printWelcome(env, { demo, images: ctx.objects.description, arrival });
    return {
      url: env.baseUrl,
      async close() {
        const closed = new Promise<void>((resolve) => http.close(() => resolve()));
        endTurnStreams();
        http.closeIdleConnections();
        const drain = setTimeout(() => http.closeAllConnections(), DRAIN_MS);
        await Promise.all([closed, jobs?.stop()]);
        clearTimeout(drain);
        await container.close();
      },
    };
  } catch (error) {
    http.close();
    throw error;
  }
}

/** A worker has no pages: only what a supervisor asks. */
function healthOnly(ctx: ServiceContext): RequestListener {
  const handle = health(ctx);
  return (req, res) =>
    handle(req, res, () => {
      res
        .writeHead(404, { "content-type": "text/plain" })
        .end("This process is a worker: it has no pages.\n");
    });
}

/** Migrating and seeding take a moment; whoever asks meanwhile is told so. */
const stillStarting: RequestListener = (_req, res) => {
  res.writeHead(503, { "retry-after": "1", "content-type": "text/plain" }).end("Turnwise is starting.\n");
};

/**
 * Makes the demo on a first start that only this machine can reach (or when the operator asks for it), and tells whether
 * its logins exist. They have a public password: an installation that others can reach refuses to run with them.
 */
async function prepareDemo(env: Env, ctx: ServiceContext, options: { demo: boolean }): Promise<boolean> {
  const isOwnDatabase = ctx.store.dialect === "sqlite";
  if (options.demo && (env.demo ?? (!env.isPublic && isOwnDatabase))) await seedDemo(ctx);
  const exists = await hasDemoData(ctx);
  if (exists && env.isPublic && env.demo !== true) {
    throw new StartupError(
      "This database has the demo accounts, whose password is public, and others can reach this address. Use an empty database, or set TURNWISE_DEMO=1 if that is what you want.",
    );
  }
  return exists;
}

function listen(http: ReturnType<typeof createServer>, env: Env): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once("error", (error: NodeJS.ErrnoException) => {
      const messages: Record<string, string> = {
        EADDRINUSE: `Port ${env.port} is in use. Stop the other program, or set PORT to another one.`,
        EACCES: `This user may not listen on port ${env.port}. Set PORT to one above 1023.`,
        EADDRNOTAVAIL: `HOST ${env.host} is not an address of this machine.`,
      };
      const message = messages[error.code ?? ""];
      reject(message ? new StartupError(message, { cause: error }) : error);
    });
    http.listen(env.port, env.host, resolve);
  });
}
