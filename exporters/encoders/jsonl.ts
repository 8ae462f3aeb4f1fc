import type { Column, Scalar, ScalarColumn } from "../tables/table.ts";
import { type Encoder, PIECE_CHARACTERS } from "./encoder.ts";

/** One JSON object a line, every key present, LF. The same text as JSON.stringify would give. */
export const jsonlEncoder: Encoder = {
  extension: "jsonl",
  open(table, sink) {
    const encode = compileObject(table.columns);
    let text = "";
    const flush = () => {
      const piece = text;
      text = "";
      return piece === "" ? undefined : sink.write(piece);
    };
    return {
      write(row) {
        text += `${encode(row)}\n`;
      },
      drain: () => (text.length >= PIECE_CHARACTERS ? flush() : undefined),
      async end() {
        await flush();
      },
    };
  },
};

type Encode<Row> = (row: Row) => string;

/** Compiled once per table: encoding a row looks at no column list. */
function compileObject<Row>(columns: readonly Column<Row>[]): Encode<Row> {
  if (columns.length === 0) return () => "{}";
  const keys = columns.map((column, i) => `${i === 0 ? "{" : ","}${JSON.stringify(column.name)}:`);
  const encoders = columns.map((column) => compileCell(column));
  return (row) => {
    let out = "";
    for (let i = 0; i < encoders.length; i++) out += (keys[i] as string) + (encoders[i] as Encode<Row>)(row);
    return `${out}}`;
  };
}

function compileCell<Row>(column: Column<Row>): Encode<Row> {
  if (column.type === "list") {
    const encode = compileObject(column.items) as Encode<never>;
    return (row) => joinList(column.value(row), encode);
  }
  if (column.type === "texts") return (row) => joinList(column.value(row), quote);
  return compileScalar(column);
}

function compileScalar<Row>(column: ScalarColumn<Row>): Encode<Row> {
  const { value } = column;
  switch (column.type) {
    case "id":
      return (row) => {
        const id = value(row);
        return id === null ? "null" : `"${id}"`;
      };
    case "string":
      return (row) => {
        const text = value(row);
        return text === null ? "null" : quote(text as string);
      };
    case "boolean":
      return (row) => String(value(row));
    default:
      return (row) => numberText(value(row));
  }
}

function joinList<Item>(items: readonly Item[], encode: Encode<Item>): string {
  let out = "[";
  for (let i = 0; i < items.length; i++) {
    if (i > 0) out += ",";
    out += encode(items[i] as Item);
  }
  return `${out}]`;
}

/** What JSON escapes in well-formed text, and lone surrogates. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to be escaped
const NEEDS_ESCAPE = /["\\\u0000-\u001f\ud800-\udfff]/;

function quote(text: string): string {
  return NEEDS_ESCAPE.test(text) ? JSON.stringify(text) : `"${text}"`;
}

function numberText(value: Scalar): string {
  // As JSON.stringify has it: there is no infinity and no negative zero.
  return typeof value === "number" && Number.isFinite(value) ? String(value) : "null";
}
