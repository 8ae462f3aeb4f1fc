import { Readable } from "node:stream";
import Papa from "papaparse";
import { BATCH_ROWS, BYTE_ORDER_MARK, toSheet } from "./spreadsheet-csv.ts";

const NEWLINE = "\r\n";

/**
 * A table of a bundle as people open it in a spreadsheet program: with a byte order mark, and a leading ' before what the
 * program would take for a formula. Such a file is not the data and never part of a bundle. Memory does not grow with it.
 */
export function toSpreadsheetCsv(csv: Readable): Readable {
  async function* parts() {
    // Said, not guessed from the first piece; and characters are not cut.
    const parser = csv
      .setEncoding("utf8")
      .pipe(Papa.parse(Papa.NODE_STREAM_INPUT, { newline: NEWLINE, delimiter: "," }));
    // A pipe does not pass errors on.
    csv.once("error", (error) => parser.destroy(error));
    try {
      yield BYTE_ORDER_MARK;
      let batch: string[][] = [];
      for await (const row of parser) {
        batch.push(row as string[]);
        if (batch.length < BATCH_ROWS) continue;
        yield toSheet(batch);
        batch = [];
      }
      if (batch.length > 0) yield toSheet(batch);
    } finally {
      csv.destroy();
    }
  }
  return Readable.from(parts(), { objectMode: false });
}
