import { and, eq, inArray } from "drizzle-orm";
import type { Store } from "../../../db/store.ts";
import type { TurnStatus } from "../../domain/turn.ts";
import type { ServiceContext } from "../context.ts";
import { failOverdueTurn } from "../generation/sweep-turns.server.ts";

/** What a watched turn looks like; `readyImageIds` in no order that means anything. */
export interface TurnState {
  status: TurnStatus;
  readyImageIds: string[];
}

const LOOK_EVERY_MS = 150;

interface Watched {
  listeners: Set<(state: TurnState) => void>;
  last: string;
}

/** One timer for all turns that somebody of this process waits for, whichever process makes their images. */
class TurnWatch {
  readonly #turns = new Map<string, Watched>();
  #timer: NodeJS.Timeout | undefined;
  #looking = false;
  #again = false;

  get size(): number {
    return this.#turns.size;
  }

  get listeners(): number {
    return [...this.#turns.values()].reduce((sum, { listeners }) => sum + listeners.size, 0);
  }

  add(ctx: ServiceContext, turnId: string, listener: (state: TurnState) => void): () => void {
    const watched = this.#turns.get(turnId) ?? { listeners: new Set(), last: "" };
    watched.listeners.add(listener);
    // Everybody is told once more, so that nobody misses what changed before they came.
    watched.last = "";
    this.#turns.set(turnId, watched);
    this.#timer ??= setInterval(() => void this.#look(ctx), LOOK_EVERY_MS);
    return () => {
      watched.listeners.delete(listener);
      if (watched.listeners.size === 0 && this.#turns.get(turnId) === watched) this.#turns.delete(turnId);
      if (this.#turns.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    };
  }

  /** Something of a turn may have changed in this process: nobody waits for the timer. */
  nudge(ctx: ServiceContext): void {
    if (this.#turns.size === 0) return;
    this.#again = this.#looking;
    void this.#look(ctx);
  }

  async #look(ctx: ServiceContext): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      for (const [turnId, state] of await readStates(ctx, [...this.#turns.keys()])) {
        const watched = this.#turns.get(turnId);
        const now = `${state.status} ${state.readyImageIds.length}`;
        if (!watched || watched.last === now) continue;
        watched.last = now;
        for (const listener of [...watched.listeners]) listener(state);
      }
    } catch (error) {
      ctx.log.warn({ err: error }, "turns that are waited for could not be looked at");
    } finally {
      this.#looking = false;
    }
    if (!this.#again) return;
    this.#again = false;
    await this.#look(ctx);
  }
}

async function readStates(ctx: ServiceContext, turnIds: string[]): Promise<Map<string, TurnState>> {
  const states = new Map<string, TurnState>();
  if (turnIds.length === 0) return states;
  const { turns, images } = ctx.store.t;
  const rows = await ctx.store.read
    .select({ id: turns.id, status: turns.status, deadlineAtMs: turns.deadlineAtMs })
    .from(turns)
    .where(inArray(turns.id, turnIds));
  const ready = await ctx.store.read
    .select({ id: images.id, turnId: images.turnId })
    .from(images)
    .where(and(inArray(images.turnId, turnIds), eq(images.status, "ready")));
  for (const { id, status } of rows) states.set(id, { status, readyImageIds: [] });
  for (const image of ready) states.get(image.turnId)?.readyImageIds.push(image.id);
  for (const { id, status, deadlineAtMs } of rows) {
    const underWay = status === "proposing" || status === "rendering";
    if (underWay && deadlineAtMs !== null && deadlineAtMs <= ctx.now()) await failOverdueTurn(ctx, id);
  }
  return states;
}

const watches = new WeakMap<Store, TurnWatch>();

/** Calls `listener` with the turn's state now and whenever it changes, until the returned function is called. */
export function watchTurn(
  ctx: ServiceContext,
  turnId: string,
  listener: (state: TurnState) => void,
): () => void {
  let watch = watches.get(ctx.store);
  if (!watch) {
    watch = new TurnWatch();
    watches.set(ctx.store, watch);
  }
  return watch.add(ctx, turnId, listener);
}

/** Tells watchers at once of what this process has done; what others do is seen by the timer. */
export function lookAtTurns(ctx: ServiceContext): void {
  watches.get(ctx.store)?.nudge(ctx);
}

/** Turns that are watched in this process now. */
export function countWatchedTurns(ctx: ServiceContext): number {
  return watches.get(ctx.store)?.size ?? 0;
}

/** Listeners of all watched turns in this process now. */
export function countTurnListeners(ctx: ServiceContext): number {
  return watches.get(ctx.store)?.listeners ?? 0;
}
