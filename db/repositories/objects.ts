import { and, asc, eq, gt, inArray, isNotNull } from "drizzle-orm";
import { chunk, type Store } from "../store.ts";

export interface ReferencedObject {
  studyId: string;
  sha256: string;
  byteSize: number;
}

const PAGE_ROWS = 2_000;

/** Studies that have stored images. */
export async function listStudiesWithObjects(store: Store): Promise<string[]> {
  const { images, trajectories } = store.t;
  const rows = await store.read
    .selectDistinct({ studyId: trajectories.studyId })
    .from(images)
    .innerJoin(trajectories, eq(trajectories.id, images.trajectoryId))
    .where(isNotNull(images.sha256))
    .orderBy(asc(trajectories.studyId));
  return rows.map((row) => row.studyId);
}

/**
 * Pages of what a study's rows say is in the object store; within a page each object once. Whatever else comes to refer
 * to objects must be added here: what is not listed is an orphan to `turnwise storage sweep`.
 */
export async function* referencedObjects(store: Store, studyId: string): AsyncGenerator<ReferencedObject[]> {
  const { images, trajectories } = store.t;
  for (let after = ""; ; ) {
    const rows = await store.read
      .select({ id: images.id, sha256: images.sha256, displaySha256: images.displaySha256 })
      .from(images)
      .innerJoin(trajectories, eq(trajectories.id, images.trajectoryId))
      .where(and(eq(trajectories.studyId, studyId), isNotNull(images.sha256), gt(images.id, after)))
      .orderBy(asc(images.id))
      .limit(PAGE_ROWS);
    const hashes = new Set(
      rows.flatMap((row) => [row.sha256, row.displaySha256]).filter((hash) => hash !== null),
    );
    if (hashes.size > 0) yield await withSizes(store, studyId, [...hashes]);
    const last = rows.at(-1);
    if (!last || rows.length < PAGE_ROWS) return;
    after = last.id;
  }
}

async function withSizes(store: Store, studyId: string, hashes: string[]): Promise<ReferencedObject[]> {
  const { objects } = store.t;
  const found: ReferencedObject[] = [];
  for (const some of chunk(hashes)) {
    const rows = await store.read
      .select({ sha256: objects.sha256, byteSize: objects.byteSize })
      .from(objects)
      .where(inArray(objects.sha256, some));
    found.push(...rows.map((row) => ({ studyId, ...row })));
  }
  return found;
}
