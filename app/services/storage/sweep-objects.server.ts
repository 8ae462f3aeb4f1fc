import { listStudiesWithObjects, referencedObjects } from "../../../db/repositories/objects.ts";
import type { Store } from "../../../db/store.ts";
import { type ListedObject, type ObjectKey, type ObjectStore, REFRESH_AFTER_MS } from "../../storage/port.ts";

/** Younger objects may belong to an image whose row is about to be written. */
export const MIN_ORPHAN_AGE_MS = 2 * REFRESH_AFTER_MS;

export interface SweepArgs {
  /** Objects that nothing refers to and that were stored longer ago count as orphans. At least {@link MIN_ORPHAN_AGE_MS}. */
  olderThanMs: number;
  /** Remove the orphans; otherwise they are only counted. */
  remove: boolean;
  signal?: AbortSignal;
  onOrphan?(orphan: ListedObject): void;
}

export interface SweepResult {
  listed: number;
  orphans: number;
  orphanBytes: number;
  /** Without a row too, but so young that the row may still come. */
  young: number;
  removed: number;
  /** Rows point at them, and they are not there, or have another size. */
  missing: ObjectKey[];
}

/** Compares what is in the store with what the database refers to. */
export async function sweepObjects(
  { store, objects, now }: { store: Store; objects: ObjectStore; now(): number },
  { olderThanMs, remove, signal, onOrphan }: SweepArgs,
): Promise<SweepResult> {
  if (olderThanMs < MIN_ORPHAN_AGE_MS) throw new RangeError("such young objects may be in use");
  const result: SweepResult = { listed: 0, orphans: 0, orphanBytes: 0, young: 0, removed: 0, missing: [] };
  const studies = new Set(await listStudiesWithObjects(store));
  const unfiled = new Map<string, ListedObject>();

  async function judge(orphan: ListedObject): Promise<void> {
    const storedBeforeMs = now() - olderThanMs;
    if (orphan.storedAtMs > storedBeforeMs) {
      result.young += 1;
      return;
    }
    result.orphans += 1;
    result.orphanBytes += orphan.byteSize;
    onOrphan?.(orphan);
    if (remove && (await objects.remove(orphan, { storedBeforeMs }))) result.removed += 1;
  }

  /** Rows are read after the listing: whatever was stored by then and is in use has its row, or is young. */
  async function compare(studyId: string, group: ListedObject[]): Promise<void> {
    const left = new Map(group.map((object) => [object.sha256, object]));
    const referred = new Set<string>();
    for await (const page of referencedObjects(store, studyId)) {
      signal?.throwIfAborted();
      for (const { sha256, byteSize } of page) {
        if (referred.has(sha256)) continue;
        referred.add(sha256);
        const there = left.get(sha256) ?? unfiled.get(sha256);
        if (there?.byteSize !== byteSize) result.missing.push({ studyId, sha256 });
        left.delete(sha256);
      }
    }
    for (const sha256 of referred) inUse.add(sha256);
    studies.delete(studyId);
    for (const orphan of left.values()) await judge(orphan);
  }

  /** Only asked about unfiled objects, so kept only while there are some. */
  const inUse = {
    hashes: new Set<string>(),
    add: (hash: string) => unfiled.has(hash) && inUse.hashes.add(hash),
  };
  let group: ListedObject[] = [];
  for await (const object of objects.list()) {
    signal?.throwIfAborted();
    result.listed += 1;
    if (object.studyId === null) {
      unfiled.set(object.sha256, object);
      continue;
    }
    const current = group[0]?.studyId;
    if (typeof current === "string" && current !== object.studyId) {
      await compare(current, group);
      group = [];
    }
    group.push(object);
  }
  if (group[0]) await compare(group[0].studyId as string, group);
  for (const studyId of [...studies]) await compare(studyId, []);
  for (const object of unfiled.values()) if (!inUse.hashes.has(object.sha256)) await judge(object);
  return result;
}
