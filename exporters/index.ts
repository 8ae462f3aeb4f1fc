/** What services and the CLI use of the exporters. */
export type { ObjectReader } from "./bundle/copy-images.ts";
export type { BundleCounts, BundleFile, Exclusions, Withheld } from "./bundle/counts.ts";
export { type BundleOptions, IMAGE_LAYOUTS, type ImageLayout } from "./bundle/options.ts";
export { storedId } from "./bundle/reexport.ts";
export { TAR_END, tarHeader, tarPadding, tarSize } from "./bundle/tar.ts";
export { type Bundle, writeBundle } from "./bundle/write-bundle.ts";
export type { Encoder } from "./encoders/encoder.ts";
export { spreadsheetCsvEncoder } from "./encoders/spreadsheet-csv.ts";
export { toSpreadsheetCsv } from "./encoders/to-spreadsheet.ts";
export { ExportError } from "./errors.ts";
export { type CheckedBundle, checkBundle } from "./import/check-bundle.ts";
export { BundleError, type BundleProblem, BundleProblems } from "./import/problems.ts";
export { readBundle } from "./import/read-bundle.ts";
export type { ImportedRelease } from "./import/release.ts";
export { type Layout, turnwiseLayout } from "./layout.ts";
export { type DatasetInfo, datasetInfo } from "./metadata/dataset-info.ts";
export { LICENCE_IDS, type LicenceId } from "./metadata/licences.ts";
export type { Filters } from "./privacy/consent.ts";
export { exclusionOf, INCLUDE_VALUES, type Include, partsOf } from "./privacy/consent.ts";
export { suggestedReplacement } from "./privacy/redact.ts";
export {
  decisionOf,
  type FindDecisions,
  listFlaggedTexts,
  type RecordedDecision,
  releasesTexts,
  type ScreenedText,
  screenTrajectory,
  type TextSource,
  textKey,
  textSha256,
} from "./privacy/screen-texts.ts";
export { newReleaseKey } from "./pseudonyms.ts";
export { SCHEMA_VERSION } from "./records.ts";
export { openSnapshotFile, takeSnapshot } from "./snapshot-file.ts";
export { codeRevision, softwareVersion } from "./software-version.ts";
export type { DatasetSource, SourceTrajectory, SourceTurn } from "./source.ts";
export { defaultSplits, type SplitOptions } from "./splits.ts";
export { allTables, TABLE_FORMATS, TABLE_NAMES, type TableFormat, type TableName } from "./tables/index.ts";
