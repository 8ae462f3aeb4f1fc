import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { StartupError } from "../../db/errors.ts";
import type { StorageConfig } from "../storage/config.ts";
import { type ModelsConfig, readModels } from "./models-env.server.ts";
import { withSecretFiles } from "./secret-files.ts";
import { readStorageConfig, storageVariables } from "./storage-env.server.ts";

const empty = (value: unknown) => (value === "" ? undefined : value);
const text = z.preprocess(empty, z.string().optional());

const PROCESS_ROLES = ["web", "worker", "all"] as const;
export type ProcessRole = (typeof PROCESS_ROLES)[number];

const schema = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
  HOST: z.preprocess(empty, z.string().default("127.0.0.1")),
  PORT: z.preprocess(
    empty,
    z.coerce.number("PORT must be a number.").int().min(1, "PORT must be 1…65535.").max(65_535).default(3000),
  ),
  /** Public address; needed behind a proxy. */
  PUBLIC_URL: z.preprocess(
    empty,
    z.url("PUBLIC_URL must be a full address such as https://study.example.org.").optional(),
  ),
  DATA_DIR: z.preprocess(empty, z.string().default("data")),
  DATABASE_URL: text,
  AUTH_SECRET: z.preprocess(
    empty,
    z.string().min(32, "AUTH_SECRET must have at least 32 characters.").optional(),
  ),
  /** Number of proxies in front, or their addresses. */
  TRUST_PROXY: z.preprocess(
    empty,
    z
      .string()
      .regex(
        /^(\d+|[0-9a-fA-F.:/, ]+|(loopback|linklocal|uniquelocal)(, ?\w+)*)$/,
        "TRUST_PROXY must be a number of proxies, or their addresses.",
      )
      .optional(),
  ),
  /** 1: make the demo study and logins wherever this runs; 0: never. */
  TURNWISE_DEMO: z.preprocess(empty, z.enum(["0", "1"], "TURNWISE_DEMO must be 0 or 1.").optional()),
  /** What this process does: serve pages, make slates, or both. */
  ROLE: z.preprocess(empty, z.enum(PROCESS_ROLES, "ROLE must be web, worker or all.").default("all")),
  LOG_LEVEL: z.preprocess(empty, z.enum(["silent", "error", "warn", "info", "debug"]).default("warn")),
  /** Requests of one API key per minute, in each server process. */
  API_REQUESTS_PER_MINUTE: z.preprocess(
    empty,
    z.coerce.number("API_REQUESTS_PER_MINUTE must be a number.").int().min(1).max(1_000_000).default(600),
  ),
  /** 1: webhooks may lead to private addresses; or the hosts that may, separated by commas. */
  WEBHOOK_ALLOW_PRIVATE: text,
  /** Renders at once in this process, of any model; default: what the T2I models allow together. */
  RENDER_CONCURRENCY: z.preprocess(empty, z.coerce.number().int().min(1).max(64).optional()),
  EXPORT_KEEP_DAYS: z.preprocess(empty, z.coerce.number().int().min(0).max(3650).default(0)),
  ...storageVariables,
});

export interface Env {
  mode: "development" | "production" | "test";
  host: string;
  port: number;
  baseUrl: string;
  /** People on other machines can reach it, directly or through a proxy. */
  isPublic: boolean;
  dataDir: string;
  databaseUrl: string;
  authSecret: string;
  trustProxy: string | undefined;
  storage: StorageConfig;
  models: ModelsConfig;
  role: ProcessRole;
  logLevel: "silent" | "error" | "warn" | "info" | "debug";
  renderConcurrency: number | undefined;
  /** Days that the files of an export stay; 0 = until somebody removes them. */
  exportKeepDays: number;
  apiRequestsPerMinute: number;
  /** Private receivers of webhooks: all, or these hosts. */
  webhookAllowPrivate: true | string[];
  /** What the operator said about demo data, if anything. */
  demo: boolean | undefined;
}

/** Reads the environment once. Throws {@link StartupError} naming the variable that is wrong. */
export function readEnv(source: NodeJS.ProcessEnv = process.env): Env {
  const parsed = schema.safeParse(withSecretFiles(source));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = issue?.path.join(".") ?? "";
    const message = issue?.message ?? "is not valid.";
    throw new StartupError(message.startsWith(name) ? message : `${name}: ${message}`);
  }
  const e = parsed.data;
  const dataDir = resolve(e.DATA_DIR);
  const baseUrl = (e.PUBLIC_URL ?? `http://${hostInUrl(e.HOST)}:${e.PORT}`).replace(/\/$/, "");
  return {
    mode: e.NODE_ENV,
    host: e.HOST,
    port: e.PORT,
    baseUrl,
    isPublic: e.PUBLIC_URL !== undefined || e.TRUST_PROXY !== undefined || !isLoopback(e.HOST),
    dataDir,
    databaseUrl: e.DATABASE_URL ?? `file:${join(dataDir, "turnwise.db")}`,
    authSecret: e.AUTH_SECRET ?? storedSecret(dataDir),
    trustProxy: e.TRUST_PROXY,
    storage: readStorageConfig(e, { dataDir, baseUrl }),
    models: readModels(source),
    role: e.ROLE,
    logLevel: e.LOG_LEVEL,
    renderConcurrency: e.RENDER_CONCURRENCY,
    exportKeepDays: e.EXPORT_KEEP_DAYS,
    apiRequestsPerMinute: e.API_REQUESTS_PER_MINUTE,
    webhookAllowPrivate: privateHosts(e.WEBHOOK_ALLOW_PRIVATE),
    demo: e.TURNWISE_DEMO === undefined ? undefined : e.TURNWISE_DEMO === "1",
  };
}

function privateHosts(text: string | undefined): true | string[] {
  if (text === "1") return true;
  return (text ?? "")
    .split(",")
    .map((host) => host.trim().toLowerCase())
    .filter((host) => host !== "" && host !== "0");
}

/** A host as it stands in an address; "all interfaces" is reached as this machine. */
function hostInUrl(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}

/** A secret of this installation, made at its first start: sessions survive restarts without configuration. */
function storedSecret(dataDir: string): string {
  const file = join(dataDir, "auth-secret");
  const read = () => {
    const secret = readFileSync(file, "utf8").trim();
    if (secret.length < 32)
      throw new StartupError(`${file} is damaged. Delete it; everybody must sign in again.`);
    return secret;
  };
  try {
    mkdirSync(dataDir, { recursive: true });
    try {
      // "wx": of two processes that start at once, one makes it and the other reads it.
      writeFileSync(file, `${randomBytes(48).toString("base64url")}\n`, { mode: 0o600, flag: "wx" });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    return read();
  } catch (error) {
    if (error instanceof StartupError) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    throw new StartupError(
      code === "ENOSPC"
        ? `The disk of ${dataDir} is full. Free some space.`
        : `Cannot write to ${dataDir}. Make it a writable folder, or set DATA_DIR to one.`,
      { cause: error },
    );
  }
}
