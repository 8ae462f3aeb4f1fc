import { join } from "node:path";
import { csvEncoder } from "../encoders/csv.ts";
import type { Encoder } from "../encoders/encoder.ts";
import { jsonlEncoder } from "../encoders/jsonl.ts";
import { parquetEncoder } from "../encoders/parquet.ts";
import type { WrittenTable } from "../metadata/context.ts";
import type { TrajectoryRecord } from "../records.ts";
import type { TableFormat, TableSpec } from "../tables/index.ts";
import type { Table } from "../tables/table.ts";
import type { BundleFile } from "./counts.ts";
import { HashedFile } from "./hashed-file.ts";

const ENCODERS: Record<TableFormat, Encoder> = {
  jsonl: jsonlEncoder,
  csv: csvEncoder,
  parquet: parquetEncoder,
};

/** The files of one table: its rows are made once and go into each of them. */
export class TableFiles {
  readonly table: Table<unknown>;
  readonly #files: OpenFile[];

  static async open(folder: string, { table, formats }: TableSpec): Promise<TableFiles> {
    const files: OpenFile[] = [];
    try {
      for (const format of formats) files.push(await openFile(folder, table, format));
    } catch (error) {
      await Promise.all(files.map(({ file }) => file.abandon()));
      throw error;
    }
    return new TableFiles(table, files);
  }

  private constructor(table: Table<unknown>, files: OpenFile[]) {
    this.table = table;
    this.#files = files;
  }

  /** Adds the rows of one trajectory. */
  write(record: TrajectoryRecord): void {
    const files = this.#files;
    const [only] = files;
    if (files.length === 1 && only) this.table.each(record, (row) => only.add(row));
    else
      this.table.each(record, (row) => {
        for (const file of files) file.add(row);
      });
  }

  /** Adds one row of a table that is not made from trajectories. */
  writeRow(row: unknown): void {
    for (const file of this.#files) file.add(row);
  }

  /** To be awaited now and then: the disk may be slower than the encoders. */
  async drain(): Promise<void> {
    for (const { writer } of this.#files) {
      const full = writer.drain();
      if (full) await full;
    }
  }

  async close(): Promise<WrittenTable> {
    const files: WrittenTable["files"] = {};
    for (const one of this.#files) files[one.format] = await one.close();
    return { table: this.table, files };
  }

  async abandon(): Promise<void> {
    await Promise.all(this.#files.map(({ file }) => file.abandon()));
  }
}

interface OpenFile {
  format: TableFormat;
  file: HashedFile;
  writer: ReturnType<Encoder["open"]>;
  add(row: unknown): void;
  close(): Promise<BundleFile>;
}

async function openFile(folder: string, table: Table<unknown>, format: TableFormat): Promise<OpenFile> {
  const encoder = ENCODERS[format];
  const name = `${table.name}.${encoder.extension}`;
  const file = await HashedFile.create(join(folder, name));
  const writer = encoder.open(table, file);
  let rows = 0;
  return {
    format,
    file,
    writer: writer as OpenFile["writer"],
    add(row) {
      rows += 1;
      writer.write(row);
    },
    async close() {
      await writer.end();
      return { name, rows, ...(await file.close()) };
    },
  };
}
