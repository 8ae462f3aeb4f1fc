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

/** Commit that the code was checked out at; "" where there is no working copy, as in a container. */
export function codeRevision(): string {
  const git = join(projectRoot(), ".git");
  try {
    const head = readFileSync(join(git, "HEAD"), "utf8").trim();
    if (!head.startsWith("ref: ")) return head;
    const ref = head.slice("ref: ".length);
    return readOrNull(join(git, ref)) ?? packedRef(join(git, "packed-refs"), ref);
  } catch {
    return "";
  }
}

function packedRef(file: string, ref: string): string {
  const line = readOrNull(file)
    ?.split("\n")
    .find((one) => one.endsWith(` ${ref}`));
  return line?.split(" ")[0] ?? "";
}

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return null;
  }
}
