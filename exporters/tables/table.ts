/**
 * One list of columns per table. CSV header and cells, JSON keys, and later the data dictionary, JSON Schema,
 * Parquet schema, Croissant and Data Package all come from it.
 */
import type { TrajectoryRecord } from "../records.ts";

export type ScalarType = "string" | "int" | "number" | "boolean";
export type Scalar = string | number | boolean | null;
/** What a column holds: a scalar, or a list of objects in nested tables. */
export type Cell = Scalar | { [name: string]: Cell }[];

export interface Column<Row> {
  readonly name: string;
  readonly type: ScalarType | "list";
  /** Free text is never null: absent = "". */
  readonly nullable: boolean;
  readonly description: string;
  /** Columns of the items of a list. */
  readonly items?: readonly Column<never>[];
  value(row: Row): Cell;
}

export interface Table<Row> {
  readonly name: string;
  readonly description: string;
  readonly primaryKey: readonly string[];
  readonly columns: readonly Column<Row>[];
  /** The rows of one trajectory, in the order of the file. */
  rows(trajectory: TrajectoryRecord): Iterable<Row>;
}

type Value<Row> = (row: Row) => Scalar;
type NotNull = Exclude<Scalar, null>;

/** A column that always has a value. */
export function required<Row>(
  name: string,
  type: ScalarType,
  description: string,
  value: (row: Row) => NotNull,
): Column<Row> {
  return { name, type, nullable: false, description, value };
}

/** A column where null means that there is no value. */
export function optional<Row>(
  name: string,
  type: ScalarType,
  description: string,
  value: Value<Row>,
): Column<Row> {
  return { name, type, nullable: true, description, value };
}

/** A list of objects with columns of their own. */
export function list<Row, Item>(
  name: string,
  description: string,
  items: readonly Column<Item>[],
  value: (row: Row) => readonly Item[],
): Column<Row> {
  return {
    name,
    type: "list",
    nullable: false,
    description,
    items,
    value: (row) => value(row).map((item) => toObject(items, item)),
  };
}

/** The same columns, reached from a wider row. */
export function lift<Outer, Inner>(
  columns: readonly Column<Inner>[],
  reach: (row: Outer) => Inner,
): Column<Outer>[] {
  return columns.map((column) => ({ ...column, value: (row) => column.value(reach(row)) }));
}

/** One row as an object with every key present, in the order of the columns. */
export function toObject<Row>(columns: readonly Column<Row>[], row: Row): { [name: string]: Cell } {
  const out: { [name: string]: Cell } = {};
  for (const column of columns) out[column.name] = column.value(row);
  return out;
}
