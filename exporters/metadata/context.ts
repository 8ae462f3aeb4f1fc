import type { ExportFilters } from "../../app/domain/export-options.ts";
import type { PrivacyProfile, Source } from "../../app/domain/vocabulary.ts";
import type { BundleCounts, BundleFile, Exclusions, Withheld } from "../bundle/counts.ts";
import type { Include } from "../privacy/consent.ts";
import type { SplitOptions } from "../splits.ts";
import type { TableFormat } from "../tables/index.ts";
import type { Table } from "../tables/table.ts";
import type { DatasetInfo } from "./dataset-info.ts";

/** A table with the files that it was written to. */
export interface WrittenTable {
  // Only names, types and descriptions of the columns are looked at.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  table: Table<any>;
  files: Partial<Record<TableFormat, BundleFile>>;
}

/** Everything that the documents of a bundle are made from, once its tables are written. */
export interface MetadataContext {
  info: DatasetInfo;
  profile: PrivacyProfile;
  include: Include;
  source: Source | null;
  /** With the arms under their pseudonyms. */
  filters: ExportFilters;
  layout: string;
  /** Pseudonym. */
  studyId: string;
  builtAtMs: number;
  softwareVersion: string;
  codeRevision: string;
  splits: Omit<SplitOptions, "key"> | null;
  sizes: { horizon: number; columnCount: number };
  tables: readonly WrittenTable[];
  counts: BundleCounts;
  excluded: Exclusions;
  withheld: Withheld;
  /** Archives of images. */
  shards: readonly BundleFile[];
  /** Image files that lie beside the tables or in archives; null when the bundle has none. */
  images: { files: number; bytes: number } | null;
}

/** Day of the build, which is the day of publication as far as anybody knows. */
export function builtOn({ builtAtMs }: Pick<MetadataContext, "builtAtMs">): string {
  return new Date(builtAtMs).toISOString().slice(0, 10);
}

/** All files of tables in order. */
export function tableFiles({ tables }: Pick<MetadataContext, "tables">): BundleFile[] {
  return tables.flatMap(({ files }) => Object.values(files));
}

/** JSON as every document of the bundle has it. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
