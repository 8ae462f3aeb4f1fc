import Papa from "papaparse";
import type { Scalar } from "../tables/table.ts";
import { flatColumns } from "./csv.ts";
import { type Encoder, PIECE_CHARACTERS } from "./encoder.ts";

const NEWLINE = "\r\n";
export const BATCH_ROWS = 256;
export const BYTE_ORDER_MARK = "\ufeff";
/** What papaparse looks for by itself ends at the first line break and lets a formula of several lines through. */
const FORMULA = /^[=+\-@\t\r]/;

/** Rows as a spreadsheet program may open them. */
export function toSheet(rows: unknown[][]): string {
  return Papa.unparse(rows, { newline: NEWLINE, escapeFormulae: FORMULA }) + NEWLINE;
}

/**
 * For people who open a table in a spreadsheet program: with a byte order mark, and a leading ' before what the program
 * would take for a formula. Such a file is not the data and never part of a bundle.
 */
export const spreadsheetCsvEncoder: Encoder = {
  extension: "spreadsheet.csv",
  open(table, sink) {
    const columns = flatColumns(table);
    let batch: Scalar[][] = [columns.map((column) => column.name)];
    let text = BYTE_ORDER_MARK;
    const encode = () => {
      if (batch.length > 0) text += toSheet(batch);
      batch = [];
    };
    const flush = () => {
      const piece = text;
      text = "";
      return sink.write(piece);
    };
    return {
      write(row) {
        batch.push(columns.map((column) => column.value(row)));
        if (batch.length >= BATCH_ROWS) encode();
      },
      drain: () => (text.length >= PIECE_CHARACTERS ? flush() : undefined),
      async end() {
        encode();
        await flush();
      },
    };
  },
};
