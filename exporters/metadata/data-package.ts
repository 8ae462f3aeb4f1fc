import type { BundleFile } from "../bundle/counts.ts";
import type { ScalarColumn, ScalarType, Table } from "../tables/table.ts";
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

const MEDIA_TYPES: Record<string, string> = {
  jsonl: "application/jsonl",
  parquet: "application/vnd.apache.parquet",
  tar: "application/x-tar",
};

/** datapackage.json (Data Package 2.0): CSV tables with schemas and keys; other formats as files. */
export function dataPackageText(context: MetadataContext): string {
  const { info } = context;
  const licence = LICENCES[info.licence];
  const inCsv = new Set(context.tables.filter(({ files }) => files.csv).map(({ table }) => table.name));
  return jsonText({
    $schema: "https://datapackage.org/profiles/2.0/datapackage.json",
    name: info.slug,
    title: info.title,
    description: info.description,
    version: info.version,
    created: new Date(context.builtAtMs).toISOString(),
    homepage: info.url,
    keywords: info.keywords,
    licenses: [
      info.licence === "other"
        ? { name: "other", path: "LICENSE", title: licence.title }
        : { name: info.licence, path: licence.url, title: licence.title },
    ],
    contributors: info.creators.map((title) => ({ title, roles: ["creator"] })),
    resources: [
      ...context.tables.flatMap(({ table, files }) =>
        Object.entries(files).map(([format, file]) =>
          format === "csv" ? csvResource(table, file as BundleFile, inCsv) : fileResource(file as BundleFile),
        ),
      ),
      ...context.shards.map(fileResource),
    ],
  });
}

function common({ name, byteSize, sha256 }: BundleFile) {
  return { path: name, bytes: byteSize, hash: `sha256:${sha256}` };
}

/**
 * A file that is no table to this standard. Its published profile knows no `type` but "table"; readers take the format
 * "file" for the type "file" and do not try to parse what is nested.
 */
function fileResource(file: BundleFile): object {
  const extension = file.name.slice(file.name.lastIndexOf(".") + 1);
  return {
    name: file.name.replace(".", "-"),
    ...common(file),
    format: "file",
    mediatype: MEDIA_TYPES[extension] ?? "application/octet-stream",
  };
}

function csvResource<Row>(table: Table<Row>, file: BundleFile, inCsv: ReadonlySet<string>): object {
  const foreignKeys = (table.foreignKeys ?? [])
    .filter((key) => inCsv.has(key.table))
    .map((key) => ({
      fields: [key.column],
      reference: { resource: key.table, fields: [key.references] },
    }));
  return {
    name: table.name,
    type: "table",
    description: table.description,
    ...common(file),
    format: "csv",
    mediatype: "text/csv",
    encoding: "utf-8",
    dialect: { delimiter: ",", lineTerminator: "\r\n", quoteChar: '"', doubleQuote: true, header: true },
    schema: {
      fields: (table.columns as readonly ScalarColumn<Row>[]).map(field),
      ...(table.primaryKey.length > 0 && { primaryKey: table.primaryKey }),
      ...(foreignKeys.length > 0 && { foreignKeys }),
      missingValues: [""],
    },
  };
}

function field<Row>({ name, type, description, nullable, values }: ScalarColumn<Row>): object {
  // An empty text is a value of ours, but a missing one to this standard.
  const isRequired = !nullable && type !== "string" && !(type === "id" && name === "shard");
  const constraints = {
    ...(isRequired && { required: true }),
    ...(values && { enum: values.filter((value) => value !== "") }),
  };
  return {
    name,
    type: TYPES[type],
    description,
    ...(Object.keys(constraints).length > 0 && { constraints }),
  };
}
