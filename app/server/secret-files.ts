import { readFileSync } from "node:fs";
import { StartupError } from "../../db/errors.ts";

/** Settings that may come from a file instead: `AUTH_SECRET_FILE=/run/secrets/auth`. */
const SECRETS = [
  "DATABASE_URL",
  "AUTH_SECRET",
  "S3_ACCESS_KEY_ID",
  "S3_SECRET_ACCESS_KEY",
  "S3_SESSION_TOKEN",
];

/**
 * The environment with the contents of such files in the place of their names. Throws {@link StartupError} when a file
 * cannot be read, or when a setting is given both ways.
 */
export function withSecretFiles(
  source: NodeJS.ProcessEnv,
  names: readonly string[] = SECRETS,
): NodeJS.ProcessEnv {
  const out = { ...source };
  for (const name of names) {
    const file = source[`${name}_FILE`];
    if (!file) continue;
    if (source[name]) throw new StartupError(`${name} and ${name}_FILE are both set. Keep one.`);
    try {
      out[name] = readFileSync(file, "utf8").trim();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new StartupError(`${name}_FILE: ${file} cannot be read (${code}).`, { cause: error });
    }
    if (!out[name]) throw new StartupError(`${name}_FILE: ${file} is empty.`);
  }
  return out;
}
