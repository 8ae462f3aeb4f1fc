import type { Readable } from "node:stream";

/**
 * A put of an object that is there already, but older than this, marks it as stored now: whoever sweeps orphans goes by
 * that time, and must see that somebody is about to use it.
 */
export const REFRESH_AFTER_MS = 60 * 60_000;

/** Inclusive, in bytes. */
export interface ObjectRange {
  start: number;
  end: number;
}

/** The objects of one study: immutable, addressed by the SHA-256 of their bytes (hex). */
export interface StudyObjects {
  /**
   * Stores the bytes under their hash; storing the same bytes again has no effect. Throws TypeError when they do not
   * have that hash, and {@link ObjectStoreError} when the store cannot take them.
   */
  put(sha256: string, bytes: Buffer, options?: { signal?: AbortSignal }): Promise<void>;
  /**
   * The same for bytes that lie in a file, which are never in memory as a whole. Throws {@link ObjectDamagedError} when
   * they do not have that hash, or what the store says of it, and {@link ObjectStoreError}.
   */
  putFile(sha256: string, path: string, options?: { signal?: AbortSignal }): Promise<void>;
  /** Byte length, or null when there is no such object. */
  size(sha256: string): Promise<number | null>;
  /**
   * Streams the object, or a part of it. Throws {@link ObjectMissingError}. A whole object is checked against its hash
   * on the way: a damaged one ends in {@link ObjectDamagedError} before its last bytes are given out.
   */
  read(sha256: string, range?: ObjectRange): Promise<Readable>;
  /**
   * An address from which anybody can fetch the object for a short while, or null where the store gives none.
   * It serves the bytes with this type, and works for `validForMs` from now at least.
   */
  temporaryUrl(
    sha256: string,
    options: { mimeType: string },
  ): Promise<{ url: string; validForMs: number } | null>;
}

/** Where an object lies. Nothing but the store makes a path of it. */
export interface ObjectKey {
  /** Null for objects stored before studies had folders of their own. */
  studyId: string | null;
  sha256: string;
}

export interface ListedObject extends ObjectKey {
  byteSize: number;
  storedAtMs: number;
}

/** What came of trying one thing: for the operator, in words. */
export interface Finding {
  what: string;
  outcome: "ok" | "warning" | "failed";
  detail: string;
}

/** Port of the object store. */
export interface ObjectStore {
  readonly id: string;
  /** One line for people: where the bytes are, without secrets. */
  readonly description: string;
  /** Origin that pages must be allowed to show images from, when browsers fetch from the store itself. */
  browserOrigin(): Promise<string | null>;
  inStudy(studyId: string): StudyObjects;
  /**
   * Every object: those without a study first, then study by study. Anything else in the same place is passed over.
   */
  list(): AsyncIterable<ListedObject>;
  /**
   * Removes an object, when it was not stored again since `storedBeforeMs`. False when it stays; what is not there
   * counts as removed.
   */
  remove(key: ObjectKey, options?: { storedBeforeMs: number }): Promise<boolean>;
  /** Proves that the store can be written to; throws with one clear sentence when it cannot. */
  check(): Promise<void>;
  /** Cheapest proof that the store answers; throws when it does not. */
  ping(): Promise<void>;
  /** Tries everything that Turnwise does with the store, and says what came of it. Ends after what makes the rest moot. */
  diagnose(options?: { createBucket?: boolean }): AsyncIterable<Finding>;
}
