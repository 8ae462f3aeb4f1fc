import { accessSync, constants, existsSync, mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import Database from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
import { drizzle as drizzleProxy } from "drizzle-orm/sqlite-proxy";
import { databaseErrorCode, StartupError } from "./errors.ts";
import { sqliteKit } from "./kit.ts";
import { PLACE_TRIGGERS, sqlitePlaceCounter } from "./place-counter.ts";
import { createSchema } from "./schema/index.ts";
import { assertNotNewer, migrationsFolder, type Reader, type Store, type Tx } from "./store.ts";
import { FACT_TRIGGERS, sqliteTrajectoryFacts } from "./trajectory-facts.ts";

type Connection = Database.Database;

const LOCK_WAIT_MS = 10_000;

/** Opens one SQLite file: one writer behind a queue, a second connection for reads. */
export async function openSqlite(path: string): Promise<Store> {
  const file = path === ":memory:" ? path : resolve(path);
  try {
    prepareFolder(file);
    migrateSqlite(file);
    return await connect(file);
  } catch (error) {
    throw explain(error, file);
  }
}

async function connect(file: string): Promise<Store> {
  const writer = new Database(file);
  writer.pragma("journal_mode = WAL");
  writer.pragma("synchronous = FULL");
  writer.pragma("foreign_keys = ON");
  // Waiting for another process happens asynchronously in `begin`, never on the event loop.
  writer.pragma("busy_timeout = 0");
  const reader = new Database(file);
  reader.pragma("query_only = ON");
  reader.pragma("busy_timeout = 2000");

  const writeDb = drizzle(withStatementCache(writer), { casing: "snake_case" });
  const readDb = drizzle(withStatementCache(reader), { casing: "snake_case" });

  let tail: Promise<unknown> = Promise.resolve();
  const queue = <T>(job: () => Promise<T>): Promise<T> => {
    const run = tail.then(job);
    tail = run.catch(() => {});
    return run;
  };

  const begin = writer.prepare("BEGIN IMMEDIATE");
  const commit = writer.prepare("COMMIT");
  const rollback = writer.prepare("ROLLBACK");

  async function transaction<T>(fn: (tx: Tx) => Promise<T>): Promise<T> {
    await whenFree(() => begin.run());
    let open = true;
    const handle = new Proxy(writeDb, {
      get(target, property) {
        if (!open) throw new Error("a transaction handle was used after its transaction ended");
        if (property === "forUpdate" || property === "skipLocked") return <Q>(query: Q) => query;
        return Reflect.get(target, property);
      },
    }) as unknown as Tx;
    try {
      const value = await fn(handle);
      commit.run();
      return value;
    } catch (error) {
      if (writer.inTransaction) rollback.run();
      throw error;
    } finally {
      open = false;
    }
  }

  const prepared = new Map<string, Database.Statement>();
  const prepare = (text: string) => {
    const known = prepared.get(text) ?? reader.prepare(text).raw();
    prepared.set(text, known);
    return known;
  };

  return {
    dialect: "sqlite",
    t: createSchema(sqliteKit),
    read: readDb as unknown as Reader,
    rows: async (text, params) => prepare(text).all(...params) as unknown[][],
    authDb: authHandle(writer, reader, queue),
    tx: (fn) => queue(() => transaction(fn)),
    async ping() {
      reader.prepare("select 1").get();
    },
    async close() {
      await tail;
      reader.close();
      writer.close();
    },
  };
}

const CACHED_STATEMENTS = 500;
/** Longer ones are bulk inserts, which seldom come twice with as many rows. */
const CACHED_TEXT_CHARACTERS = 4_000;

/**
 * A connection that compiles each SQL text once. Drizzle compiles at every query, and runs what it compiled in the same
 * turn of the event loop, so a statement is never in use twice.
 */
function withStatementCache(connection: Connection): Connection {
  const known = new Map<string, Database.Statement>();
  const prepare = (text: string) => {
    if (text.length > CACHED_TEXT_CHARACTERS) return connection.prepare(text);
    let statement = known.get(text);
    if (statement) known.delete(text);
    else statement = connection.prepare(text);
    known.set(text, statement);
    if (known.size > CACHED_STATEMENTS) known.delete(known.keys().next().value as string);
    // Drizzle switches to rows as arrays where it needs them, and counts on objects otherwise.
    return statement.reader ? statement.raw(false) : statement;
  };
  return new Proxy(connection, {
    get(target, property) {
      if (property === "prepare") return prepare;
      const value = Reflect.get(target, property, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

/** Retries `attempt` while another process holds the write lock. */
async function whenFree(attempt: () => void): Promise<void> {
  const started = performance.now();
  for (let waitMs = 2; ; waitMs = Math.min(waitMs * 2, 100)) {
    try {
      attempt();
      return;
    } catch (error) {
      const busy = databaseErrorCode(error)?.startsWith("SQLITE_BUSY");
      if (!busy || performance.now() - started > LOCK_WAIT_MS) throw error;
      await sleep(waitMs);
    }
  }
}

/** better-auth brings its own queries and no transactions: its writes are queued one statement at a time. */
function authHandle(
  writer: Connection,
  reader: Connection,
  queue: <T>(job: () => Promise<T>) => Promise<T>,
): object {
  const run = (connection: Connection, text: string, params: unknown[], method: string) => {
    const statement = connection.prepare(text);
    if (method === "run" || !statement.reader) {
      statement.run(...params);
      return { rows: [] };
    }
    const raw = statement.raw();
    return { rows: (method === "get" ? raw.get(...params) : raw.all(...params)) as unknown[] };
  };
  return drizzleProxy(
    async (text, params, method) => {
      if (/^\s*select/i.test(text)) return run(reader, text, params, method) as { rows: unknown[] };
      return queue(async () => {
        let result: { rows: unknown[] } = { rows: [] };
        await whenFree(() => {
          result = run(writer, text, params, method);
        });
        return result;
      });
    },
    undefined,
    { casing: "snake_case" },
  );
}

function prepareFolder(file: string): void {
  if (file === ":memory:") return;
  const folder = dirname(file);
  mkdirSync(folder, { recursive: true });
  accessSync(folder, constants.W_OK);
  if (existsSync(file)) accessSync(file, constants.W_OK);
}

/**
 * Migrates under an exclusive lock on a file beside the database: several processes may start at once, and the
 * operating system frees the lock of one that dies.
 */
function migrateSqlite(file: string): void {
  const lock = new Database(file === ":memory:" ? file : `${file}.migrate-lock`);
  try {
    lock.pragma("busy_timeout = 60000");
    lock.exec("BEGIN EXCLUSIVE");
    const db = new Database(file);
    try {
      db.pragma("busy_timeout = 10000");
      db.pragma("journal_mode = WAL");
      assertNotNewer("sqlite", newestMigration(db));
      // A table rebuild with foreign keys on would delete child rows.
      db.pragma("foreign_keys = OFF");
      migrate(drizzle(db, { casing: "snake_case" }), { migrationsFolder: migrationsFolder("sqlite") });
      const broken = db.pragma("foreign_key_check") as unknown[];
      if (broken.length > 0) throw new Error(`a migration broke ${broken.length} foreign keys`);
      installTriggers(db, PLACE_TRIGGERS, sqlitePlaceCounter());
      installTriggers(db, FACT_TRIGGERS, sqliteTrajectoryFacts());
    } finally {
      db.close();
    }
  } finally {
    lock.close();
  }
}

function installTriggers(db: Connection, names: readonly string[], statements: readonly string[]): void {
  db.transaction(() => {
    const found = db
      .prepare(
        `select count(*) as n from sqlite_master where type = 'trigger' and name in (${names.map(() => "?").join(", ")})`,
      )
      .get(...names) as { n: number };
    if (found.n === names.length) return;
    for (const name of names) db.exec(`drop trigger if exists ${name}`);
    for (const statement of statements) db.exec(statement);
  }).immediate();
}

function newestMigration(db: Connection): number | null {
  const table = db.prepare("select 1 from sqlite_master where name = '__drizzle_migrations'").get();
  if (!table) return null;
  const row = db.prepare("select max(created_at) as at from __drizzle_migrations").get() as {
    at: number | null;
  };
  return row.at === null ? null : Number(row.at);
}

function explain(error: unknown, file: string): unknown {
  if (error instanceof StartupError) return error;
  const code = databaseErrorCode(error) ?? "";
  const say = (message: string) => new StartupError(message, { cause: error });
  if (code === "EACCES" || code === "EROFS" || code === "EPERM" || code.startsWith("SQLITE_READONLY")) {
    return say(`Cannot write to ${file}. Make the folder and the file writable, or set DATA_DIR.`);
  }
  if (code === "ENOSPC" || code === "SQLITE_FULL")
    return say(`The disk of ${file} is full. Free some space.`);
  if (code === "ENOTDIR" || code === "EEXIST" || code === "SQLITE_CANTOPEN" || code === "EISDIR") {
    return say(`Cannot open ${file}: a part of its path is not a folder, or it is not a file.`);
  }
  if (code === "SQLITE_NOTADB")
    return say(`${file} is not a SQLite database. Move it away, or set DATABASE_URL.`);
  if (code === "SQLITE_CORRUPT") return say(`${file} is damaged. Restore it from a backup.`);
  return error;
}
