import { and, eq } from "drizzle-orm";
import type { Store } from "../../../db/store.ts";
import { type StudySettings, studySettingsSchema } from "../../domain/study-settings.ts";
import type { AnyReader, ServiceContext } from "../context.ts";

/** Published settings never change, so they are parsed once per process. */
const cache = new WeakMap<Store, Map<string, StudySettings>>();
const MAX_CACHED = 500;

/** Frozen settings of one published version. */
export async function settingsOfVersion(
  ctx: ServiceContext,
  reader: AnyReader,
  studyId: string,
  version: number,
): Promise<StudySettings> {
  let known = cache.get(ctx.store);
  if (!known) {
    known = new Map();
    cache.set(ctx.store, known);
  }
  const key = `${studyId}@${version}`;
  const hit = known.get(key);
  if (hit) return hit;
  const { studyVersions } = ctx.store.t;
  const [row] = await reader
    .select({ settings: studyVersions.settings })
    .from(studyVersions)
    .where(and(eq(studyVersions.studyId, studyId), eq(studyVersions.version, version)));
  if (!row) throw new Error(`study ${studyId} has no version ${version}`);
  const settings = studySettingsSchema.parse(row.settings);
  if (known.size >= MAX_CACHED) known.clear();
  known.set(key, settings);
  return settings;
}
