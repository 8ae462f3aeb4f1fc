import { Placeholder, type SQLWrapper, sql } from "drizzle-orm";
import type { ReadStore } from "../snapshot.ts";

type Values = Readonly<Record<string, unknown>>;

/** Renders a query once; each call fills its placeholders in and returns rows as arrays, in the order of the columns. */
export function prepareRows<Row extends unknown[]>(
  store: ReadStore,
  query: { toSQL(): { sql: string; params: unknown[] } },
): (values: Values) => Promise<Row[]> {
  const { sql: text, params } = query.toSQL();
  return async (values) => {
    const filled = params.map((param) => (param instanceof Placeholder ? values[param.name] : param));
    return (await store.rows(text, filled)) as Row[];
  };
}

/** A condition that compares a column with the list that {@link idList} made of any number of ids. */
export function isOneOfIds(store: ReadStore, column: SQLWrapper) {
  return store.dialect === "sqlite"
    ? sql`${column} in (select value from json_each(${sql.placeholder("ids")}))`
    : sql`${column} = any(${sql.placeholder("ids")})`;
}

export function idList(store: ReadStore, ids: readonly string[]): Values {
  return { ids: store.dialect === "sqlite" ? JSON.stringify(ids) : ids };
}
