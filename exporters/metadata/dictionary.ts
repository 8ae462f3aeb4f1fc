import { SCHEMA_VERSION } from "../records.ts";
import type { TableSpec } from "../tables/index.ts";
import type { Column, Table } from "../tables/table.ts";

const TYPE_NAMES: Record<Column<unknown>["type"], string> = {
  id: "id",
  string: "text",
  int: "integer",
  long: "integer (64 bit)",
  number: "number",
  boolean: "boolean",
  texts: "list of texts",
  list: "list of objects",
};

/** The columns of a table as a Markdown table; those of nested lists follow, indented by their path. */
export function columnRows<Row>(columns: readonly Column<Row>[], prefix = ""): string[] {
  return columns.flatMap((column) => {
    const type = `${TYPE_NAMES[column.type]}${column.nullable ? ", nullable" : ""}`;
    const row = `| \`${prefix}${column.name}\` | ${type} | ${escapeCell(column.description)} |`;
    return column.type === "list" ? [row, ...columnRows(column.items, `${prefix}${column.name}[].`)] : [row];
  });
}

export function tableSection<Row>(table: Table<Row>, formats: readonly string[], heading = "##"): string[] {
  const key = table.primaryKey.map((name) => `\`${name}\``).join(", ");
  const foreign = (table.foreignKeys ?? []).map(
    ({ column, table: other, references }) => `\`${column}\` → \`${other}.${references}\``,
  );
  return [
    `${heading} ${table.name}`,
    "",
    `${table.description}`,
    "",
    `Files: ${formats.map((format) => `\`${table.name}.${format}\``).join(", ")}.${key && ` Key: ${key}.`}${foreign.length > 0 ? ` References: ${foreign.join(", ")}.` : ""}`,
    "",
    "| column | type | meaning |",
    "|---|---|---|",
    ...columnRows(table.columns),
    "",
  ];
}

/** docs/data-dictionary.md: every table and column of the layout. */
export function dictionaryText(tables: readonly TableSpec[]): string {
  return [
    "# Data dictionary",
    "",
    `Every table of a dataset bundle, layout \`${SCHEMA_VERSION}\`. Generated from the column lists in \`exporters/tables/\``,
    "with `npm run data-dictionary`; do not edit. How to load a bundle is in [dataset.md](dataset.md).",
    "",
    'Ids are pseudonyms, made anew for every release. Free text is never null: absent = "". Indices start at 0. Instants',
    "are RFC 3339 in UTC (profile internal) or a day (shared, public); columns with `elapsed` count milliseconds since the",
    "trajectory started.",
    "",
    ...tables.flatMap(({ table, formats }) => tableSection(table, formats)),
  ]
    .join("\n")
    .replace(/\n+$/, "\n");
}

function escapeCell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
