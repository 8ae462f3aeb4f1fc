/**
 * Where a dataset of another column layout is added: a layout maps our tables to its own, and everything else (files,
 * schemas, dictionary) follows. The layout of the dataset that the paper's authors published is in no public text that
 * we found, so none is claimed here.
 */
import type { TableSpec } from "./tables/index.ts";
import type { Column, Table } from "./tables/table.ts";

export interface Layout {
  /** As the manifest names it. */
  readonly name: string;
  /** Our tables → the tables of the layout, in the order of its files. */
  map(tables: readonly TableSpec[]): TableSpec[];
}

export const turnwiseLayout: Layout = { name: "turnwise-seq/1.0", map: (tables) => [...tables] };

/** A table under another name, with some columns only, in another order and by other names. */
export function reshape<Row>(
  table: Table<Row>,
  {
    name = table.name,
    columns,
  }: { name?: string; columns: readonly (readonly [from: string, to: string])[] },
): Table<Row> {
  const find = (from: string): Column<Row> => {
    const found = table.columns.find((column) => column.name === from);
    if (!found) throw new TypeError(`table ${table.name} has no column ${from}`);
    return found;
  };
  const kept = new Map(columns);
  const rename = (from: string) => kept.get(from);
  const primaryKey = table.primaryKey.map(rename).filter((key) => key !== undefined);
  return {
    name,
    description: table.description,
    // A key of which a part is missing is none.
    primaryKey: primaryKey.length === table.primaryKey.length ? primaryKey : [],
    columns: columns.map(([from, to]) => ({ ...find(from), name: to })),
    each: (trajectory, emit) => table.each(trajectory, emit),
  };
}
