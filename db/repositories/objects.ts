import { and, asc, eq, gt, inArray, isNotNull, isNull } from "drizzle-orm";
import { chunk, type Store } from "../store.ts";

export interface ReferencedObject {
  studyId: string;
  sha256: string;
  byteSize: number;
}

const PAGE_ROWS = 2_000;

/** Studies that have stored images or exports. Images of imported studies are known by their hashes only. */
export async function listStudiesWithObjects(store: Store): Promise<string[]> {
  const { images, trajectories, exports, studies } = store.t;
  const withImages = await store.read
    .selectDistinct({ studyId: trajectories.studyId })
    .from(images)
    .innerJoin(trajectories, eq(trajectories.id, images.trajectoryId))
    .innerJoin(studies, eq(studies.id, trajectories.studyId))
    .where(and(isNotNull(images.sha256), isNull(studies.imported)));
  const withExports = await store.read
    .selectDistinct({ studyId: exports.studyId })
    .from(exports)
    .where(isNotNull(exports.files));
  return [...new Set([...withImages, ...withExports].map((row) => row.studyId))].sort();
}

/**
 * Pages of what a study's rows say is in the object store; within a page each object once. Whatever else comes to refer
 * to objects must be added here: what is not listed is an orphan to `turnwise storage sweep`.
 */
export async function* referencedObjects(store: Store, studyId: string): AsyncGenerator<ReferencedObject[]> {
  const { images, trajectories, studies } = store.t;
  for (let after = ""; ; ) {
    const rows = await store.read
      .select({ id: images.id, sha256: images.sha256, displaySha256: images.displaySha256 })
      .from(images)
      .innerJoin(trajectories, eq(trajectories.id, images.trajectoryId))
      .innerJoin(studies, and(eq(studies.id, trajectories.studyId), isNull(studies.imported)))
      .where(and(eq(trajectories.studyId, studyId), isNotNull(images.sha256), gt(images.id, after)))
      .orderBy(asc(images.id))
      .limit(PAGE_ROWS);
    const hashes = new Set(
      rows.flatMap((row) => [row.sha256, row.displaySha256]).filter((hash) => hash !== null),
    );
    if (hashes.size > 0) yield await withSizes(store, studyId, [...hashes]);
    const last = rows.at(-1);
    if (!last || rows.length < PAGE_ROWS) break;
    after = last.id;
  }
  yield* exportedFiles(store, studyId);
}

/** Files of finished exports; every row has a few dozen. */
async function* exportedFiles(store: Store, studyId: string): AsyncGenerator<ReferencedObject[]> {
  const { exports } = store.t;
  const ids = await store.read
    .select({ id: exports.id })
    .from(exports)
    .where(and(eq(exports.studyId, studyId), isNotNull(exports.files)))
    .orderBy(asc(exports.id));
  for (const { id } of ids) {
    const [row] = await store.read.select({ files: exports.files }).from(exports).where(eq(exports.id, id));
    const files = row?.files ?? [];
    if (files.length > 0) yield files.map(({ sha256, byteSize }) => ({ studyId, sha256, byteSize }));
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
