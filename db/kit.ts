/**
 * One vocabulary of column builders for both dialects, so that there is one schema.
 * The static type is always PostgreSQL's; at run time the SQLite kit hands out SQLite builders whose
 * JavaScript value types are the same.
 */
import { type SQL, sql } from "drizzle-orm";
import * as pg from "drizzle-orm/pg-core";
import * as sqlite from "drizzle-orm/sqlite-core";

export type Dialect = "sqlite" | "postgres";

export const postgresKit = {
  dialect: "postgres" as Dialect,
  table: pg.pgTable,
  index: pg.index,
  uniqueIndex: pg.uniqueIndex,
  primaryKey: pg.primaryKey,
  check: pg.check,
  text: () => pg.text(),
  /** Text restricted in TypeScript; add `oneOf` as a CHECK, for neither database enforces it. */
  enumText: <const T extends readonly [string, ...string[]]>(values: T) =>
    pg.text({ enum: values as unknown as [T[number], ...T[number][]] }),
  /** 32-bit. */
  int: () => pg.integer(),
  /** Instant or duration in milliseconds (UTC for instants), safe integer. */
  ms: () => pg.bigint({ mode: "number" }),
  /** Counter that the database assigns; grows with insertion order. */
  autoId: () => pg.bigint({ mode: "number" }).primaryKey().generatedByDefaultAsIdentity(),
  real: () => pg.doublePrecision(),
  bool: () => pg.boolean(),
  /** Instant as a Date: only for the tables that better-auth owns. */
  date: () => pg.timestamp({ withTimezone: true, mode: "date", precision: 3 }),
  json: <T>() => pg.jsonb().$type<T>(),
};
export type Kit = typeof postgresKit;

export const sqliteKit = {
  dialect: "sqlite",
  table: sqlite.sqliteTable,
  index: sqlite.index,
  uniqueIndex: sqlite.uniqueIndex,
  primaryKey: sqlite.primaryKey,
  check: sqlite.check,
  text: () => sqlite.text(),
  enumText: (values: readonly [string, ...string[]]) =>
    sqlite.text({ enum: [...values] as [string, ...string[]] }),
  int: () => sqlite.integer(),
  ms: () => sqlite.integer(),
  autoId: () => sqlite.integer().primaryKey({ autoIncrement: true }),
  real: () => sqlite.real(),
  bool: () => sqlite.integer({ mode: "boolean" }),
  date: () => sqlite.integer({ mode: "timestamp_ms" }),
  json: () => sqlite.text({ mode: "json" }),
} as unknown as Kit;

/** `column in ('a', 'b')` with literals, for CHECKs and partial indexes, where parameters are not allowed. */
export function oneOf(column: unknown, values: readonly string[]): SQL {
  return sql`${column} in (${sql.raw(values.map((v) => `'${v.replaceAll("'", "''")}'`).join(", "))})`;
}
