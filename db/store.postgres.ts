import { createHash } from "node:crypto";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import pg from "pg";
import { databaseErrorCode, StartupError } from "./errors.ts";
import { postgresKit } from "./kit.ts";
import { PLACE_TRIGGERS, postgresPlaceCounter } from "./place-counter.ts";
import { createSchema } from "./schema/index.ts";
import { assertNotNewer, migrationsFolder, type Reader, type Store, type Tx } from "./store.ts";
import { FACT_TRIGGERS, postgresTrajectoryFacts } from "./trajectory-facts.ts";

const INT8_OID = 20;
/** Our 64-bit integers are instants, durations and counts, which a number holds exactly. */
const NUMBERS: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: "text" | "binary") =>
    oid === INT8_OID ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

/** Any constant that no other program would use on this database. */
const MIGRATION_LOCK = 727_274_001;
const SERIALIZATION_RETRIES = 5;

/** Opens PostgreSQL; many processes may do so at once, one migrates and the others wait. */
export async function openPostgres(url: string, options: { poolSize?: number } = {}): Promise<Store> {
  let pool: pg.Pool;
  try {
    pool = new pg.Pool({
      connectionString: url,
      max: options.poolSize ?? 10,
      connectionTimeoutMillis: 10_000,
    });
  } catch (error) {
    throw new StartupError("DATABASE_URL is not a valid PostgreSQL address.", { cause: error });
  }
  // An idle connection that dies must not end the process; the next query gets a fresh one.
  pool.on("error", () => {});
  try {
    await migratePostgres(pool);
  } catch (error) {
    await pool.end().catch(() => {});
    throw explain(error);
  }
  const db = drizzle(pool, { casing: "snake_case" });
  return {
    dialect: "postgres",
    t: createSchema(postgresKit),
    read: db as unknown as Reader,
    rows: postgresRows(pool),
    authDb: db,
    async tx(fn) {
      for (let attempt = 0; ; attempt++) {
        try {
          return await db.transaction((tx) => fn(withLocks(tx)));
        } catch (error) {
          const code = databaseErrorCode(error);
          const retryable = code === "40001" || code === "40P01";
          if (!retryable || attempt >= SERIALIZATION_RETRIES) throw error;
        }
      }
    },
    async ping() {
      await pool.query("select 1");
    },
    close: () => pool.end(),
  };
}

/** Rows as arrays; PostgreSQL keeps the plan of a named statement, per connection. */
export function postgresRows(connection: Pick<pg.Pool, "query">): Store["rows"] {
  return async (text, params) => {
    const { rows } = await connection.query({
      name: createHash("sha256").update(text).digest("hex").slice(0, 32),
      text,
      values: [...params],
      rowMode: "array",
      types: NUMBERS,
    });
    return rows as unknown[][];
  };
}

/** "no key update": foreign-key checks of other transactions on the locked row do not wait, and cannot deadlock. */
interface Lockable {
  for(strength: "no key update", config?: { skipLocked: true }): unknown;
}

function withLocks(tx: object): Tx {
  return Object.assign(tx, {
    forUpdate: <Q>(query: Q) => (query as Lockable).for("no key update") as Q,
    skipLocked: <Q>(query: Q) => (query as Lockable).for("no key update", { skipLocked: true }) as Q,
  }) as unknown as Tx;
}

async function migratePostgres(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    try {
      assertNotNewer("postgres", await newestMigration(client));
      await migrate(drizzle(client, { casing: "snake_case" }), {
        migrationsFolder: migrationsFolder("postgres"),
      });
      await installTriggers(client, PLACE_TRIGGERS, postgresPlaceCounter());
      await installTriggers(client, FACT_TRIGGERS, postgresTrajectoryFacts());
    } finally {
      await client.query("select pg_advisory_unlock($1)", [MIGRATION_LOCK]);
    }
  } finally {
    client.release();
  }
}

async function installTriggers(
  client: pg.PoolClient,
  names: readonly string[],
  statements: readonly string[],
): Promise<void> {
  const { rows } = await client.query(
    `select count(*)::int as n from pg_trigger t join pg_class c on c.oid = t.tgrelid
     where c.relnamespace = current_schema()::regnamespace and t.tgname = any($1)`,
    [names],
  );
  if (rows[0]?.n === names.length) return;
  await client.query("begin");
  try {
    for (const statement of statements) await client.query(statement);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}

async function newestMigration(client: pg.PoolClient): Promise<number | null> {
  const table = await client.query("select to_regclass('drizzle.__drizzle_migrations') as name");
  if (table.rows[0]?.name == null) return null;
  const newest = await client.query("select max(created_at) as at from drizzle.__drizzle_migrations");
  return newest.rows[0]?.at == null ? null : Number(newest.rows[0].at);
}

/** Turns a failed connection into what the operator should do. Never repeats the address: it holds a password. */
function explain(error: unknown): unknown {
  if (error instanceof StartupError) return error;
  const code = databaseErrorCode(error) ?? "";
  const say = (message: string) => new StartupError(message, { cause: error });
  if (code === "ECONNREFUSED" || code === "ENOENT") {
    return say("No PostgreSQL answers at DATABASE_URL. Start it, or correct host and port.");
  }
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return say("The host in DATABASE_URL cannot be found.");
  if (code === "28P01" || code === "28000")
    return say("PostgreSQL refused the user or password in DATABASE_URL.");
  if (code === "3D000") return say("The database named in DATABASE_URL does not exist. Create it first.");
  if (code === "42501" || code === "25006") {
    return say("PostgreSQL does not let this user create tables. Grant the rights or use another user.");
  }
  if (/timeout/i.test(String((error as Error)?.message))) {
    return say(
      "PostgreSQL at DATABASE_URL does not answer in time. Check the host, the port and the firewall.",
    );
  }
  return error;
}
