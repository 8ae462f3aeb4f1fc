import type { Column, ScalarColumn } from "../tables/table.ts";
import { isFlat, type Table } from "../tables/table.ts";
import { type Encoder, PIECE_CHARACTERS } from "./encoder.ts";

const NEWLINE = "\r\n";

/**
 * RFC 4180 with a header row, for flat tables. Nothing between the commas is null; an empty string is written as "".
 * Formulas are left as they are: a bundle is data, not a sheet. Byte for byte what papaparse writes with these rules,
 * only faster, because the types of the columns are known.
 */
export const csvEncoder: Encoder = {
  extension: "csv",
  open(table, sink) {
    const columns = flatColumns(table);
    const cells = columns.map((column) => compileCell(column));
    let text = columns.map((column) => cell(column.name)).join(",") + NEWLINE;
    const flush = () => {
      const piece = text;
      text = "";
      return piece === "" ? undefined : sink.write(piece);
    };
    return {
      write(row) {
        let line = (cells[0] as (row: unknown) => string)(row);
        for (let i = 1; i < cells.length; i++) line += `,${(cells[i] as (row: unknown) => string)(row)}`;
        text += line + NEWLINE;
      },
      drain: () => (text.length >= PIECE_CHARACTERS ? flush() : undefined),
      async end() {
        await flush();
      },
    };
  },
};

/** The columns of a table that has no lists. Throws a TypeError for one that has. */
export function flatColumns<Row>(table: Table<Row>): readonly ScalarColumn<Row>[] {
  if (isFlat(table)) return table.columns as readonly ScalarColumn<Row>[];
  const nested = table.columns.find(
    (column: Column<Row>) => column.type === "list" || column.type === "texts",
  );
  throw new TypeError(`CSV cannot hold the list "${nested?.name}" of table "${table.name}"`);
}

function compileCell<Row>({ type, value }: ScalarColumn<Row>): (row: Row) => string {
  switch (type) {
    case "id":
      return (row) => {
        const id = value(row);
        return id === "" ? '""' : id === null ? "" : (id as string);
      };
    case "string":
      return (row) => {
        const text = value(row);
        return text === null ? "" : cell(text as string);
      };
    default:
      return (row) => {
        const plain = value(row);
        return plain === null ? "" : String(plain);
      };
  }
}

const NEEDS_QUOTES = /[",\r\n\ufeff]|^ | $/;

function cell(text: string): string {
  if (text === "") return '""';
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
