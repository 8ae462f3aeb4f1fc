/**
 * One list of columns per table. CSV header and cells, JSON keys, Parquet schema, JSON Schema, data dictionary,
 * Croissant, Data Package and Kaggle fields all come from it.
 */
import type { TrajectoryRecord } from "../records.ts";

/**
 * `id` = text of the letters, digits and `_-.` only, which no format needs to escape; `int` = 32-bit; `long` = a safe
 * integer that is stored in 64 bits.
 */
export type ScalarType = "id" | "string" | "int" | "long" | "number" | "boolean";
export type Scalar = string | number | boolean | null;
/** What a column holds: a scalar, a list of texts, or a list of objects in nested tables. */
export type Cell = Scalar | string[] | { [name: string]: Cell }[];

interface ColumnBase {
  readonly name: string;
  readonly description: string;
}

export interface ScalarColumn<Row> extends ColumnBase {
  readonly type: ScalarType;
  /** Free text is never null: absent = "". */
  readonly nullable: boolean;
  /** The only values that occur, where they are few. */
  readonly values?: readonly (string | number)[];
  value(row: Row): Scalar;
}

export interface TextsColumn<Row> extends ColumnBase {
  readonly type: "texts";
  readonly nullable: false;
  value(row: Row): string[];
}

export interface ListColumn<Row, Item = never> extends ColumnBase {
  readonly type: "list";
  readonly nullable: false;
  /** Columns of the items. */
  readonly items: readonly Column<Item>[];
  value(row: Row): readonly Item[];
}

export type Column<Row> = ScalarColumn<Row> | TextsColumn<Row> | ListColumn<Row>;

export interface ForeignKey {
  readonly column: string;
  readonly table: string;
  readonly references: string;
}

export interface Table<Row> {
  readonly name: string;
  readonly description: string;
  readonly primaryKey: readonly string[];
  readonly foreignKeys?: readonly ForeignKey[];
  readonly columns: readonly Column<Row>[];
  /** Hands over the rows of one trajectory, in the order of the file. */
  each(trajectory: TrajectoryRecord, emit: (row: Row) => void): void;
}

type NotNull = Exclude<Scalar, null>;
type Values = { values?: readonly (string | number)[] };

/** A column that always has a value. */
export function required<Row>(
  name: string,
  type: ScalarType,
  description: string,
  value: (row: Row) => NotNull,
  { values }: Values = {},
): ScalarColumn<Row> {
  return { name, type, nullable: false, description, ...(values && { values }), value };
}

/** A column where null means that there is no value. */
export function optional<Row>(
  name: string,
  type: ScalarType,
  description: string,
  value: (row: Row) => Scalar,
  { values }: Values = {},
): ScalarColumn<Row> {
  return { name, type, nullable: true, description, ...(values && { values }), value };
}

/** A list of texts. */
export function texts<Row>(
  name: string,
  description: string,
  value: (row: Row) => string[],
): TextsColumn<Row> {
  return { name, type: "texts", nullable: false, description, value };
}

/** A list of objects with columns of their own. */
export function list<Row, Item>(
  name: string,
  description: string,
  items: readonly Column<Item>[],
  value: (row: Row) => readonly Item[],
): ListColumn<Row> {
  return { name, type: "list", nullable: false, description, items, value } as unknown as ListColumn<Row>;
}

/** The same columns, reached from a wider row. */
export function lift<Outer, Inner>(
  columns: readonly ScalarColumn<Inner>[],
  reach: (row: Outer) => Inner,
): ScalarColumn<Outer>[] {
  return columns.map((column) => ({ ...column, value: (row: Outer) => column.value(reach(row)) }));
}

/** Whether every column is a scalar, so that CSV can hold the table. */
export function isFlat<Row>(table: Table<Row>): boolean {
  return table.columns.every((column) => column.type !== "list" && column.type !== "texts");
}

/** What a column holds in one row, items of lists as objects. */
export function cellOf<Row>(column: Column<Row>, row: Row): Cell {
  if (column.type !== "list") return column.value(row);
  return column.value(row).map((item) => toObject(column.items, item));
}

/** One row as an object with every key present, in the order of the columns. */
export function toObject<Row>(columns: readonly Column<Row>[], row: Row): { [name: string]: Cell } {
  const out: { [name: string]: Cell } = {};
  for (const column of columns) out[column.name] = cellOf(column, row);
  return out;
}

/** The rows of one trajectory as a list. */
export function rowsOf<Row>(table: Table<Row>, trajectory: TrajectoryRecord): Row[] {
  const rows: Row[] = [];
  table.each(trajectory, (row) => rows.push(row));
  return rows;
}
