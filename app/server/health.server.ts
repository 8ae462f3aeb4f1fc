import type { IncomingMessage, ServerResponse } from "node:http";
import type { ServiceContext } from "../services/context.ts";

/** Many who ask at once share one look at the services behind. */
const REMEMBER_MS = 2_000;
const PART_WITHIN_MS = 4_000;

export interface Readiness {
  ready: boolean;
  /** What cannot be reached, if anything. */
  unavailable: ("database" | "storage")[];
}

type Handler = (req: IncomingMessage, res: ServerResponse, next: () => void) => void;

/**
 * `/health`: this process answers. `/health/ready`: so do the database and the object store (503 where not).
 * Without sign-in, and so without details; those are in the log.
 */
export function health(ctx: ServiceContext): Handler {
  const readiness = rememberReadiness(ctx);
  return (req, res, next) => {
    const path = req.url?.split("?")[0];
    if (req.method !== "GET" && req.method !== "HEAD") return next();
    if (path === "/health") return answer(res, 200, { status: "ok" });
    if (path !== "/health/ready") return next();
    readiness().then(
      ({ ready, unavailable }) =>
        answer(res, ready ? 200 : 503, { status: ready ? "ok" : "unavailable", unavailable }),
      (error: unknown) => {
        ctx.log.error({ err: error }, "readiness could not be found out");
        answer(res, 503, { status: "unavailable", unavailable: [] });
      },
    );
  };
}

export async function checkReadiness(ctx: ServiceContext): Promise<Readiness> {
  const parts = { database: () => ctx.store.ping(), storage: () => ctx.objects.ping() };
  const unavailable = await Promise.all(
    (["database", "storage"] as const).map(async (part) => {
      try {
        await inTime(parts[part]());
        return [];
      } catch (error) {
        ctx.log.error({ err: error, part }, "a service behind does not answer");
        return [part];
      }
    }),
  );
  return { ready: unavailable.flat().length === 0, unavailable: unavailable.flat() };
}

function rememberReadiness(ctx: ServiceContext): () => Promise<Readiness> {
  let latest: { atMs: number; readiness: Promise<Readiness> } | null = null;
  return () => {
    const nowMs = performance.now();
    if (!latest || nowMs - latest.atMs > REMEMBER_MS) {
      latest = { atMs: nowMs, readiness: checkReadiness(ctx) };
    }
    return latest.readiness;
  };
}

async function inTime(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PART_WITHIN_MS} ms`)), PART_WITHIN_MS);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function answer(res: ServerResponse, status: number, body: object): void {
  res.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  res.end(`${JSON.stringify(body)}\n`);
}
