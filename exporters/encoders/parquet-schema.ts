import type { SchemaElement } from "hyparquet";
import type { Column, ScalarColumn, ScalarType } from "../tables/table.ts";

/** A column of the file: the path to it through the schema, and the levels at which values are present and repeat. */
export interface Leaf {
  path: SchemaElement[];
  maxDefinitionLevel: number;
  maxRepetitionLevel: number;
}

type Physical = Pick<SchemaElement, "type" | "converted_type" | "logical_type">;

const TEXT: Physical = { type: "BYTE_ARRAY", converted_type: "UTF8", logical_type: { type: "STRING" } };
const PHYSICAL: Record<ScalarType, Physical> = {
  id: TEXT,
  string: TEXT,
  int: { type: "INT32" },
  long: { type: "INT64" },
  number: { type: "DOUBLE" },
  boolean: { type: "BOOLEAN" },
};

const requiredText: SchemaElement = { name: "element", repetition_type: "REQUIRED", ...TEXT };

/** The explicit schema of a table and its leaves, both in the order of the columns. */
export function parquetSchema<Row>(columns: readonly Column<Row>[]): {
  schema: SchemaElement[];
  leaves: Leaf[];
} {
  const root: SchemaElement = { name: "root", num_children: columns.length };
  const schema: SchemaElement[] = [root];
  const leaves: Leaf[] = [];
  add(columns, [root], 0, schema, leaves);
  return { schema, leaves };
}

/** `depth` = the number of lists around the columns, which is the level of definition and of repetition there. */
function add<Row>(
  columns: readonly Column<Row>[],
  path: SchemaElement[],
  depth: number,
  schema: SchemaElement[],
  leaves: Leaf[],
): void {
  for (const column of columns) {
    if (column.type !== "list" && column.type !== "texts") {
      const element = scalarElement(column);
      schema.push(element);
      leaves.push({
        path: [...path, element],
        maxDefinitionLevel: depth + (column.nullable ? 1 : 0),
        maxRepetitionLevel: depth,
      });
      continue;
    }
    const group: SchemaElement = {
      name: column.name,
      repetition_type: "REQUIRED",
      num_children: 1,
      converted_type: "LIST",
      logical_type: { type: "LIST" },
    };
    const repeated: SchemaElement = { name: "list", repetition_type: "REPEATED", num_children: 1 };
    schema.push(group, repeated);
    if (column.type === "texts") {
      schema.push(requiredText);
      leaves.push({
        path: [...path, group, repeated, requiredText],
        maxDefinitionLevel: depth + 1,
        maxRepetitionLevel: depth + 1,
      });
    } else {
      const element: SchemaElement = {
        name: "element",
        repetition_type: "REQUIRED",
        num_children: column.items.length,
      };
      schema.push(element);
      add(column.items, [...path, group, repeated, element], depth + 1, schema, leaves);
    }
  }
}

function scalarElement<Row>({ name, type, nullable }: ScalarColumn<Row>): SchemaElement {
  return { name, repetition_type: nullable ? "OPTIONAL" : "REQUIRED", ...PHYSICAL[type] };
}
