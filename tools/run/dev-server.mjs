/**
 * The development server: Express with Vite in front, hot reload, sources instead of a build.
 *
 * app/server/dev.ts is loaded through Vite for every request, so that an edit of server code counts
 * at once. It exports
 *   `handler(req, res, next)`  an Express request handler, and
 *   `close(): Promise<void>`   (optional) called once at the end.
 * Vite evaluates that module again after each edit of anything it imports: what must live longer
 * (database, worker loop) belongs on globalThis there, and the old one must be closed.
 */
import { createServer as createHttpServer } from "node:http";
import express from "express";
import { createServer as createViteServer } from "vite";
import { onNpmGone } from "./lib/npm-parent.mjs";
import { printError, root, UserError } from "./lib/root.mjs";

const MODULE = "/app/server/dev.ts";
const SAME_SIGNAL_WITHIN_MS = 1_000;
const host = process.env.HOST ?? "127.0.0.1";
const port = Number(process.env.PORT ?? 3000);

function listen(server) {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => {
      const taken = error.code === "EADDRINUSE";
      reject(taken ? new UserError(`Port ${port} is in use. Set PORT to another one.`) : error);
    });
    server.listen(port, host, resolve);
  });
}

async function main() {
  const app = express();
  const http = createHttpServer(app);
  const vite = await createViteServer({
    root,
    appType: "custom",
    server: { middlewareMode: true, hmr: { server: http } },
  });
  let mod;
  app.disable("x-powered-by");
  app.use(vite.middlewares);
  app.use(async (req, res, next) => {
    try {
      mod = await vite.ssrLoadModule(MODULE);
      await mod.handler(req, res, next);
    } catch (error) {
      if (error instanceof Error) vite.ssrFixStacktrace(error);
      next(error);
    }
  });

  let stoppingSince = 0;
  const stop = async () => {
    if (stoppingSince > 0) {
      if (performance.now() - stoppingSince > SAME_SIGNAL_WITHIN_MS) process.exit(130);
      return;
    }
    stoppingSince = performance.now();
    http.close();
    http.closeAllConnections();
    try {
      await mod?.close?.();
      await vite.close();
    } catch (error) {
      printError(error);
    }
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
  onNpmGone(stop);

  await listen(http);
  console.log(`turnwise  development server on http://${host}:${port}`);
}

main().catch((error) => {
  printError(error);
  process.exit(1);
});
