import type { BundleFile } from "../bundle/counts.ts";
import type { Column, ScalarType, Table } from "../tables/table.ts";
import { builtOn, jsonText, type MetadataContext } from "./context.ts";
import { LICENCES } from "./licences.ts";

const CONFORMS_TO = "http://mlcommons.org/croissant/1.1";

/** Terms of Croissant 1.1 (its appendix 1), with schema.org's own https address. */
const CROISSANT_CONTEXT = {
  "@language": "en",
  "@vocab": "https://schema.org/",
  sc: "https://schema.org/",
  cr: "http://mlcommons.org/croissant/",
  rai: "http://mlcommons.org/croissant/RAI/",
  dct: "http://purl.org/dc/terms/",
  annotation: "cr:annotation",
  arrayShape: "cr:arrayShape",
  citeAs: "cr:citeAs",
  column: "cr:column",
  conformsTo: "dct:conformsTo",
  containedIn: "cr:containedIn",
  data: { "@id": "cr:data", "@type": "@json" },
  dataType: { "@id": "cr:dataType", "@type": "@vocab" },
  equivalentProperty: "cr:equivalentProperty",
  examples: { "@id": "cr:examples", "@type": "@json" },
  excludes: "cr:excludes",
  extract: "cr:extract",
  field: "cr:field",
  fileProperty: "cr:fileProperty",
  fileObject: "cr:fileObject",
  fileSet: "cr:fileSet",
  format: "cr:format",
  includes: "cr:includes",
  isArray: "cr:isArray",
  isLiveDataset: "cr:isLiveDataset",
  jsonPath: "cr:jsonPath",
  key: "cr:key",
  md5: "cr:md5",
  parentField: "cr:parentField",
  path: "cr:path",
  readLines: "cr:readLines",
  recordSet: "cr:recordSet",
  references: "cr:references",
  regex: "cr:regex",
  repeated: "cr:repeated",
  replace: "cr:replace",
  samplingRate: "cr:samplingRate",
  sdVersion: "cr:sdVersion",
  separator: "cr:separator",
  source: "cr:source",
  subField: "cr:subField",
  transform: "cr:transform",
  unArchive: "cr:unArchive",
  value: "cr:value",
} as const;

const TYPES: Record<ScalarType, string> = {
  id: "sc:Text",
  string: "sc:Text",
  int: "cr:Int32",
  long: "cr:Int64",
  number: "sc:Float",
  boolean: "sc:Boolean",
};

/** croissant.json: one RecordSet per Parquet file. */
export function croissantText(context: MetadataContext): string {
  const { info } = context;
  const parquet = context.tables.flatMap(({ table, files }) =>
    files.parquet ? [{ table, file: files.parquet }] : [],
  );
  const names = new Set(parquet.map(({ table }) => table.name));
  return jsonText({
    "@context": CROISSANT_CONTEXT,
    "@type": "sc:Dataset",
    conformsTo: CONFORMS_TO,
    name: info.slug,
    alternateName: info.title,
    description: info.description,
    license: info.licence === "other" ? `${info.url}#licence` : LICENCES[info.licence].url,
    url: info.url,
    creator: info.creators.map((name) => ({ "@type": "sc:Organization", name })),
    datePublished: builtOn(context),
    version: info.version,
    keywords: info.keywords,
    inLanguage: "en",
    isLiveDataset: false,
    citeAs: `${info.creators.join(", ")}: ${info.title}, version ${info.version}, ${builtOn(context).slice(0, 4)}.`,
    distribution: parquet.map(({ file }) => fileObject(file)),
    recordSet: parquet.map(({ table, file }) => recordSet(table, file, names)),
  });
}

function fileObject({ name, byteSize, sha256 }: BundleFile): object {
  return {
    "@type": "cr:FileObject",
    "@id": name,
    name,
    contentUrl: name,
    contentSize: `${byteSize} B`,
    encodingFormat: "application/x-parquet",
    sha256,
  };
}

function recordSet<Row>(table: Table<Row>, file: BundleFile, present: ReadonlySet<string>): object {
  const id = (column: string) => ({ "@id": `${table.name}/${column}` });
  return {
    "@type": "cr:RecordSet",
    "@id": table.name,
    name: table.name,
    description: table.description,
    ...(table.primaryKey.length > 0 && {
      key: table.primaryKey.length === 1 ? id(table.primaryKey[0] as string) : table.primaryKey.map(id),
    }),
    field: table.columns.map((column) => {
      const key = table.foreignKeys?.find((one) => one.column === column.name && present.has(one.table));
      return {
        ...field(table.name, column, file, column.name, null),
        ...(key && { references: { field: { "@id": `${key.table}/${key.references}` } } }),
      };
    }),
  };
}

/** A column; within a list it is reached by a path into the value of the file's own column. */
function field<Row>(
  parent: string,
  column: Column<Row>,
  file: BundleFile,
  fileColumn: string,
  jsonPath: string | null,
): object {
  const id = `${parent}/${column.name}`;
  const head = { "@type": "cr:Field", "@id": id, name: id, description: column.description };
  const source = {
    fileObject: { "@id": file.name },
    extract: { column: fileColumn },
    ...(jsonPath !== null && { transform: { jsonPath } }),
  };
  if (column.type === "list") {
    const path = jsonPath === null ? "$[*]" : `${jsonPath}[*]`;
    return {
      ...head,
      repeated: true,
      subField: column.items.map((item) => field(id, item, file, fileColumn, `${path}.${item.name}`)),
    };
  }
  if (column.type === "texts")
    return { ...head, dataType: "sc:Text", isArray: true, arrayShape: "-1", source };
  return { ...head, dataType: TYPES[column.type], source };
}
