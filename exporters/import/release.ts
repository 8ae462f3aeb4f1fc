/** What a bundle says of itself: everything that its bytes depend on besides its rows. */
import type { ExportFilters } from "../../app/domain/export-options.ts";
import type { PrivacyProfile, Source } from "../../app/domain/vocabulary.ts";
import type { Exclusions, Withheld } from "../bundle/counts.ts";
import type { ImageLayout } from "../bundle/options.ts";
import type { DatasetInfo } from "../metadata/dataset-info.ts";
import type { Include } from "../privacy/consent.ts";
import type { TableFormat, TableName } from "../tables/index.ts";

/** Kept with the imported study, so that exporting it again gives the same bytes. Ids are the bundle's pseudonyms. */
export interface ImportedRelease {
  /** SHA-256 of the bundle's manifest.json, which names the hash of every other file. */
  manifestSha256: string;
  studyId: string;
  profile: PrivacyProfile;
  include: Include;
  source: Source | null;
  filters: ExportFilters;
  splits: { testUnseen: number; testSeen: number } | null;
  sizes: { horizon: number; columnCount: number };
  info: DatasetInfo;
  builtAtMs: number;
  softwareVersion: string;
  codeRevision: string;
  /** Trajectories that were still under way when the bundle was made. */
  inProgress: number;
  excluded: Exclusions;
  withheld: Withheld;
  formats: TableFormat[];
  tables: TableName[];
  /** null = the bundle came without images. */
  images: ImageLayout | null;
}
