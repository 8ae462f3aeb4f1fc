/** One committed state of the database, for as long as somebody reads it, on a connection of its own. */
import { resolve } from "node:path";
import Database from "better-sqlite3";
import { drizzle as drizzleSqlite } from "drizzle-orm/better-sqlite3";
import { drizzle as drizzlePostgres } from "drizzle-orm/node-postgres";
import pg from "pg";
import { postgresKit, sqliteKit } from "./kit.ts";
import { createSchema } from "./schema/index.ts";
import { postgresRows } from "./store.postgres.ts";
import type { Reader, Store } from "./store.ts";

/** What reading needs of a store. */
export type ReadStore = Pick<Store, "dialect" | "t" | "read" | "rows">;

export interface Snapshot {
  store: ReadStore;
  close(): Promise<void>;
}

/** Everything that is read through it is of the same instant. Close it soon: SQLite's log cannot shrink meanwhile. */
export function openSnapshot(url: string): Promise<Snapshot> {
  if (/^postgres(ql)?:\/\//.test(url)) return openPostgres(url);
  return openSqlite(resolve(url.replace(/^file:(\/\/)?/, "")));
}

async function openSqlite(file: string): Promise<Snapshot> {
  const connection = new Database(file, { fileMustExist: true });
  connection.pragma("query_only = ON");
  connection.pragma("busy_timeout = 10000");
  connection.exec("BEGIN");
  // The instant is that of the first read, not of BEGIN.
  connection.prepare("select count(*) from __drizzle_migrations").get();
  const prepared = new Map<string, Database.Statement>();
  return {
    store: {
      dialect: "sqlite",
      t: createSchema(sqliteKit),
      read: drizzleSqlite(connection, { casing: "snake_case" }) as unknown as Reader,
      async rows(text, params) {
        const statement = prepared.get(text) ?? connection.prepare(text).raw();
        prepared.set(text, statement);
        return statement.all(...params) as unknown[][];
      },
    },
    async close() {
      connection.close();
    },
  };
}

async function openPostgres(url: string): Promise<Snapshot> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  // A connection that dies fails the query that runs, or the next.
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query("begin isolation level repeatable read read only");
    await client.query("select 1");
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
  return {
    store: {
      dialect: "postgres",
      t: createSchema(postgresKit),
      read: drizzlePostgres(client, { casing: "snake_case" }) as unknown as Reader,
      rows: postgresRows(client),
    },
    close: () => client.end(),
  };
}
