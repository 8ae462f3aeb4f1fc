/** What an export would hold, before it is made. */
import type { TableFormat, TableName } from "./export-options.ts";

export interface EstimatedTable {
  table: TableName;
  /** Exact for complete trajectories; of unfinished ones, what can be counted quickly. */
  rows: number;
  /** Formats that were asked for and that the table comes in. */
  formats: TableFormat[];
  bytes: number;
}

export interface ExportEstimate {
  trajectories: number;
  complete: number;
  /** Not complete, and in. */
  partial: number;
  raters: number;
  /** Trajectories that stay out, by reason. */
  excluded: Record<string, number>;
  /** Trajectories that go in without a part that the rater did not agree to. */
  withheld: { freeText: number; images: number; demographics: number };
  tables: EstimatedTable[];
  /** Original images; 0 when none were asked for. */
  images: { files: number; bytes: number };
  bytes: number;
}
