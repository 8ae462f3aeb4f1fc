import type { Reader, Store, Tx } from "../../db/store.ts";
import type { CandidateGenerator, CandidateSelector, DirectSlateAgent } from "../agents/port.ts";
import type { ProviderInfo } from "../domain/provider-call.ts";
import type { Role } from "../domain/roles.ts";
import type { ImageFilter, PromptFilter } from "../safety/port.ts";
import type { ObjectStore } from "../storage/port.ts";
import type { T2iModel } from "../t2i/port.ts";
import type { WebhookSender } from "./webhook/sender.ts";

/** Where log lines go; pino in the server, silence in tests. */
export interface Log {
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
}

/** Sign-in accounts, kept by the auth library. */
export interface Accounts {
  /** Creates a user with a password and returns its id. Throws RequestError EMAIL_TAKEN. */
  create(account: { email: string; password: string; name: string; role: Role }): Promise<string>;
  /** Replaces the password, or gives one to an account without; ends all sessions of the account. */
  setPassword(userId: string, password: string): Promise<void>;
  findByEmail(email: string): Promise<{ userId: string; name: string; role: Role } | null>;
}

/** Everything a use case may touch. Made once by the composition root; tests make their own. */
export interface ServiceContext {
  store: Store;
  objects: ObjectStore;
  generators: ReadonlyMap<string, CandidateGenerator>;
  selectors: ReadonlyMap<string, CandidateSelector>;
  /** Models that can write a slate's prompts themselves. */
  directSlates: ReadonlyMap<string, DirectSlateAgent>;
  t2iModels: ReadonlyMap<string, T2iModel>;
  /** Remote services that the operator configured, by the id of their adapters; embedded ones are not among them. */
  providers: ReadonlyMap<string, ProviderInfo>;
  /** Asked in this order; the first that objects stops a text or an image. */
  promptFilters: readonly PromptFilter[];
  imageFilters: readonly ImageFilter[];
  accounts: Accounts;
  /** Folder where exports are written before they go into the object store; nothing in it outlives its export. */
  exportsDir: string;
  log: Log;
  /** UTC milliseconds. */
  now(): number;
  /** Unguessable id such as "trj_4k0…". */
  newId(prefix: string): string;
  /** Fresh 31-bit seed. */
  newSeed(): number;
  webhooks: WebhookSender;
  /** 32 bytes that depend on this installation's secret and the purpose: the same in all its processes, stored nowhere. */
  deriveSecret(purpose: string): Buffer;
  /** Wakes the generation worker; harmless when there is none in this process. */
  wakeWorker(): void;
  /** Wakes whoever runs exports, likewise. */
  wakeExports(): void;
}

/** A handle that can read: inside a transaction or outside. */
export type AnyReader = Reader | Tx;
