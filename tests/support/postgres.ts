/**
 * A throw-away real PostgreSQL for tests: no Docker, no network, no account. It listens on a Unix
 * socket in its own folder and is gone, with its data, when the process that started it ends.
 *
 * As a global setup of vitest (see vitest.config.ts) it starts one server for all projects of a run;
 * tests get its address by `inject("postgresUrl")`, null where PostgreSQL is skipped, and take a
 * database of their own with `createDatabase`.
 */
import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdtempSync, rmSync, statfsSync } from "node:fs";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { findPostgresBin } from "../../tools/run/lib/machine.mjs";

declare module "vitest" {
  interface ProvidedContext {
    /** Address of a real PostgreSQL server of this run; null where PostgreSQL is skipped. */
    postgresUrl: string | null;
  }
}

export interface TestPostgres {
  /** Address of the maintenance database. */
  url: string;
  /** Makes an empty database and returns its address. */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
}

const START_WITHIN_MS = 30_000;
const SHARED_MEMORY = "/dev/shm";
const ROOM_IN_SHARED_MEMORY_BYTES = 1_000_000_000;
const NOBODY_ID = 65_534;

const SETTINGS = [
  "listen_addresses=",
  "max_connections=200",
  "shared_buffers=64MB",
  "fsync=off",
  "synchronous_commit=off",
  "full_page_writes=off",
  "wal_level=minimal",
  "max_wal_senders=0",
  "timezone=UTC",
];

/**
 * Runs the server until standard input closes, which happens even when the parent is killed, then
 * stops it and removes its folder. $1 is the folder, the rest is the command.
 */
const KEEPER = `
dir=$1; shift
"$@" &
server=$!
cat >/dev/null
kill -INT "$server" 2>/dev/null
wait "$server"
rm -rf "$dir"
`;

/** PostgreSQL refuses to run as root: the account to use instead, when we are root. */
function unprivilegedAccount(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) =>
    Number(execFileSync("id", [flag, "postgres"], { stdio: ["ignore", "pipe", "ignore"] }));
  try {
    return { uid: id("-u"), gid: id("-g") };
  } catch {
    return { uid: NOBODY_ID, gid: NOBODY_ID };
  }
}

function makeFolder(): string {
  let parent = tmpdir();
  if (existsSync(SHARED_MEMORY)) {
    const { bavail, bsize } = statfsSync(SHARED_MEMORY);
    if (bavail * bsize > ROOM_IN_SHARED_MEMORY_BYTES) parent = SHARED_MEMORY;
  }
  return mkdtempSync(join(parent, "turnwise-pg-"));
}

/** Address of a database on the server in `folder`. The host in the query wins over "localhost". */
function addressOf(folder: string, database: string): string {
  return `postgres://postgres@localhost/${database}?host=${encodeURIComponent(folder)}`;
}

/** Makes an empty database (or a copy of `template`) on a server and returns its address. */
export async function createDatabase(serverUrl: string, template = "template0"): Promise<string> {
  const name = `t_${randomBytes(8).toString("hex")}`;
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(`create database ${name} template ${client.escapeIdentifier(template)}`);
  } finally {
    await client.end();
  }
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

export async function startPostgres(): Promise<TestPostgres> {
  const bin = findPostgresBin();
  if (!bin) throw new Error("No PostgreSQL server found: install Debian's postgresql, or set PG_BIN.");
  const account = unprivilegedAccount();
  const folder = makeFolder();
  const data = join(folder, "data");
  const env = { PATH: process.env.PATH ?? "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC", HOME: folder };
  const initdb = [
    "-D",
    data,
    "-U",
    "postgres",
    "-A",
    "trust",
    "-E",
    "UTF8",
    "--no-sync",
    "--no-instructions",
  ];
  try {
    if (account) chownSync(folder, account.uid, account.gid);
    execFileSync(join(bin, "initdb"), initdb, {
      ...account,
      env,
      cwd: folder,
      stdio: ["ignore", "ignore", "pipe"],
    });
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }

  const command = [
    join(bin, "postgres"),
    "-D",
    data,
    "-k",
    folder,
    ...SETTINGS.flatMap((one) => ["-c", one]),
  ];
  const keeper = spawn("sh", ["-c", KEEPER, "sh", folder, ...command], {
    ...account,
    env,
    cwd: "/",
    detached: true,
    stdio: ["pipe", "ignore", "pipe"],
  });
  const ended = new Promise<void>((resolve) => keeper.once("exit", () => resolve()));
  const stop = async () => {
    keeper.ref();
    keeper.stdin.end();
    await ended;
  };

  let log = "";
  try {
    await new Promise<void>((resolve, reject) => {
      const fail = (why: string) => reject(new Error(`PostgreSQL ${why}\n${log}`));
      const timer = setTimeout(() => fail(`did not start in ${START_WITHIN_MS / 1000} s`), START_WITHIN_MS);
      keeper.once("error", reject);
      keeper.stderr.setEncoding("utf8").on("data", (chunk: string) => {
        log = (log + chunk).slice(-4_000);
        if (log.includes("ready to accept connections")) resolve();
        else if (log.includes("FATAL")) fail("ended while starting");
        else return;
        clearTimeout(timer);
      });
    });
  } catch (error) {
    await stop();
    throw error;
  }
  keeper.unref();
  for (const stream of [keeper.stdin, keeper.stderr]) (stream as Socket).unref();
  const url = addressOf(folder, "postgres");
  return { url, createDatabase: () => createDatabase(url), stop };
}

/** One server for all projects of a run: each project loads this file anew, so it is kept on globalThis. */
interface Shared {
  users: number;
  server: Promise<TestPostgres>;
}
const holder = globalThis as { turnwiseTestPostgres?: Shared };

export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (process.env.TURNWISE_SKIP_POSTGRES) {
    project.provide("postgresUrl", null);
    return undefined;
  }
  holder.turnwiseTestPostgres ??= { users: 0, server: startPostgres() };
  const shared = holder.turnwiseTestPostgres;
  shared.users += 1;
  const server = await shared.server;
  project.provide("postgresUrl", server.url);
  return async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    holder.turnwiseTestPostgres = undefined;
    await server.stop();
  };
}
