import type { Scalar, ScalarColumn, Table } from "../tables/table.ts";
import { parseCell, scalarFault } from "./check-values.ts";
import { type BundleProblems, shown } from "./problems.ts";
import { type Row, readCsv, UnreadableRow } from "./read-text.ts";

/** A row of a CSV file as its table knows it. */
export interface CsvRow {
  row: number;
  values: Record<string, Scalar>;
}

/** Reads a CSV file of the bundle beside the trajectories, which have the same order. */
export class CsvTable {
  readonly name: string;
  readonly #columns: readonly ScalarColumn<unknown>[];
  readonly #problems: BundleProblems;
  readonly #rows: AsyncGenerator<Row>;
  #ahead: CsvRow | null = null;
  #ended = false;

  // The values are read by name; what rows the exporters make them from does not matter.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  constructor(path: string, name: string, table: Table<any>, problems: BundleProblems) {
    this.name = name;
    this.#columns = table.columns as unknown as readonly ScalarColumn<unknown>[];
    this.#problems = problems;
    this.#rows = readCsv(path);
  }

  /** Reads the header. False when it is not that of the table: nothing of the file can be used then. */
  async open(): Promise<boolean> {
    const header = await this.#nextRow();
    const wanted = this.#columns.map((column) => column.name);
    const given = header?.cells ?? [];
    for (const name of wanted)
      if (!given.includes(name)) this.#problems.add(this.name, 1, name, "The column is missing.");
    for (const name of given)
      if (name === null || !wanted.includes(name))
        this.#problems.add(this.name, 1, name ?? "", `There is no column ${shown(name)} in this table.`);
    if (wanted.join() === given.join()) return true;
    if ([...wanted].sort().join() === [...given].sort().join())
      this.#problems.add(this.name, 1, "", `The columns stand in another order than ${wanted.join(", ")}.`);
    return false;
  }

  /** The rows of the trajectory that comes next. Rows of none, or out of order, are reported by {@link finish}. */
  async take(trajectoryId: string): Promise<CsvRow[]> {
    const out: CsvRow[] = [];
    for (;;) {
      this.#ahead ??= await this.next();
      if (this.#ahead?.values.trajectory_id !== trajectoryId) return out;
      out.push(this.#ahead);
      this.#ahead = null;
    }
  }

  /** Reports what no trajectory has asked for. */
  async finish(): Promise<void> {
    for (let row = this.#ahead ?? (await this.next()); row; row = await this.next())
      this.#problems.add(
        this.name,
        row.row,
        "trajectory_id",
        `${shown(row.values.trajectory_id)} is no trajectory of trajectories.jsonl, or stands in another order there.`,
      );
    this.#ahead = null;
  }

  /** The next row that is sound; faulty ones are reported and passed over. */
  async next(): Promise<CsvRow | null> {
    for (let row = await this.#nextRow(); row; row = await this.#nextRow()) {
      const values = this.#toValues(row);
      if (values) return { row: row.row, values };
    }
    return null;
  }

  #toValues({ row, cells }: Row): Record<string, Scalar> | null {
    if (cells.length !== this.#columns.length) {
      this.#problems.add(
        this.name,
        row,
        "",
        `The row has ${cells.length} cells instead of ${this.#columns.length}.`,
      );
      return null;
    }
    const values: Record<string, Scalar> = {};
    let ok = true;
    for (const [i, column] of this.#columns.entries()) {
      const cell = cells[i] as string | null;
      const value = parseCell(column, cell);
      const fault =
        value === undefined
          ? `must be of type ${column.type}, not ${shown(cell)}`
          : scalarFault(column, value);
      if (fault === null) values[column.name] = value as Scalar;
      else {
        this.#problems.add(this.name, row, column.name, fault);
        ok = false;
      }
    }
    return ok ? values : null;
  }

  async #nextRow(): Promise<Row | null> {
    if (this.#ended) return null;
    try {
      const next = await this.#rows.next();
      if (!next.done) return next.value;
    } catch (error) {
      if (!(error instanceof UnreadableRow)) throw error;
      this.#problems.add(this.name, error.row, "", error.message);
    }
    this.#ended = true;
    return null;
  }
}
