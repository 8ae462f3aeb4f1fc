import { type Actor, assertCapability } from "../../domain/actor.ts";
import type { ExportEstimate } from "../../domain/export-estimate.ts";
import type { ExportOptionsInput } from "../../domain/export-options.ts";
import type { ServiceContext } from "../context.ts";
import { estimateFiles } from "./estimate-files.ts";
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
  return estimateFiles(ctx, studyId, parseExportOptions(given));
}
