import { join } from "node:path";
import { createRequestHandler } from "@react-router/express";
import compression from "compression";
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from "express";
import { RouterContextProvider, type ServerBuild } from "react-router";
import { projectRoot } from "../../db/store.ts";
import type { Container } from "./container.server.ts";
import {
  authContext,
  clientAddressContext,
  demoContext,
  envContext,
  nonceContext,
  servicesContext,
} from "./context.server.ts";
import {
  bearerOnly,
  bodyLimit,
  decodablePath,
  pagesOnly,
  sameOriginOnly,
  securityHeaders,
} from "./guards.server.ts";
import { health } from "./health.server.ts";

export interface AppOptions {
  container: Container;
  build: () => Promise<ServerBuild>;
  demo: boolean;
}

/** The whole HTTP surface: guards first, then static files, then React Router. */
export function createApp({ container, build, demo }: AppOptions): Express {
  const { env, ctx, auth, imageOrigin } = container;
  const dev = env.mode === "development";
  const app = express();
  app.disable("x-powered-by");
  app.set("etag", false);
  if (env.trustProxy !== undefined) {
    app.set("trust proxy", /^\d+$/.test(env.trustProxy) ? Number(env.trustProxy) : env.trustProxy);
  }
  app.use(securityHeaders({ https: env.baseUrl.startsWith("https:"), dev, imageOrigin }));
  app.use(health(ctx));
  app.use(decodablePath);
  app.use(clientAddress);
  app.use(bearerOnly);
  app.use(pagesOnly(sameOriginOnly(env.baseUrl)));
  app.use(pagesOnly(bodyLimit));
  app.use(compression());
  if (!dev) {
    const client = join(projectRoot(), "build/client");
    app.use(
      "/assets",
      express.static(join(client, "assets"), { immutable: true, maxAge: "1y", fallthrough: false }),
    );
    app.use(express.static(client, { maxAge: "1h", index: false }));
  }
  app.use(
    createRequestHandler({
      build,
      mode: dev ? "development" : "production",
      getLoadContext(req, res) {
        const context = new RouterContextProvider();
        context.set(servicesContext, ctx);
        context.set(authContext, auth);
        context.set(envContext, env);
        context.set(demoContext, demo);
        context.set(nonceContext, res.locals.nonce as string);
        context.set(clientAddressContext, req.ip ?? "");
        return context;
      },
    }) as RequestHandler,
  );
  const onError: ErrorRequestHandler = (error: unknown, req, res, next) => {
    const status = (error as { status?: unknown }).status;
    const code = typeof status === "number" && status >= 400 && status < 500 ? status : 500;
    if (code === 500) ctx.log.error({ err: error, method: req.method, path: req.path }, "request failed");
    if (res.headersSent) return next(error);
    res
      .status(code)
      .type("text/plain")
      .send(
        code === 404
          ? "There is no such file."
          : "Something went wrong. Reload the page; nothing saved is lost.",
      );
  };
  app.use(onError);
  return app;
}

/** What a client claims about its own address is overwritten by what the connection (or our proxy) says. */
const clientAddress: RequestHandler = (req, _res, next) => {
  req.headers["x-turnwise-client"] = req.ip ?? "";
  next();
};
