import { type Actor, assertCapability } from "../../domain/actor.ts";
import type { ExportEstimate } from "../../domain/export-estimate.ts";
import type { ExportOptionsInput } from "../../domain/export-options.ts";
import type { ServiceContext } from "../context.ts";
import { countExportRows } from "./count-export-rows.ts";
import { loadRowSizes } from "./load-row-sizes.ts";
import { parseExportOptions } from "./parse-export-options.ts";

/**
 * How much an export with these options would hold: rows by table, what stays out and why, and about how many bytes. It
 * counts in the database without reading trajectories. Throws NOT_FOUND, and INVALID_INPUT by field as the export would.
 */
export async function estimateExport(
  ctx: ServiceContext,
  actor: Actor,
  { studyId, options: given }: { studyId: string; options: ExportOptionsInput },
): Promise<ExportEstimate> {
  assertCapability(actor, "dataset.export");
  const options = parseExportOptions(given);
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
