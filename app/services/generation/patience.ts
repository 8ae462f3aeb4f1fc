import { setTimeout as sleep } from "node:timers/promises";
import { isStorageFault } from "../../../db/errors.ts";
import { ObjectStoreError } from "../../storage/errors.ts";
import type { ServiceContext } from "../context.ts";

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;
const TRIES = 6;

/**
 * Does what keeps a result that was paid for, again and again while storage or database are away: the model must not be
 * asked twice because of them. Gives up when `signal` says so, or after {@link TRIES} tries.
 */
export async function patiently<T>(
  ctx: ServiceContext,
  work: () => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      const passes = error instanceof ObjectStoreError || isStorageFault(error);
      if (!passes || tries >= TRIES || signal.aborted) throw error;
      const bound = Math.min(FIRST_PAUSE_MS * 2 ** tries, LONGEST_PAUSE_MS);
      await sleep(bound * (0.5 + (ctx.newSeed() % 1000) / 2000), undefined, { signal }).catch(() => {
        throw error;
      });
    }
  }
}
