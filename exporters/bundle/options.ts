import { type ExportFilters, IMAGE_LAYOUTS, type ImageLayout } from "../../app/domain/export-options.ts";
import type { PrivacyProfile, Source } from "../../app/domain/vocabulary.ts";
import type { Layout } from "../layout.ts";
import type { DatasetInfo } from "../metadata/dataset-info.ts";
import type { Include } from "../privacy/consent.ts";
import type { FindDecisions } from "../privacy/screen-texts.ts";
import type { SplitOptions } from "../splits.ts";
import type { TableFormat, TableName } from "../tables/index.ts";
import type { ObjectReader } from "./copy-images.ts";

export { IMAGE_LAYOUTS, type ImageLayout };

export interface BundleOptions {
  studyId: string;
  profile: PrivacyProfile;
  include: Include;
  /** Who made the trajectories; null = anybody. */
  source?: Source | null;
  /** Only these trajectories; default: no limit. */
  filters?: ExportFilters;
  /** Default: all. */
  formats?: readonly TableFormat[];
  /** Default: all. */
  tables?: readonly TableName[];
  layout?: Layout;
  /** Where to copy the original images from; null = tables only. */
  images: { objects: ObjectReader; layout: ImageLayout; shardBytes?: number } | null;
  /** Fresh for every release, except in tests; null = the ids are pseudonyms already, as in an imported study. */
  releaseKey: Uint8Array | null;
  /** null = no splits are drawn. */
  splits: SplitOptions | null;
  /** What reviewers decided about texts; default: what the source knows at the high-water mark. */
  decisions?: FindDecisions;
  info?: Partial<DatasetInfo>;
  /** High-water mark: trajectories that started earlier are exported. */
  startedBeforeMs: number;
  /** Stands in metadata only. */
  builtAtMs: number;
  softwareVersion: string;
  codeRevision?: string;
  /** New or empty. */
  outDir: string;
  signal?: AbortSignal;
  onProgress?: (progress: { done: number; total: number }) => void;
}
