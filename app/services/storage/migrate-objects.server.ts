import { buffer } from "node:stream/consumers";
import {
  listStudiesWithObjects,
  type ReferencedObject,
  referencedObjects,
} from "../../../db/repositories/objects.ts";
import type { Store } from "../../../db/store.ts";
import { ObjectDamagedError, ObjectMissingError } from "../../storage/errors.ts";
import type { ObjectStore } from "../../storage/port.ts";

const AT_ONCE = 8;

export interface MigrateProgress {
  copied: number;
  /** In the target already, with the right size. */
  skipped: number;
  bytes: number;
}

export interface MigrateResult extends MigrateProgress {
  /** Rows point at them, and the source does not have them, or has other bytes. */
  missing: ReferencedObject[];
  damaged: ReferencedObject[];
  /** Read back from the target, with the right hash. */
  verified: number;
}

/**
 * Copies every object that a row refers to into another store. What is there already is left alone, so that a run that
 * was stopped goes on where it ended, and a second run brings only what came meanwhile. With `verify`, every object is
 * also read back from the target, whole. Throws what the target says when it cannot take an object.
 */
export async function migrateObjects(
  { store, from, to }: { store: Store; from: ObjectStore; to: ObjectStore },
  options: { verify: boolean; signal?: AbortSignal; onProgress?(progress: MigrateProgress): void },
): Promise<MigrateResult> {
  const result: MigrateResult = { copied: 0, skipped: 0, bytes: 0, missing: [], damaged: [], verified: 0 };

  async function copy(object: ReferencedObject): Promise<void> {
    const { studyId, sha256, byteSize } = object;
    const target = to.inStudy(studyId);
    try {
      if ((await target.size(sha256)) === byteSize) result.skipped += 1;
      else {
        const bytes = await buffer(await from.inStudy(studyId).read(sha256));
        await target.put(sha256, bytes, options.signal && { signal: options.signal });
        result.copied += 1;
        result.bytes += bytes.byteLength;
      }
      if (options.verify) {
        for await (const _ of await target.read(sha256));
        result.verified += 1;
      }
    } catch (error) {
      if (error instanceof ObjectMissingError) result.missing.push(object);
      else if (error instanceof ObjectDamagedError) result.damaged.push(object);
      else throw error;
    }
    options.onProgress?.(result);
  }

  for (const studyId of await listStudiesWithObjects(store)) {
    const seen = new Set<string>();
    for await (const page of referencedObjects(store, studyId)) {
      const queue = page.filter(({ sha256 }) => !seen.has(sha256) && seen.add(sha256));
      const lane = async () => {
        for (let object = queue.shift(); object !== undefined; object = queue.shift()) {
          options.signal?.throwIfAborted();
          await copy(object).catch((error: unknown) => {
            queue.length = 0;
            throw error;
          });
        }
      };
      // Every lane ends before the run does: nothing is written behind the back of whoever was told of a failure.
      const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, lane));
      for (const end of ends) if (end.status === "rejected") throw end.reason;
    }
  }
  return result;
}
