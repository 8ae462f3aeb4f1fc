import { toObject } from "../tables/table.ts";
import type { Encoder } from "./encoder.ts";

/** One JSON object a line, every key present, LF. */
export const jsonlEncoder: Encoder = {
  extension: "jsonl",
  open(table, sink) {
    return {
      write: (row) => sink.write(`${JSON.stringify(toObject(table.columns, row))}\n`),
      async end() {},
    };
  },
};
