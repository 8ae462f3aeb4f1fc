/** What services and the CLI use of the exporters. */
export type { ObjectReader } from "./bundle/copy-images.ts";
export { type BundleFile, INCLUDE_VALUES, type Include } from "./bundle/manifest.ts";
export { type Bundle, type BundleOptions, writeBundle } from "./bundle/write-bundle.ts";
export { ExportError } from "./errors.ts";
export { profileRefusal } from "./profile.ts";
export { newReleaseKey } from "./pseudonyms.ts";
export { SCHEMA_VERSION } from "./records.ts";
export { softwareVersion } from "./software-version.ts";
export type { DatasetSource } from "./source.ts";
