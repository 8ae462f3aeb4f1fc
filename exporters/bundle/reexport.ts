import { ExportError } from "../errors.ts";
import type { ImportedRelease } from "../import/release.ts";
import type { Pseudonyms } from "../pseudonyms.ts";
import type { BundleOptions } from "./options.ts";

/**
 * Options under which an imported study gives the bytes of its bundle again: what was decided when it was first made
 * stands. Formats, tables and images remain the caller's. Throws an {@link ExportError} for another profile: what was
 * left out cannot be put back, and leaving more out is for those who have the data.
 */
export function asImported(options: BundleOptions, imported: ImportedRelease): BundleOptions {
  if (options.profile !== imported.profile) {
    throw new ExportError(
      `This study was imported from a bundle of profile ${imported.profile} and can only be exported in that profile.`,
    );
  }
  return {
    ...options,
    include: imported.include,
    source: imported.source,
    // They have done their work: what is there is what passed them.
    filters: undefined,
    splits: imported.splits && { key: "", ...imported.splits },
    decisions: undefined,
    info: imported.info,
    startedBeforeMs: Number.MAX_SAFE_INTEGER,
    builtAtMs: imported.builtAtMs,
    softwareVersion: imported.softwareVersion,
    codeRevision: imported.codeRevision,
  };
}

const SEPARATOR = "~";

/**
 * Id under which an imported row is stored: unique however often a bundle is imported, and sorted as the rows of the
 * bundle were. `position` counts trajectories from 0.
 */
export function storedId(importId: string, position: number, pseudonym: string): string {
  return `${importId}.${String(position).padStart(8, "0")}${SEPARATOR}${pseudonym}`;
}

/** Gives stored ids the names that they had in the bundle. */
export function importedIds(studyId: string): Pseudonyms {
  return (kind, id) => (kind === "study" ? studyId : id.slice(id.indexOf(SEPARATOR) + 1));
}
