import { zstdCompressSync } from "node:zlib";
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import { writeColumn } from "hyparquet-writer/src/column.js";
import { isFlat } from "../tables/table.ts";
import type { Encoder } from "./encoder.ts";
import { type Leaf, parquetSchema } from "./parquet-schema.ts";
import { compileShredder, emptyLeaves, type LeafData } from "./shred.ts";

/** A row group ends at so many rows, or earlier when it has become this big: memory must not depend on the rows. */
const ROW_GROUP_ROWS = { nested: 1_000, flat: 100_000 };
const ROW_GROUP_BYTES = 2 * 1024 * 1024;
const PAGE_BYTES = 1024 * 1024;
const CODEC = "ZSTD";
const compressors = { ZSTD: (bytes: Uint8Array) => zstdCompressSync(bytes) };

/** Parquet with an explicit schema, zstd, row groups written as they fill. */
export const parquetEncoder: Encoder = {
  extension: "parquet",
  open(table, sink) {
    const { schema, leaves } = parquetSchema(table.columns);
    const bytes = new ByteWriter();
    const file = new ParquetWriter({
      writer: bytes,
      schema,
      codec: CODEC,
      compressors,
      createdBy: "turnwise",
    });
    const rowsMax = isFlat(table) ? ROW_GROUP_ROWS.flat : ROW_GROUP_ROWS.nested;
    let data = emptyLeaves(leaves);
    let rows = 0;
    let size = 0;
    const shred = compileShredder(table.columns, leaves, () => data);
    const endRowGroup = () => {
      if (rows === 0) return;
      writeRowGroup(file, bytes, leaves, data, rows);
      data = emptyLeaves(leaves);
      rows = 0;
      size = 0;
    };
    const flush = () => {
      if (bytes.index === 0) return undefined;
      const piece = new Uint8Array(bytes.buffer.slice(0, bytes.index));
      bytes.index = 0;
      return sink.write(piece);
    };
    return {
      write(row) {
        size += shred(row);
        rows += 1;
        if (rows >= rowsMax || size >= ROW_GROUP_BYTES) endRowGroup();
      },
      drain: flush,
      async end() {
        endRowGroup();
        await file.finish();
        await flush();
      },
    };
  },
};

/**
 * One row group, leaf by leaf. The library's own `write` takes rows as objects and walks them once per leaf; ours have
 * been split in one pass already.
 */
function writeRowGroup(
  file: ParquetWriter,
  writer: ByteWriter,
  leaves: readonly Leaf[],
  data: readonly LeafData[],
  rows: number,
): void {
  const start = writer.offset;
  const columns = leaves.map(({ path, maxDefinitionLevel }, i) => {
    const { values, definitionLevels, repetitionLevels } = data[i] as LeafData;
    const result = writeColumn({
      writer,
      column: {
        columnName: path
          .slice(1)
          .map((element) => element.name)
          .join("."),
        element: path.at(-1) as Leaf["path"][number],
        schemaPath: path,
        codec: CODEC,
        compressors,
        stats: true,
        pageSize: PAGE_BYTES,
        columnIndex: false,
        offsetIndex: false,
      },
      pageData: { values, definitionLevels, repetitionLevels, maxDefinitionLevel },
    });
    return result.chunk;
  });
  let uncompressed = 0n;
  for (const { meta_data } of columns) uncompressed += meta_data?.total_uncompressed_size ?? 0n;
  file.num_rows += BigInt(rows);
  file.row_groups.push({
    columns,
    total_byte_size: uncompressed,
    num_rows: BigInt(rows),
    total_compressed_size: BigInt(writer.offset - start),
  });
}
