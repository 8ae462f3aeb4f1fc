import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../db/store.ts";

/** Version of Turnwise, for the manifest. */
export function softwareVersion(): string {
  const { version } = JSON.parse(readFileSync(join(projectRoot(), "package.json"), "utf8")) as {
    version: string;
  };
  return version;
}
