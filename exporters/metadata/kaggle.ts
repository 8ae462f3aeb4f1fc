import type { BundleFile } from "../bundle/counts.ts";
import type { ScalarColumn, ScalarType } from "../tables/table.ts";
import { jsonText, type MetadataContext } from "./context.ts";
import { LICENCES } from "./licences.ts";

const TYPES: Record<ScalarType, string> = {
  id: "string",
  string: "string",
  int: "integer",
  long: "integer",
  number: "number",
  boolean: "boolean",
};

/** dataset-metadata.json, as `kaggle datasets create` reads it. `others` = files that are no tables. */
export function kaggleText(
  context: MetadataContext,
  others: readonly { name: string; text: string }[],
): string {
  const { info } = context;
  const resources = context.tables.flatMap(({ table, files }) =>
    Object.entries(files).map(([format, file]) => ({
      path: (file as BundleFile).name,
      description: table.description,
      // Kaggle knows fields of flat text tables only.
      ...(format === "csv" && {
        schema: {
          fields: (table.columns as ScalarColumn<unknown>[]).map((column) => ({
            name: column.name,
            description: column.description,
            type: TYPES[column.type],
          })),
        },
      }),
    })),
  );
  return jsonText({
    title: info.title,
    id: `${info.owner}/${info.slug}`,
    subtitle: info.subtitle,
    description: info.description,
    licenses: [{ name: LICENCES[info.licence].kaggle }],
    keywords: [],
    resources: [
      ...resources,
      ...context.shards.map(({ name }) => ({
        path: name,
        description: "Original images, WebDataset layout.",
      })),
      ...others.map(({ name, text }) => ({ path: name, description: text })),
    ],
  });
}
