import { hkdfSync, randomInt } from "node:crypto";
import { join } from "node:path";
import { customAlphabet } from "nanoid";
import { StartupError } from "../../db/errors.ts";
import { openStore, type Store } from "../../db/store.ts";
import { createAgents } from "../agents/registry.ts";
import { MAX_SEED } from "../domain/random.ts";
import { createWordListFilter } from "../safety/word-list/index.ts";
import type { ServiceContext } from "../services/context.ts";
import { ObjectStoreError } from "../storage/errors.ts";
import { explainFolder } from "../storage/local/diagnose.ts";
import type { ObjectStore } from "../storage/port.ts";
import { createObjectStore } from "../storage/registry.ts";
import { createT2iModels } from "../t2i/registry.ts";
import { type Auth, createAccounts, createAuth } from "./auth.server.ts";
import { type Env, readEnv } from "./env.server.ts";
import { createLog } from "./log.server.ts";
import { createProviders } from "./providers.server.ts";
import { createWebhookSender } from "./webhook-sender.server.ts";

/** 24 characters of 32 symbols: 120 random bits, no look-alikes. */
const randomId = customAlphabet("0123456789abcdefghjkmnpqrstvwxyz", 24);

export function newId(prefix: string): string {
  return `${prefix}_${randomId()}`;
}

interface Wakes {
  worker(): void;
  exports(): void;
}

export interface Container {
  ctx: ServiceContext;
  auth: Auth;
  env: Env;
  /** Origin from which browsers fetch images when they do not come from this server. */
  imageOrigin: string | null;
  /** Called by use cases that made work: for the generation worker, or for who runs exports. */
  onWake(listeners: Wakes): void;
  close(): Promise<void>;
}

/** Wires ports to adapters. Throws {@link StartupError} when something the operator set is wrong. */
export async function createContainer(env: Env): Promise<Container> {
  const store = await openStore(env.databaseUrl);
  try {
    return await wire(env, store);
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function wire(env: Env, store: Store): Promise<Container> {
  const objects = createObjectStore(env.storage);
  const imageOrigin = await checkStorage(env, objects);
  const auth = createAuth(store, {
    baseUrl: env.baseUrl,
    secret: env.authSecret,
    rateLimit: true,
  });
  const remote = createProviders(env.models);
  const { generators, selectors, directSlates } = createAgents(remote);
  let wakes: Wakes = { worker() {}, exports() {} };
  const ctx: ServiceContext = {
    store,
    objects,
    generators,
    selectors,
    directSlates,
    t2iModels: createT2iModels(remote.t2iModels),
    providers: remote.infos,
    promptFilters: [createWordListFilter()],
    imageFilters: [],
    accounts: createAccounts(auth, store),
    exportsDir: join(env.dataDir, "exports"),
    log: createLog(env.logLevel),
    now: () => Date.now(),
    newId,
    newSeed: () => randomInt(0, MAX_SEED),
    webhooks: createWebhookSender({ allowPrivate: env.webhookAllowPrivate }),
    deriveSecret: (purpose) => Buffer.from(hkdfSync("sha256", env.authSecret, "turnwise", purpose, 32)),
    wakeWorker: () => wakes.worker(),
    wakeExports: () => wakes.exports(),
  };
  return {
    ctx,
    auth,
    env,
    imageOrigin,
    onWake(listeners) {
      wakes = listeners;
    },
    close: () => store.close(),
  };
}

/** Throws {@link StartupError} when images cannot be stored. Returns where browsers fetch them, if not here. */
async function checkStorage(env: Env, objects: ObjectStore): Promise<string | null> {
  try {
    await objects.check();
    return await objects.browserOrigin();
  } catch (error) {
    if (error instanceof ObjectStoreError) throw new StartupError(error.message, { cause: error });
    throw new StartupError(explainFolder(env.storage.local.folder, error), { cause: error });
  }
}

/** For commands that work on the database directly. */
export async function openCliContext(): Promise<{ ctx: ServiceContext; close(): Promise<void> }> {
  const container = await createContainer(readEnv());
  return { ctx: container.ctx, close: () => container.close() };
}
