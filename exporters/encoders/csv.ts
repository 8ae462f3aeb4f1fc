import Papa from "papaparse";
import type { Cell, Column } from "../tables/table.ts";
import type { Encoder } from "./encoder.ts";

const NEWLINE = "\r\n";
/** Rows handed to papaparse at once. */
const BATCH_ROWS = 256;

const OPTIONS: Papa.UnparseConfig = {
  newline: NEWLINE,
  // Nothing between the commas is null; an empty string is written as "".
  quotes: (value: unknown) => value === "",
};

/** RFC 4180 with a header row, for flat tables. Formulas are left as they are: a bundle is data, not a sheet. */
export const csvEncoder: Encoder = {
  extension: "csv",
  open(table, sink) {
    assertFlat(table.name, table.columns);
    let batch: Cell[][] = [table.columns.map((column) => column.name)];
    const flush = () => {
      if (batch.length === 0) return undefined;
      const text = Papa.unparse(batch, OPTIONS) + NEWLINE;
      batch = [];
      return sink.write(text);
    };
    return {
      write(row) {
        batch.push(table.columns.map((column) => column.value(row)));
        return batch.length >= BATCH_ROWS ? flush() : undefined;
      },
      async end() {
        await flush();
      },
    };
  },
};

function assertFlat<Row>(table: string, columns: readonly Column<Row>[]): void {
  const nested = columns.find((column) => column.type === "list");
  if (nested) throw new TypeError(`CSV cannot hold the list "${nested.name}" of table "${table}"`);
}
