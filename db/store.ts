import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { StartupError } from "./errors.ts";
import type { Dialect } from "./kit.ts";
import type { Schema } from "./schema/index.ts";

type AnyDb = PgDatabase<PgQueryResultHKT, Record<string, never>>;

/** What both dialects really offer. `execute`, `transaction` and `query` are left out on purpose. */
export type Reader = Pick<AnyDb, "select" | "selectDistinct" | "$with" | "with" | "$count">;

export type Tx = Reader &
  Pick<AnyDb, "insert" | "update" | "delete"> & {
    /** `FOR NO KEY UPDATE` on PostgreSQL; nothing on SQLite, whose writers are one at a time already. */
    forUpdate<Q>(query: Q): Q;
    /** The same with `SKIP LOCKED` on PostgreSQL; nothing on SQLite. */
    skipLocked<Q>(query: Q): Q;
  };

/** One database, whatever its dialect. */
export interface Store {
  readonly dialect: Dialect;
  readonly t: Schema;
  /** Reads outside a transaction: committed data only. */
  readonly read: Reader;
  /**
   * Committed rows of one statement in the dialect's own SQL, as arrays of the database's own values; 64-bit integers
   * are numbers. The statement is prepared once. For wide reads, where building objects would cost more than reading.
   */
  rows(text: string, params: readonly unknown[]): Promise<unknown[][]>;
  /**
   * The only way to write. All of `fn`'s statements commit together, or none does.
   * No network and no rendering inside: on SQLite everybody else waits.
   */
  tx<T>(fn: (tx: Tx) => Promise<T>): Promise<T>;
  /** A plain Drizzle handle for better-auth alone; its writes take their turn in the same queue. */
  readonly authDb: object;
  /** Cheapest possible proof that the database answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Inserts are cut into chunks of this many rows: both databases limit the parameters of a statement. */
export const INSERT_CHUNK_ROWS = 500;

export function chunk<T>(rows: readonly T[], size = INSERT_CHUNK_ROWS): T[][] {
  const out: T[][] = [];
  for (let i = 0; i < rows.length; i += size) out.push(rows.slice(i, i + size));
  return out;
}

/** The project's folder: found upwards, because the code also runs bundled from build/server. */
export function projectRoot(from = import.meta.dirname): string {
  for (let dir = from; ; dir = dirname(dir)) {
    if (existsSync(join(dir, "migrations")) && existsSync(join(dir, "package.json"))) return dir;
    if (dir === dirname(dir))
      throw new StartupError("The migrations folder is missing: install Turnwise again.");
  }
}

export function migrationsFolder(dialect: Dialect): string {
  return join(projectRoot(), "migrations", dialect);
}

/** Refuses a database that a newer Turnwise has already migrated. `appliedMs` = newest applied migration. */
export function assertNotNewer(dialect: Dialect, appliedMs: number | null): void {
  const journal = JSON.parse(readFileSync(join(migrationsFolder(dialect), "meta/_journal.json"), "utf8")) as {
    entries: { when: number }[];
  };
  const known = Math.max(0, ...journal.entries.map((e) => e.when));
  if (appliedMs !== null && appliedMs > known) {
    throw new StartupError(
      "The database was made by a newer version of Turnwise. Update Turnwise, or point DATABASE_URL at another database.",
    );
  }
}

/**
 * Opens the database named by `url` (`file:path`, a bare path, or `postgres://…`), migrating it first.
 * Throws {@link StartupError} with what to do when that is impossible.
 */
export async function openStore(url: string): Promise<Store> {
  if (/^postgres(ql)?:\/\//.test(url)) return (await import("./store.postgres.ts")).openPostgres(url);
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(url) && !url.startsWith("file://")) {
    throw new StartupError(
      `DATABASE_URL must be "file:…" or "postgres://…", not "${url.split("://")[0]}://…".`,
    );
  }
  return (await import("./store.sqlite.ts")).openSqlite(url.replace(/^file:(\/\/)?/, ""));
}
