/** An object store in front of a real one, with the faults that a service far away has. */
import { setTimeout as sleep } from "node:timers/promises";
import { ObjectStoreError } from "../../../app/storage/errors.ts";
import type { ObjectStore, StudyObjects } from "../../../app/storage/port.ts";
import type { FaultKind } from "../../../tests/support/providers/index.ts";

const SLOW_MS = 700;

export interface FaultyStore {
  objects: ObjectStore;
  faults(): number;
}

/** `next` decides for every put. */
export function faultyStore(real: ObjectStore, next: () => FaultKind | null): FaultyStore {
  let faults = 0;
  async function put(
    inner: StudyObjects,
    sha256: string,
    bytes: Buffer,
    options?: { signal?: AbortSignal },
  ): Promise<void> {
    const fault = next();
    if (fault === null) return inner.put(sha256, bytes, options);
    faults += 1;
    switch (fault) {
      case "slow_drip":
        await sleep(SLOW_MS);
        return inner.put(sha256, bytes, options);
      case "reset":
        // The bytes arrive, the reply does not.
        await inner.put(sha256, bytes, options);
        throw new ObjectStoreError("unreachable", "the connection broke before the reply");
      case "hang":
        await sleep(SLOW_MS);
        throw new ObjectStoreError("timeout", "no reply in time");
      case "rate_limited":
        throw new ObjectStoreError("service-fault", "SlowDown");
      default:
        throw new ObjectStoreError("service-fault", `scripted ${fault}`);
    }
  }
  return {
    faults: () => faults,
    objects: {
      id: real.id,
      description: real.description,
      browserOrigin: real.browserOrigin,
      inStudy(studyId) {
        const inner = real.inStudy(studyId);
        return {
          put: (sha256, bytes, options) => put(inner, sha256, bytes, options),
          putFile: (sha256, path, options) => inner.putFile(sha256, path, options),
          size: (sha256) => inner.size(sha256),
          read: (sha256, range) => inner.read(sha256, range),
          temporaryUrl: (sha256, options) => inner.temporaryUrl(sha256, options),
        };
      },
      list: () => real.list(),
      remove: (key) => real.remove(key),
      check: () => real.check(),
      diagnose: () => real.diagnose(),
      ping: () => real.ping(),
    },
  };
}
