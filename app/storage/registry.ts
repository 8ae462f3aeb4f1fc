import type { StorageConfig } from "./config.ts";
import { ObjectStoreError } from "./errors.ts";
import { createLocalObjectStore } from "./local/index.ts";
import type { ObjectStore } from "./port.ts";
import { createS3ObjectStore } from "./s3/index.ts";

/** The store of a kind. Throws {@link ObjectStoreError} where nothing is set for it. */
export function createObjectStore(config: StorageConfig, kind = config.kind): ObjectStore {
  if (kind === "local") return createLocalObjectStore(config.local.folder);
  if (!config.s3) throw new ObjectStoreError("not-configured", "Nothing is set for S3: set S3_BUCKET.");
  return createS3ObjectStore(config.s3);
}
