import type { ExportEstimate } from "../../domain/export-estimate.ts";
import type { ExportOptions } from "../../domain/export-options.ts";
import type { ServiceContext } from "../context.ts";
import { countExportRows } from "./count-export-rows.ts";
import { loadRowSizes } from "./load-row-sizes.ts";

/** Rows and bytes of an export, whoever asks. Throws NOT_FOUND. */
export async function estimateFiles(
  ctx: ServiceContext,
  studyId: string,
  options: ExportOptions,
): Promise<ExportEstimate> {
  const { rows, ...counts } = await countExportRows(ctx, studyId, options);
  const sizes = await loadRowSizes(ctx, studyId);
  const tables = options.tables.flatMap((table) => {
    const formats = sizes.formatsOf(table).filter((format) => options.formats.includes(format));
    if (formats.length === 0) return [];
    const bytes = formats.reduce((sum, format) => sum + rows[table] * sizes.bytesPerRow(table, format), 0);
    return [{ table, rows: rows[table], formats, bytes: Math.round(bytes) }];
  });
  const files = options.images ? rows.images : 0;
  const images = { files, bytes: Math.round(files * sizes.bytesPerImage) };
  return {
    ...counts,
    tables,
    images,
    bytes: tables.reduce((sum, table) => sum + table.bytes, sizes.documentBytes + images.bytes),
  };
}
