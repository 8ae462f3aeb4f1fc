import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { csvEncoder } from "../../../exporters/encoders/csv.ts";
import type { Encoder } from "../../../exporters/encoders/encoder.ts";
import { jsonlEncoder } from "../../../exporters/encoders/jsonl.ts";
import { list, optional, required, type Scalar, type Table } from "../../../exporters/tables/table.ts";
import { HOSTILE_TEXTS } from "./sample.ts";

interface Row {
  text: string;
  maybeText: string | null;
  number: number | null;
  flag: boolean | null;
}

const table: Table<Row> = {
  name: "samples",
  description: "",
  primaryKey: [],
  columns: [
    required("text", "string", "", (r) => r.text),
    optional("maybe_text", "string", "", (r) => r.maybeText),
    optional("number", "number", "", (r) => r.number),
    optional("flag", "boolean", "", (r) => r.flag),
  ],
  each() {},
};

async function encode<R>(encoder: Encoder, of: Table<R>, rows: readonly R[]): Promise<string> {
  const chunks: Uint8Array[] = [];
  const writer = encoder.open(of, {
    write(bytes) {
      chunks.push(typeof bytes === "string" ? Buffer.from(bytes) : bytes);
      return undefined;
    },
  });
  for (const row of rows) {
    writer.write(row);
    await writer.drain();
  }
  await writer.end();
  return Buffer.concat(chunks).toString("utf8");
}

/** An independent reading of our CSV that keeps null and "" apart, as DuckDB can. */
function decode(csv: string): Scalar[][] {
  const isQuotedEmpty = "\u0000empty";
  const marked = csv.replace(/(^|,|\r\n)""(?=,|\r\n|$)/g, `$1${isQuotedEmpty}`);
  const { data, errors } = Papa.parse<string[]>(marked, {
    newline: "\r\n",
    delimiter: ",",
    skipEmptyLines: false,
  });
  expect(errors).toEqual([]);
  expect(data.at(-1)).toEqual([""]);
  return data
    .slice(0, -1)
    .map((row) => row.map((cell) => (cell === "" ? null : cell === isQuotedEmpty ? "" : cell)));
}

describe("the CSV encoder", () => {
  it("gives back every hostile text, and keeps 0, false, the empty string and null apart", async () => {
    const rows = HOSTILE_TEXTS.map((text, i) => ({
      text,
      maybeText: i % 2 === 0 ? null : text,
      number: i % 3 === 0 ? 0 : null,
      flag: i % 3 === 1 ? false : null,
    }));
    const [header, ...decoded] = decode(await encode(csvEncoder, table, rows));
    expect(header).toEqual(["text", "maybe_text", "number", "flag"]);
    expect(decoded).toEqual(
      rows.map((r) => [
        r.text,
        r.maybeText,
        r.number === null ? null : "0",
        r.flag === null ? null : "false",
      ]),
    );
  });

  it("ends every line with CRLF, the header's included, and starts without a byte order mark", async () => {
    const row: Row = { text: "x", maybeText: null, number: 1.5, flag: true };
    expect(await encode(csvEncoder, table, [row])).toBe("text,maybe_text,number,flag\r\nx,,1.5,true\r\n");
    expect(await encode(csvEncoder, table, [])).toBe("text,maybe_text,number,flag\r\n");
  });

  it("gives the same bytes however many rows are held back at a time", async () => {
    const rows = Array.from({ length: 1000 }, (_, i) => ({
      text: `t${i}`,
      maybeText: null,
      number: i,
      flag: null,
    }));
    const csv = await encode(csvEncoder, table, rows);
    expect(csv.split("\r\n")).toHaveLength(1002);
    expect(csv).toBe(
      `text,maybe_text,number,flag\r\n${rows.map((r) => `${r.text},,${r.number},\r\n`).join("")}`,
    );
  });

  it("decodes to what was encoded, for any text without a NUL", async () => {
    const unit = fc.oneof(
      fc.constantFrom(...'",\r\n;\t \ufeff=0'),
      fc.integer({ min: 1, max: 0xffff }).map((n) => String.fromCharCode(n)),
    );
    const anyText = fc.array(unit, { maxLength: 8 }).map((units) => units.join("").toWellFormed());
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(anyText, fc.option(anyText)), { minLength: 1 }), async (pairs) => {
        const rows = pairs.map(([text, maybeText]) => ({ text, maybeText, number: null, flag: null }));
        const csv = await encode(csvEncoder, table, rows);
        const { data } = Papa.parse<string[]>(csv, { newline: "\r\n", delimiter: ",", header: false });
        expect(data.slice(1, -1)).toEqual(rows.map((r) => [r.text, r.maybeText ?? "", "", ""]));
      }),
    );
  });

  it("refuses a table with lists", () => {
    const nested: Table<Row> = { ...table, columns: [list("items", "", table.columns, (r: Row) => [r])] };
    expect(() => csvEncoder.open(nested, { write: () => undefined })).toThrow('list "items"');
  });
});

describe("the JSONL encoder", () => {
  it("writes one line per row with every key present", async () => {
    const rows: Row[] = HOSTILE_TEXTS.map((text) => ({ text, maybeText: null, number: 0, flag: false }));
    const text = await encode(jsonlEncoder, table, rows);
    const lines = text.split("\n");
    expect(lines.pop()).toBe("");
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(
      rows.map((r) => ({ text: r.text, maybe_text: null, number: 0, flag: false })),
    );
  });
});
