/** A database past the service: plain SQL that both dialects understand, for checkers and for breaking things. */
import Database from "better-sqlite3";
import pg from "pg";

export type Query = <T>(sql: string) => Promise<T[]>;

/** Opens `url`, as stands give it, for the time of `work`. */
export async function withDatabase<T>(url: string, work: (query: Query) => Promise<T>): Promise<T> {
  if (url.startsWith("file:")) {
    const db = new Database(url.slice("file:".length));
    try {
      return await work(async <R>(sql: string) => {
        const statement = db.prepare(sql);
        if (statement.reader) return statement.all() as R[];
        statement.run();
        return [];
      });
    } finally {
      db.close();
    }
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(async <R>(sql: string) => (await client.query(sql)).rows as R[]);
  } finally {
    await client.end();
  }
}
