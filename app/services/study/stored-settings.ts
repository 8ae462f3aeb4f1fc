import { type StudySettings, studySettingsSchema } from "../../domain/study-settings.ts";

/** Settings as stored by this or an older version: fields that came later get their defaults. */
export function readSettings(stored: unknown): StudySettings {
  return studySettingsSchema.parse(stored);
}

/** Compares by content: PostgreSQL gives JSON back with its keys in another order. */
export function sameSettings(a: unknown, b: unknown): boolean {
  return JSON.stringify(readSettings(a)) === JSON.stringify(readSettings(b));
}
