import {
  TABLE_FORMATS,
  TABLE_NAMES,
  type TableFormat,
  type TableName,
} from "../../app/domain/export-options.ts";
import { candidatesTable } from "./candidates.ts";
import { choicesTable } from "./choices.ts";
import { columnsTable } from "./columns.ts";
import { imagesTable } from "./images.ts";
import { preferencesTable } from "./preferences.ts";
import { ratersTable } from "./raters.ts";
import { stepsTable } from "./steps.ts";
import type { Table } from "./table.ts";
import { trajectoriesTable } from "./trajectories.ts";
import { trlPreferencesTable, trlPromptsTable } from "./trl.ts";
import { turnsTable } from "./turns.ts";

export {
  candidatesTable,
  choicesTable,
  columnsTable,
  imagesTable,
  preferencesTable,
  ratersTable,
  stepsTable,
  TABLE_FORMATS,
  TABLE_NAMES,
  type TableFormat,
  type TableName,
  trajectoriesTable,
  trlPreferencesTable,
  trlPromptsTable,
  turnsTable,
};

/** L of the paper; wider or narrower studies have as many choices columns as their slates. */
export const DEFAULT_COLUMN_COUNT = 4;

/** A table with the formats that it is written in. */
export interface TableSpec {
  // The rows of different tables have nothing in common; `each` and the columns of one table agree.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  table: Table<any>;
  formats: readonly TableFormat[];
}

/** All tables of the layout, in the order in which they are listed and written. */
export function allTables(columnCount = DEFAULT_COLUMN_COUNT): TableSpec[] {
  return [
    { table: trajectoriesTable, formats: ["jsonl", "parquet"] },
    { table: turnsTable, formats: ["csv", "parquet"] },
    { table: columnsTable, formats: ["csv", "parquet"] },
    { table: imagesTable, formats: ["csv", "parquet"] },
    { table: candidatesTable, formats: ["csv", "parquet"] },
    { table: ratersTable, formats: ["csv", "parquet"] },
    { table: preferencesTable, formats: ["csv", "parquet"] },
    { table: choicesTable(columnCount), formats: ["csv", "parquet"] },
    { table: stepsTable, formats: ["parquet"] },
    { table: trlPreferencesTable, formats: ["jsonl"] },
    { table: trlPromptsTable, formats: ["jsonl"] },
  ];
}
