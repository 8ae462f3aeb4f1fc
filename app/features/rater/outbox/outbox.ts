/**
 * The outbox of one task in one browser: every change is kept on this device first, and leaves it only when the server has
 * said that it has it. It survives reload, crash, lost connection and an ended sign-in. No React and no DOM in here.
 */
import type { FieldResult, FieldSave, SavedFields } from "../../../domain/answer-field.ts";

export interface OutboxEntry {
  value: string;
  /** Revision that this value was typed over. */
  base: number;
  /** The last value that was sent and whose reply has not come. */
  sent: string | null;
  /** Set when another device saved another value in between. */
  theirs: { revision: number; value: string } | null;
}

/** What a device keeps between page loads, by field. */
export type OutboxEntries = Record<string, OutboxEntry>;

/** Where entries are kept on this device. Writing happens with each change, so it must be immediate. */
export interface OutboxShelf {
  read(): OutboxEntries;
  write(entries: OutboxEntries): void;
}

export type SendReply =
  | { kind: "results"; results: FieldResult[] }
  /** No connection, a fault, or a wrong answer: the same again later. */
  | { kind: "unreachable" }
  | { kind: "signed_out" }
  /** Another tab or device holds the task. */
  | { kind: "moved" }
  /** This task cannot be changed any more, or is somebody else's; nothing is thrown away. */
  | { kind: "refused"; message: string };

export type Send = (saves: FieldSave[], leaving: boolean) => Promise<SendReply>;

export type OutboxState =
  | "idle"
  | "saving"
  | "saved"
  | "retrying"
  | "signed_out"
  | "moved"
  | "refused"
  | "conflict";

export interface OutboxConflict {
  field: string;
  mine: string;
  theirs: string;
}

export interface OutboxView {
  state: OutboxState;
  /** Changes that only this device has. */
  unsaved: number;
  conflicts: OutboxConflict[];
  /** Why the server will never take a field, by field. */
  refusals: Record<string, string>;
  /** Why the whole task refuses changes, or null. */
  message: string | null;
}

export interface OutboxOptions {
  shelf: OutboxShelf;
  send: Send;
  /** Calls back after `ms`; returns what cancels it. */
  later: (ms: number, callback: () => void) => () => void;
}

const DEBOUNCE_MS = 400;
const RETRY_MS = [1_000, 2_000, 5_000, 10_000];

export class Outbox {
  readonly #options: OutboxOptions;
  readonly #entries: OutboxEntries;
  readonly #revisions = new Map<string, number>();
  readonly #listeners = new Set<() => void>();
  #cancel: () => void = () => {};
  #busy = false;
  #tries = 0;
  #everSaved = false;
  #halt: Exclude<OutboxState, "idle" | "saving" | "saved" | "conflict"> | null = null;
  #message: string | null = null;
  #refusals: Record<string, string> = {};
  #view: OutboxView;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#entries = { ...options.shelf.read() };
    this.#view = this.#makeView();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The same object until something changes. */
  view = (): OutboxView => this.#view;

  /** The value that this device has and the server does not, if there is one. */
  pending(field: string): string | undefined {
    return this.#entries[field]?.value;
  }

  /**
   * What the server had when the page was loaded. Changes that are older than that and differ become conflicts; those
   * that arrived without a reply are done.
   */
  meet(saved: SavedFields): void {
    for (const [field, { revision, value }] of Object.entries(saved)) {
      if (revision < (this.#revisions.get(field) ?? 0)) continue;
      this.#revisions.set(field, revision);
      const entry = this.#entries[field];
      if (entry) this.#settle(field, entry, revision, value);
    }
    this.#changed();
    if (this.#sendable().length > 0) this.#schedule(0);
  }

  /** A field has a new value: kept at once, sent in a moment. */
  change(field: string, value: string): void {
    const entry = this.#entries[field];
    this.#entries[field] = {
      value,
      base: entry?.base ?? this.#revisions.get(field) ?? 0,
      sent: entry?.sent ?? null,
      theirs: entry?.theirs ?? null,
    };
    delete this.#refusals[field];
    this.#changed();
    this.#schedule(DEBOUNCE_MS);
  }

  /** Settles a conflict: keep what was typed here, or what the other device saved. Returns the value that stands. */
  resolve(field: string, keep: "mine" | "theirs"): string | undefined {
    const entry = this.#entries[field];
    if (!entry?.theirs) return undefined;
    const { theirs } = entry;
    this.#revisions.set(field, theirs.revision);
    if (keep === "theirs") delete this.#entries[field];
    else this.#entries[field] = { value: entry.value, base: theirs.revision, sent: null, theirs: null };
    this.#changed();
    this.#schedule(0);
    return keep === "mine" ? entry.value : theirs.value;
  }

  /** These fields were handed in with a form: nothing of them is left to save. */
  handedIn(fields: readonly string[]): void {
    for (const field of fields) delete this.#entries[field];
    this.#changed();
  }

  /** Sends what is waiting now, also after "moved", "signed_out" or "refused": something has changed. */
  retry = (): void => {
    this.#halt = null;
    this.#message = null;
    this.#tries = 0;
    this.#changed();
    this.#schedule(0);
  };

  /** Sends what is waiting now, unless there is a reason not to. */
  flush = (): void => {
    if (this.#halt === "moved" || this.#halt === "refused") return;
    this.#schedule(0);
  };

  /** The page goes away: one last attempt that need not be answered. What is not confirmed stays on the shelf. */
  leave(): void {
    this.#cancel();
    const saves = this.#sendable();
    if (saves.length === 0 || this.#halt === "moved") return;
    for (const save of saves) this.#markSent(save);
    this.#options.shelf.write(this.#entries);
    void this.#options.send(saves, true).catch(() => {});
  }

  #sendable(): FieldSave[] {
    return Object.entries(this.#entries)
      .filter(([field, entry]) => entry.theirs === null && !(field in this.#refusals))
      .map(([field, entry]) => ({ field, value: entry.value, baseRevision: entry.base }));
  }

  #schedule(ms: number): void {
    this.#cancel();
    this.#cancel = this.#options.later(ms, () => void this.#run());
  }

  async #run(): Promise<void> {
    const saves = this.#sendable();
    if (this.#busy || saves.length === 0 || this.#halt === "moved" || this.#halt === "refused") return;
    this.#busy = true;
    for (const save of saves) this.#markSent(save);
    this.#changed();
    const reply = await this.#options.send(saves, false).catch((): SendReply => ({ kind: "unreachable" }));
    this.#busy = false;
    this.#take(reply, saves);
    this.#changed();
  }

  #markSent({ field, value }: FieldSave): void {
    const entry = this.#entries[field];
    if (entry) this.#entries[field] = { ...entry, sent: value };
  }

  #take(reply: SendReply, saves: readonly FieldSave[]): void {
    if (reply.kind === "results") {
      this.#halt = null;
      this.#message = null;
      this.#tries = 0;
      for (const result of reply.results) this.#takeResult(result, saves);
      if (this.#sendable().length > 0) this.#schedule(0);
      return;
    }
    if (reply.kind === "moved" || reply.kind === "refused") {
      this.#halt = reply.kind;
      this.#message = reply.kind === "refused" ? reply.message : null;
      return;
    }
    this.#halt = reply.kind === "signed_out" ? "signed_out" : "retrying";
    this.#schedule(RETRY_MS[Math.min(this.#tries, RETRY_MS.length - 1)] as number);
    this.#tries += 1;
  }

  #takeResult(result: FieldResult, saves: readonly FieldSave[]): void {
    const { field } = result;
    const entry = this.#entries[field];
    if (result.kind === "refused") {
      if (entry) this.#refusals[field] = result.message;
      return;
    }
    const stored = result.kind === "saved" ? saves.find((s) => s.field === field)?.value : result.value;
    this.#revisions.set(field, Math.max(result.revision, this.#revisions.get(field) ?? 0));
    if (result.kind === "saved") this.#everSaved = true;
    if (entry && stored !== undefined) this.#settle(field, entry, result.revision, stored);
  }

  /** Holds an entry against what the server has. */
  #settle(field: string, entry: OutboxEntry, revision: number, stored: string): void {
    if (entry.value === stored) {
      delete this.#entries[field];
      return;
    }
    // Nothing came in between, or what came was ours: the newer value goes on top of it.
    if (revision === entry.base || stored === entry.sent) {
      this.#entries[field] = { ...entry, base: revision, sent: null, theirs: null };
      return;
    }
    if (revision > entry.base) {
      this.#entries[field] = { ...entry, theirs: { revision, value: stored } };
    }
  }

  #makeView(): OutboxView {
    const all = Object.entries(this.#entries);
    const conflicts = all.flatMap(([field, { value, theirs }]) =>
      theirs ? [{ field, mine: value, theirs: theirs.value }] : [],
    );
    const state = (): OutboxState => {
      if (this.#halt) return this.#halt;
      if (conflicts.length > 0) return "conflict";
      if (Object.keys(this.#refusals).length > 0) return "refused";
      if (all.length > 0) return "saving";
      return this.#everSaved ? "saved" : "idle";
    };
    return {
      state: state(),
      unsaved: all.length,
      conflicts,
      refusals: { ...this.#refusals },
      message: this.#message,
    };
  }

  #changed(): void {
    this.#options.shelf.write(this.#entries);
    this.#view = this.#makeView();
    for (const listener of this.#listeners) listener();
  }
}
