import { StartupError } from "../../db/errors.ts";
import type { S3Config } from "../storage/config.ts";
import { withSecretFiles } from "./secret-files.ts";
import { readS3Config } from "./storage-env.server.ts";

const PREFIX = "EXPORT_UPLOAD_";
const SECRETS = ["ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "SESSION_TOKEN"].map((name) => PREFIX + name);

/**
 * Where bundles are uploaded to, as the operator set it with the names of the object store's settings:
 * `EXPORT_UPLOAD_BUCKET`, `EXPORT_UPLOAD_ENDPOINT`, … Null when it is not set; throws {@link StartupError}.
 */
export function readExportUpload(source: NodeJS.ProcessEnv = process.env): S3Config | null {
  const given = Object.entries(withSecretFiles(source, SECRETS))
    .filter(([name]) => name.startsWith(PREFIX))
    .map(([name, value]) => [`S3_${name.slice(PREFIX.length)}`, value]);
  try {
    return readS3Config(Object.fromEntries(given));
  } catch (error) {
    if (error instanceof StartupError) throw new StartupError(uploadNames(error.message), { cause: error });
    throw error;
  }
}

/** A message of the object store with the names of these settings. */
export function uploadNames(message: string): string {
  return message.replaceAll(/\bS3_(?=[A-Z])/g, PREFIX);
}
