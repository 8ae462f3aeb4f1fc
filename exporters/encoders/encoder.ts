import type { Table } from "../tables/table.ts";

/** Where encoded bytes go. Awaiting the result is the back-pressure; undefined = go on at once. */
export interface ByteSink {
  write(bytes: string | Uint8Array): Promise<void> | undefined;
}

/** Encodes the rows of one table into one file. Make one per file; it may hold rows back until `end`. */
export interface RowWriter<Row> {
  write(row: Row): void;
  /** Hands on what has been gathered, if that is worth it. To be called, and awaited, every few hundred rows. */
  drain(): Promise<void> | undefined;
  end(): Promise<void>;
}

/** A file format. */
export interface Encoder {
  /** Without the dot. */
  readonly extension: string;
  /** Starts a file, header included. Throws a TypeError for a table that the format cannot hold. */
  open<Row>(table: Table<Row>, sink: ByteSink): RowWriter<Row>;
}

/** Text is handed on in pieces of about this many characters. */
export const PIECE_CHARACTERS = 256 * 1024;
