import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import Papa from "papaparse";
import { expect, it } from "vitest";
import { toSpreadsheetCsv } from "../../../exporters/index.ts";

const ROWS = [
  ["turn_id", "critique", "satisfaction"],
  ["turn_1", '=HYPERLINK("http://evil.example","x")', "0"],
  ["turn_2", "+1 more\r\ncats, 漢字", ""],
  ["turn_3", "@SUM(A1)", "NA"],
  ...Array.from({ length: 700 }, (_, i) => [`turn_${i + 4}`, `-${i}`, "5"]),
];

it("a table for spreadsheets begins with a byte order mark and holds no formula, every row in its place", async () => {
  // In pieces that cut characters and quotes.
  const bytes = Buffer.from(Papa.unparse(ROWS, { newline: "\r\n" }));
  const pieces = Array.from({ length: Math.ceil(bytes.byteLength / 7) }, (_, i) =>
    bytes.subarray(i * 7, i * 7 + 7),
  );
  const made = await text(toSpreadsheetCsv(Readable.from(pieces, { objectMode: false })));
  const whole = Buffer.from(made, "utf8").toString("utf8");
  const { data } = Papa.parse<string[]>(whole.replace(/^\ufeff/, "").trimEnd());
  expect(data).toEqual(ROWS.map((row) => row.map((cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell))));
});

it("it ends in an error when the table breaks off", async () => {
  const broken = Readable.from(
    (async function* () {
      yield Buffer.from("a,b\r\n1,2\r\n");
      throw new Error("the store went away");
    })(),
  );
  await expect(text(toSpreadsheetCsv(broken))).rejects.toThrow("the store went away");
});
