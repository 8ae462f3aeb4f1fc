/** Reads the text files of a bundle as streams: memory depends on the longest row only, and that has a limit. */
import { createReadStream } from "node:fs";

/** Longest row that is read, in characters; the biggest study there can be stays far below. */
export const ROW_CHARACTERS_MAX = 32 * 1024 * 1024;

/** A row cannot be read, nor anything after it. */
export class UnreadableRow extends Error {
  readonly row: number;
  constructor(row: number, message: string) {
    super(message);
    this.row = row;
  }
}

async function* pieces(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  for await (const bytes of createReadStream(path)) yield decoder.decode(bytes as Buffer, { stream: true });
  yield decoder.decode();
}

export interface Line {
  row: number;
  text: string;
}

/** Lines without their LF. Throws {@link UnreadableRow} for bytes that are no UTF-8, and for a last line without LF. */
export async function* readLines(path: string): AsyncGenerator<Line> {
  let row = 1;
  let rest = "";
  try {
    for await (const piece of pieces(path)) {
      rest += piece;
      let start = 0;
      for (let end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n", start)) {
        yield { row, text: rest.slice(start, end) };
        row += 1;
        start = end + 1;
      }
      rest = rest.slice(start);
      if (rest.length > ROW_CHARACTERS_MAX) throw new UnreadableRow(row, "The line is too long to be data.");
    }
  } catch (error) {
    throw unreadable(error, row);
  }
  if (rest !== "") throw new UnreadableRow(row, "The file ends within this line: it was cut off.");
}

/** Cells of one record; null where nothing stands between the commas, "" where "" does. */
export interface Row {
  row: number;
  cells: (string | null)[];
}

/** Records of RFC 4180 with CRLF, the header as the first. Throws {@link UnreadableRow}. */
export async function* readCsv(path: string): AsyncGenerator<Row> {
  let row = 1;
  let buffer = "";
  let at = 0;
  const source = pieces(path);
  let ended = false;
  /** Makes sure that `count` more characters are in the buffer, unless the file ends before. */
  const need = async (count: number): Promise<boolean> => {
    while (buffer.length - at < count && !ended) {
      const next = await source.next();
      if (next.done) ended = true;
      else buffer = buffer.slice(at) + next.value;
      if (!next.done) at = 0;
    }
    return buffer.length - at >= count;
  };
  try {
    while (await need(1)) {
      const cells: (string | null)[] = [];
      for (let more = true; more; ) {
        const { cell, closing } = buffer[at] === '"' ? await quotedCell() : await plainCell();
        cells.push(cell);
        at += closing === "," ? 1 : 2;
        more = closing === ",";
      }
      yield { row, cells };
      row += 1;
    }
  } catch (error) {
    throw unreadable(error, row);
  }

  async function plainCell(): Promise<{ cell: string | null; closing: "," | "\r\n" }> {
    let scanned = 0;
    for (;;) {
      const comma = buffer.indexOf(",", at + scanned);
      const cr = buffer.indexOf("\r", at + scanned);
      const end = comma < 0 ? cr : cr < 0 ? comma : Math.min(comma, cr);
      if (end >= 0) {
        const offset = end - at;
        if (buffer[end] === "\r") await need(offset + 2);
        const text = buffer.slice(at, at + offset);
        if (/["\n]/.test(text))
          throw new UnreadableRow(row, "A quotation mark or line break stands outside quotes.");
        at += offset;
        if (buffer[at] === ",") return { cell: text === "" ? null : text, closing: "," };
        if (buffer[at + 1] !== "\n") throw new UnreadableRow(row, "A carriage return stands outside quotes.");
        return { cell: text === "" ? null : text, closing: "\r\n" };
      }
      scanned = buffer.length - at;
      await grow(scanned);
    }
  }

  async function quotedCell(): Promise<{ cell: string; closing: "," | "\r\n" }> {
    let scanned = 1;
    for (;;) {
      const quote = buffer.indexOf('"', at + scanned);
      if (quote < 0) {
        scanned = buffer.length - at;
        await grow(scanned);
        continue;
      }
      const offset = quote - at;
      if (!(await need(offset + 2)))
        throw new UnreadableRow(row, "The file ends within this row: it was cut off.");
      const next = buffer[at + offset + 1];
      if (next === '"') {
        scanned = offset + 2;
        continue;
      }
      const cell = buffer.slice(at + 1, at + offset).replaceAll('""', '"');
      if (next === "\r") await need(offset + 3);
      const closes = next === "," || (next === "\r" && buffer[at + offset + 2] === "\n");
      if (!closes)
        throw new UnreadableRow(row, "Something stands between a closing quotation mark and the comma.");
      at += offset + 1;
      return { cell, closing: next === "," ? "," : "\r\n" };
    }
  }

  async function grow(have: number): Promise<void> {
    if (have > ROW_CHARACTERS_MAX) throw new UnreadableRow(row, "The row is too long to be data.");
    if (!(await need(have + 1)))
      throw new UnreadableRow(row, "The file ends within this row: it was cut off.");
  }
}

function unreadable(error: unknown, row: number): unknown {
  // What TextDecoder throws for broken bytes.
  return error instanceof TypeError
    ? new UnreadableRow(row, "From here on the file is no UTF-8 text.")
    : error;
}
