/** The files of a deployment as data. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { projectRoot } from "../../db/store.ts";

export interface ComposeService {
  image?: string;
  build?: unknown;
  command?: string[];
  container_name?: string;
  environment?: Record<string, string>;
  env_file?: string;
  ports?: string[];
  volumes?: string[];
  networks?: string[];
  restart?: string;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test?: string[]; disable?: boolean };
  read_only?: boolean;
  cap_drop?: string[];
}

export interface ComposeFile {
  name: string;
  services: Record<string, ComposeService>;
  volumes: Record<string, unknown>;
  networks: Record<string, { internal?: boolean } | null>;
}

const read = (name: string) => readFileSync(join(projectRoot(), name), "utf8");

/** KEY=value lines. */
export function readEnvExample(): Record<string, string> {
  const lines = read(".env.example")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
}

const VARIABLE = /\$\{(\w+)(?::([-?])([^}]*))?\}/g;

export function composeVariables(): { name: string; required: boolean }[] {
  return [...read("docker-compose.yml").matchAll(VARIABLE)].map(([, name = "", operator]) => ({
    name,
    required: operator === "?",
  }));
}

/** The compose file as compose reads it: variables filled in, anchors merged. Throws for a required one that is unset. */
export function readCompose(env: Record<string, string>): ComposeFile {
  const text = read("docker-compose.yml").replace(
    VARIABLE,
    (_, name: string, operator: string, rest: string) => {
      const value = env[name];
      if (value) return value;
      if (operator === "?") throw new Error(`${name} ${rest}`);
      return operator === "-" ? rest : "";
    },
  );
  const compose = parse(text, { merge: true }) as ComposeFile;
  for (const { environment = {} } of Object.values(compose.services)) {
    // Compose fills in after reading, so that every value is text.
    for (const [name, value] of Object.entries(environment)) environment[name] = String(value ?? "");
  }
  return compose;
}

export interface Instruction {
  name: string;
  text: string;
}

/** The instructions of each stage, continued lines joined and arguments with a default filled in. */
export function readDockerfile(): Instruction[][] {
  const lines = read("Dockerfile")
    .replace(/\\\n\s*/g, " ")
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("#"));
  const values = new Map<string, string>();
  const stages: Instruction[][] = [];
  for (const line of lines) {
    const [name = "", ...words] = line.split(/\s+/);
    const text = words.join(" ").replace(/\$\{(\w+)\}/g, (whole, key: string) => values.get(key) ?? whole);
    if (name === "ARG" && stages.length === 0) {
      const [key = "", value = ""] = text.split("=");
      values.set(key, value);
      continue;
    }
    if (name === "FROM") stages.push([]);
    stages.at(-1)?.push({ name, text });
  }
  return stages;
}

/** What the last stage copies from the repository: [source, target]. */
export function copiedIntoImage(): [string, string][] {
  return (readDockerfile().at(-1) ?? [])
    .filter(({ name, text }) => name === "COPY" && !text.includes("--from="))
    .flatMap(({ text }) => {
      const words = text.split(" ").filter((word) => !word.startsWith("--"));
      const target = words.pop() ?? "";
      return words.map((source): [string, string] => [
        source,
        target.endsWith("/") ? `${target}${source}` : target,
      ]);
    });
}
