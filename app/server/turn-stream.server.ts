import type { TurnProgress } from "../domain/rater-views.ts";
import type { ServiceContext } from "../services/context.ts";
import { watchTurn } from "../services/trajectory/watch-turns.server.ts";

/** A comment now and then: proxies close what says nothing, and a client that is gone is noticed. */
const HEARTBEAT_MS = 10_000;
/** The browser connects anew afterwards, which also renews the rater's lease. */
const LONGEST_LIFE_MS = 120_000;
const RECONNECT_MS = 1_000;

const open = new Set<() => void>();

/**
 * A turn's progress as server-sent events, the present state first. Ends when the turn is ready or has failed, after two
 * minutes, or with the connection.
 */
export function streamTurn(
  ctx: ServiceContext,
  turn: { turnId: string; first: TurnProgress; signal: AbortSignal },
): Response {
  const encoder = new TextEncoder();
  let end = () => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      let unwatch = () => {};
      let ended = false;
      // Whichever tells first that the client is gone: the request's signal, `cancel`, or a write that fails.
      end = () => {
        if (ended) return;
        ended = true;
        open.delete(end);
        unwatch();
        clearInterval(heartbeat);
        clearTimeout(life);
        turn.signal.removeEventListener("abort", end);
        try {
          controller.close();
        } catch {
          // The stream is closed already.
        }
      };
      const send = (text: string) => {
        try {
          controller.enqueue(encoder.encode(text));
        } catch {
          end();
        }
      };
      const tell = (progress: TurnProgress) => {
        send(`data: ${JSON.stringify(progress)}\n\n`);
        if (progress.status !== "proposing" && progress.status !== "rendering") end();
      };
      const heartbeat = setInterval(() => send(": still here\n\n"), HEARTBEAT_MS);
      const life = setTimeout(() => end(), LONGEST_LIFE_MS);
      open.add(end);
      if (turn.signal.aborted) return end();
      turn.signal.addEventListener("abort", end);
      send(`retry: ${RECONNECT_MS}\n\n`);
      tell(turn.first);
      if (ended) return;
      unwatch = watchTurn(ctx, turn.turnId, ({ status, readyImageIds }) =>
        tell({
          status,
          readyImages: readyImageIds.length,
          totalImages: turn.first.totalImages,
          readyImageIds,
        }),
      );
    },
    cancel: () => end(),
  });
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}

/** Before a stop: clients connect to another process, or to this one's successor. */
export function endTurnStreams(): void {
  for (const end of [...open]) end();
}

/** For tests and figures. */
export function countTurnStreams(): number {
  return open.size;
}
