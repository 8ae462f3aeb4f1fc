import { SCHEMA_VERSION } from "../records.ts";
import type { Column, ScalarColumn, ScalarType, Table } from "../tables/table.ts";
import { jsonText } from "./context.ts";

/** JSON Schema 2020-12 of one line of a table's JSONL. */
export function jsonSchemaText<Row>(table: Table<Row>): string {
  return jsonText({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: `urn:${SCHEMA_VERSION.replace("/", ":")}:${table.name}`,
    title: `${table.name} of ${SCHEMA_VERSION}`,
    description: table.description,
    ...objectSchema(table.columns),
  });
}

function objectSchema<Row>(columns: readonly Column<Row>[]): object {
  return {
    type: "object",
    additionalProperties: false,
    required: columns.map((column) => column.name),
    properties: Object.fromEntries(columns.map((column) => [column.name, columnSchema(column)])),
  };
}

function columnSchema<Row>(column: Column<Row>): object {
  const { description } = column;
  if (column.type === "list") return { description, type: "array", items: objectSchema(column.items) };
  if (column.type === "texts") return { description, type: "array", items: { type: "string" } };
  return { description, ...scalarSchema(column) };
}

const LIMITS = { minimum: -(2 ** 31), maximum: 2 ** 31 - 1 };
const SCALARS: Record<ScalarType, { type: string; [keyword: string]: unknown }> = {
  id: { type: "string", pattern: "^[A-Za-z0-9_.-]*$" },
  string: { type: "string" },
  int: { type: "integer", ...LIMITS },
  long: { type: "integer" },
  number: { type: "number" },
  boolean: { type: "boolean" },
};

function scalarSchema<Row>({ type, nullable, values }: ScalarColumn<Row>): object {
  const schema = SCALARS[type];
  return {
    ...schema,
    type: nullable ? [schema.type, "null"] : schema.type,
    ...(values && { enum: nullable ? [...values, null] : values }),
  };
}
