import { PassThrough } from "node:stream";
import { createReadableStreamFromReadable } from "@react-router/node";
import { isbot } from "isbot";
import { renderToPipeableStream } from "react-dom/server";
import {
  type EntryContext,
  isRouteErrorResponse,
  type RouterContextProvider,
  ServerRouter,
} from "react-router";
import "./i18n/all-catalogues.server.ts";
import { nonceContext, servicesContext } from "./server/context.server.ts";

const RENDER_TIMEOUT_MS = 10_000;

export default function handleRequest(
  request: Request,
  responseStatusCode: number,
  responseHeaders: Headers,
  routerContext: EntryContext,
  loadContext: RouterContextProvider,
): Promise<Response> {
  const nonce = loadContext.get(nonceContext);
  const { log } = loadContext.get(servicesContext);
  // Crawlers get the whole page at once, people get it as it comes.
  const readyEvent = isbot(request.headers.get("user-agent") ?? "") ? "onAllReady" : "onShellReady";
  return new Promise((resolve, reject) => {
    let status = responseStatusCode;
    let shellSent = false;
    const { pipe, abort } = renderToPipeableStream(
      <ServerRouter context={routerContext} url={request.url} nonce={nonce} />,
      {
        nonce,
        [readyEvent]() {
          shellSent = true;
          const body = new PassThrough();
          body.once("close", () => clearTimeout(deadline));
          responseHeaders.set("content-type", "text/html; charset=utf-8");
          resolve(new Response(createReadableStreamFromReadable(body), { headers: responseHeaders, status }));
          pipe(body);
        },
        onShellError(error: unknown) {
          clearTimeout(deadline);
          reject(error);
        },
        onError(error: unknown) {
          status = 500;
          if (shellSent) log.error({ err: error }, "a page failed while it was streamed");
        },
      },
    );
    // Cleared when the page is sent: a timer that waits keeps the whole page in memory.
    const deadline = setTimeout(abort, RENDER_TIMEOUT_MS).unref();
  });
}

/** Faults are logged; refusals (4xx) and visitors who left are not faults. */
export function handleError(
  error: unknown,
  { request, context }: { request: Request; context: Readonly<RouterContextProvider> },
): void {
  if (request.signal.aborted || (isRouteErrorResponse(error) && error.status < 500)) return;
  context
    .get(servicesContext)
    .log.error({ err: error, method: request.method, path: loggedPath(request.url) }, "request failed");
}

/** Tokens of invitations and personal links are secrets until they are used, and stay out of the log. */
function loggedPath(url: string): string {
  return new URL(url).pathname.replace(/^(\/(?:invite|continue)\/).+/, "$1…");
}
