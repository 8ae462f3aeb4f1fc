import fc from "fast-check";
import { parquetReadObjects } from "hyparquet";
import { DEFAULT_PARSERS } from "hyparquet/src/convert.js";
import { compressors } from "hyparquet-compressors";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { csvEncoder } from "../../../exporters/encoders/csv.ts";
import type { Encoder } from "../../../exporters/encoders/encoder.ts";
import { jsonlEncoder } from "../../../exporters/encoders/jsonl.ts";
import { parquetEncoder } from "../../../exporters/encoders/parquet.ts";
import { spreadsheetCsvEncoder } from "../../../exporters/encoders/spreadsheet-csv.ts";
import {
  type Cell,
  list,
  optional,
  required,
  type Scalar,
  type Table,
  texts,
  toObject,
} from "../../../exporters/tables/table.ts";
import { HOSTILE_TEXTS } from "./sample.ts";

interface Flat {
  id: string;
  text: string;
  maybeText: string | null;
  int: number;
  maybeLong: number | null;
  maybeNumber: number | null;
  flag: boolean;
  maybeFlag: boolean | null;
}

const flatColumns = [
  required<Flat>("id", "id", "", (r) => r.id),
  required<Flat>("text", "string", "", (r) => r.text),
  optional<Flat>("maybe_text", "string", "", (r) => r.maybeText),
  required<Flat>("int", "int", "", (r) => r.int),
  optional<Flat>("maybe_long", "long", "", (r) => r.maybeLong),
  optional<Flat>("maybe_number", "number", "", (r) => r.maybeNumber),
  required<Flat>("flag", "boolean", "", (r) => r.flag),
  optional<Flat>("maybe_flag", "boolean", "", (r) => r.maybeFlag),
];
const table = <Row>(columns: Table<Row>["columns"]): Table<Row> => ({
  name: "samples",
  description: "",
  primaryKey: [],
  columns,
  each() {},
});
const flat = table(flatColumns);

interface Nested extends Flat {
  texts: string[];
  inner: { flat: Flat; texts: string[]; items: Flat[] }[];
}
const nested = table<Nested>([
  ...flatColumns,
  texts("texts", "", (r) => r.texts),
  list(
    "inner",
    "",
    [
      required<Nested["inner"][number]>("text", "string", "", (r) => r.flat.text),
      optional<Nested["inner"][number]>("maybe_long", "long", "", (r) => r.flat.maybeLong),
      texts("texts", "", (r: Nested["inner"][number]) => r.texts),
      list("items", "", flatColumns, (r: Nested["inner"][number]) => r.items),
    ],
    (r: Nested) => r.inner,
  ),
]);

const unit = fc.oneof(
  fc.constantFrom(...'",\r\n;\t \ufeff=0'),
  fc.integer({ min: 1, max: 0xffff }).map((n) => String.fromCharCode(n)),
);
const anyText = fc.oneof(
  fc.constantFrom(...HOSTILE_TEXTS),
  fc.array(unit, { maxLength: 8 }).map((units) => units.join("").toWellFormed()),
);
// CSV and JSON have no negative zero.
const anyNumber = fc.double({ noDefaultInfinity: true, noNaN: true }).map((n) => (n === 0 ? 0 : n));
const anyFlat: fc.Arbitrary<Flat> = fc.record({
  id: fc.stringMatching(/^[A-Za-z0-9_.-]{0,20}$/),
  text: anyText,
  maybeText: fc.option(anyText),
  int: fc.integer(),
  maybeLong: fc.option(fc.maxSafeInteger()),
  maybeNumber: fc.option(anyNumber),
  flag: fc.boolean(),
  maybeFlag: fc.option(fc.boolean()),
});
const anyNested: fc.Arbitrary<Nested> = fc
  .tuple(
    anyFlat,
    fc.array(anyText, { maxLength: 3 }),
    fc.array(
      fc.record({
        flat: anyFlat,
        texts: fc.array(anyText, { maxLength: 2 }),
        items: fc.array(anyFlat, { maxLength: 2 }),
      }),
      { maxLength: 3 },
    ),
  )
  .map(([row, list, inner]) => ({ ...row, texts: list, inner }));

async function encode<Row>(encoder: Encoder, of: Table<Row>, rows: readonly Row[]): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  const writer = encoder.open(of, {
    write(bytes) {
      chunks.push(typeof bytes === "string" ? Buffer.from(bytes) : bytes.slice());
      return undefined;
    },
  });
  for (const row of rows) {
    writer.write(row);
    await writer.drain();
  }
  await writer.end();
  return Buffer.concat(chunks);
}

async function readParquet(bytes: Buffer): Promise<unknown[]> {
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  return (await parquetReadObjects({ file, compressors, parsers })).map(plain);
}

// hyparquet's own decoder drops a byte order mark at the start of a text.
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const parsers = {
  ...DEFAULT_PARSERS,
  stringFromBytes: (bytes: Uint8Array | undefined) => (bytes ? decoder.decode(bytes) : undefined),
};

/** 64-bit integers come as bigint; ours are safe integers. */
function plain(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, cell]) => [key, plain(cell)]));
  return value;
}

const objects = <Row>(of: Table<Row>, rows: readonly Row[]) => rows.map((row) => toObject(of.columns, row));

describe("decoding gives back what was encoded", () => {
  it.each([
    ["flat", flat, anyFlat],
    ["nested", nested, anyNested],
  ] as [string, Table<unknown>, fc.Arbitrary<unknown>][])("in JSONL, %s", async (_, of, any) => {
    await fc.assert(
      fc.asyncProperty(fc.array(any, { maxLength: 6 }), async (rows) => {
        const text = (await encode(jsonlEncoder, of, rows)).toString("utf8");
        const lines = text.split("\n");
        expect(lines.pop()).toBe("");
        expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(objects(of, rows));
        // The same text as the engine's own encoder.
        expect(lines).toEqual(objects(of, rows).map((row) => JSON.stringify(row)));
      }),
    );
  });

  it.each([
    ["flat", flat, anyFlat],
    ["nested", nested, anyNested],
  ] as [string, Table<unknown>, fc.Arbitrary<unknown>][])(
    "in Parquet as hyparquet reads it, %s",
    async (_, of, any) => {
      await fc.assert(
        fc.asyncProperty(fc.array(any, { minLength: 1, maxLength: 6 }), async (rows) => {
          expect(await readParquet(await encode(parquetEncoder, of, rows))).toEqual(objects(of, rows));
        }),
        { numRuns: 60 },
      );
    },
  );

  it("in CSV, and byte for byte as papaparse writes it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyFlat, { minLength: 1, maxLength: 6 }), async (rows) => {
        const csv = (await encode(csvEncoder, flat, rows)).toString("utf8");
        const cells = rows.map((row) => flatColumns.map((column) => column.value(row)));
        const header = flatColumns.map((column) => column.name);
        const papa = Papa.unparse([header, ...cells], {
          newline: "\r\n",
          quotes: (value: unknown) => value === "",
        });
        expect(csv).toBe(`${papa}\r\n`);
        expect(decodeCsv(csv)).toEqual(rows.map((row) => toObject(flatColumns, row)));
      }),
    );
  });
});

/** An independent reading of our CSV that keeps null and "" apart, typed by the columns. */
function decodeCsv(csv: string): { [name: string]: Cell }[] {
  const isEmpty = "\u0000empty";
  // Only outside quotes: cells are cut by a state machine of a dozen lines.
  const rows: string[][] = [[]];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < csv.length; i++) {
    const c = csv[i] as string;
    if (quoted) {
      if (c !== '"') cell += c;
      else if (csv[i + 1] === '"') cell += csv[++i];
      else {
        quoted = false;
        if (cell === "") cell = isEmpty;
      }
    } else if (c === '"' && cell === "") quoted = true;
    else if (c === "," || (c === "\r" && csv[i + 1] === "\n")) {
      (rows.at(-1) as string[]).push(cell);
      cell = "";
      if (c === "\r") {
        rows.push([]);
        i += 1;
      }
    } else cell += c;
  }
  const [, ...body] = rows.slice(0, -1);
  return body.map((cells) =>
    Object.fromEntries(
      flatColumns.map(({ name, type }, i): [string, Scalar] => {
        const text = cells[i] as string;
        if (text === "") return [name, null];
        if (type === "id" || type === "string") return [name, text === isEmpty ? "" : text];
        return [name, JSON.parse(text) as Scalar];
      }),
    ),
  );
}

describe("Parquet", () => {
  it("reads the same whether a file has one row group or many", async () => {
    const text = "x".repeat(3_000);
    const rows = Array.from({ length: 8_000 }, (_, i) => ({
      id: `r_${i}`,
      text: `${text}${i}`,
      maybeText: i % 3 === 0 ? null : "",
      int: i,
      maybeLong: i % 2 === 0 ? null : 2 ** 40 + i,
      maybeNumber: null,
      flag: i % 2 === 0,
      maybeFlag: null,
    }));
    const bytes = await encode(parquetEncoder, flat, rows);
    const read = (await readParquet(bytes)) as { id: string }[];
    expect(read).toHaveLength(8_000);
    expect(read.filter((row, i) => row.id !== `r_${i}`)).toEqual([]);
    expect(read[7_999]).toEqual(toObject(flatColumns, rows[7_999] as Flat));
  });

  it("of no rows is a file that readers open", async () => {
    expect(await readParquet(await encode(parquetEncoder, nested, []))).toEqual([]);
  });
});

describe("CSV for spreadsheets", () => {
  it("starts with a byte order mark and disarms formulas, which a bundle's CSV never does", async () => {
    const row: Flat = {
      id: "a",
      text: "=1+1",
      maybeText: "@SUM(A1)",
      int: -1,
      maybeLong: null,
      maybeNumber: null,
      flag: true,
      maybeFlag: null,
    };
    const sheet = (await encode(spreadsheetCsvEncoder, flat, [row])).toString("utf8");
    expect(sheet.startsWith("\ufeffid,text,")).toBe(true);
    expect(sheet).toContain('"\'=1+1","\'@SUM(A1)"');
    const csv = (await encode(csvEncoder, flat, [row])).toString("utf8");
    expect(csv.split("\r\n")[1]).toBe("a,=1+1,@SUM(A1),-1,,,true,");
  });
});
