import { asc, desc, eq, or } from "drizzle-orm";
import type { StudyStatus } from "../../app/domain/study.ts";
import type { Store } from "../store.ts";

export interface StudyName {
  studyId: string;
  name: string;
  status: StudyStatus;
  version: number;
}

function selectStudies(store: Store) {
  const { studies } = store.t;
  return store.read
    .select({
      studyId: studies.id,
      name: studies.name,
      status: studies.status,
      version: studies.currentVersion,
    })
    .from(studies);
}

/** All studies, the newest first. */
export function listStudyNames(store: Store): Promise<StudyName[]> {
  const { studies } = store.t;
  return selectStudies(store).orderBy(desc(studies.createdAtMs), asc(studies.id));
}

/** Studies with this id or exactly this name; names need not be unique. */
export function findStudiesByIdOrName(store: Store, idOrName: string): Promise<StudyName[]> {
  const { studies } = store.t;
  return selectStudies(store)
    .where(or(eq(studies.id, idOrName), eq(studies.name, idOrName)))
    .orderBy(asc(studies.id));
}
