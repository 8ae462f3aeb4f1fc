/** Bytes that a row takes in each file: as in the study's latest export, or as measured on simulated sessions. */
import { and, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import { allTables } from "../../../exporters/index.ts";
import { TABLE_NAMES, type TableFormat, type TableName } from "../../domain/export-options.ts";
import type { ServiceContext } from "../context.ts";

export interface RowSizes {
  formatsOf(table: TableName): readonly TableFormat[];
  bytesPerRow(table: TableName, format: TableFormat): number;
  bytesPerImage: number;
  /** Metadata, data sheet, manifest and checksums. */
  documentBytes: number;
}

/** On 300 complete sessions of the default sizes: bytes of a row. */
const MEASURED: Record<TableName, Partial<Record<TableFormat, number>>> = {
  trajectories: { jsonl: 26335, parquet: 7281 },
  turns: { csv: 329, parquet: 77 },
  columns: { csv: 266, parquet: 49 },
  images: { csv: 247, parquet: 84 },
  candidates: { csv: 205, parquet: 25 },
  raters: { csv: 63, parquet: 159 },
  preferences: { csv: 187, parquet: 23 },
  choices: { csv: 221, parquet: 92 },
  steps: { parquet: 98 },
  preferences_trl: { jsonl: 952 },
  prompts_trl: { jsonl: 140 },
};

/** Rows of fewer say more about the file's head than about rows. */
const ROWS_MIN = 20;
const LATEST_EXPORTS = 5;
const IMAGES_LOOKED_AT = 500;

export async function loadRowSizes(ctx: ServiceContext, studyId: string): Promise<RowSizes> {
  const known = new Map<string, number>();
  const { exports, images, objects, trajectories } = ctx.store.t;
  const latest = await ctx.store.read
    .select({ files: exports.files })
    .from(exports)
    .where(and(eq(exports.studyId, studyId), eq(exports.status, "ready"), isNull(exports.filesRemovedAtMs)))
    .orderBy(desc(exports.createdAtMs))
    .limit(LATEST_EXPORTS);
  for (const { files } of latest)
    for (const { name, rows, byteSize } of files ?? [])
      if (rows !== null && rows >= ROWS_MIN && !known.has(name)) known.set(name, byteSize / rows);
  const some = ctx.store.read
    .select({ byteSize: objects.byteSize })
    .from(images)
    .innerJoin(objects, eq(objects.sha256, images.sha256))
    .where(
      inArray(
        images.trajectoryId,
        ctx.store.read
          .select({ id: trajectories.id })
          .from(trajectories)
          .where(eq(trajectories.studyId, studyId))
          .orderBy(desc(trajectories.startedAtMs))
          .limit(10),
      ),
    )
    .limit(IMAGES_LOOKED_AT)
    .as("some_images");
  const [average] = await ctx.store.read
    .select({ bytes: sql<number>`coalesce(avg(${some.byteSize}), 0)`.mapWith(Number) })
    .from(some);
  return {
    formatsOf: (table) => FORMATS.get(table) ?? [],
    bytesPerRow: (table, format) => known.get(`${table}.${format}`) ?? MEASURED[table][format] ?? 0,
    bytesPerImage: average?.bytes ?? 0,
    documentBytes: 90_000,
  };
}

const FORMATS = new Map<TableName, readonly TableFormat[]>(
  allTables().map(({ table, formats }) => [
    TABLE_NAMES.find((name) => name === table.name) as TableName,
    formats,
  ]),
);
