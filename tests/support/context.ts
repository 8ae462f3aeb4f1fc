/**
 * Use cases against real databases: `describeBothDatabases` runs a suite on SQLite and on PostgreSQL, each time on an
 * empty database of its own. Only the clock and the accounts are ours; the rest is what production uses.
 */
import { createHash, hkdfSync } from "node:crypto";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, inject } from "vitest";
import { createAgents } from "../../app/agents/registry.ts";
import type { Actor } from "../../app/domain/actor.ts";
import { RequestError } from "../../app/domain/errors.ts";
import type { Role } from "../../app/domain/roles.ts";
import { defaultStudySettings, type StudySettings } from "../../app/domain/study-settings.ts";
import { createWordListFilter } from "../../app/safety/word-list/index.ts";
import { createWebhookSender } from "../../app/server/webhook-sender.server.ts";
import type { ServiceContext } from "../../app/services/context.ts";
import { createLocalObjectStore } from "../../app/storage/local/index.ts";
import { createT2iModels } from "../../app/t2i/registry.ts";
import type { Dialect } from "../../db/kit.ts";
import { openStore, type Store } from "../../db/store.ts";
import { createDatabase } from "./postgres.ts";
import { makeTempDir } from "./temp.ts";

export interface TestContext {
  ctx: ServiceContext;
  dialect: Dialect;
  /** Moves the clock. */
  advance(ms: number): void;
}

/** A service context on `store`, with a clock that stands still until it is moved. */
export function createTestContext(store: Store, overrides: Partial<ServiceContext> = {}): TestContext {
  const dir = makeTempDir("ctx");
  let now = Date.UTC(2026, 0, 5, 9, 0, 0);
  let serial = 0;
  const { user } = store.t;
  const { generators, selectors, directSlates } = createAgents();
  const ctx: ServiceContext = {
    store,
    objects: createLocalObjectStore(join(dir, "objects")),
    generators,
    selectors,
    directSlates,
    t2iModels: createT2iModels(),
    providers: new Map(),
    promptFilters: [createWordListFilter()],
    imageFilters: [],
    exportsDir: join(dir, "exports"),
    // better-auth has its own suite; hashing a password for each test user would only cost time.
    accounts: {
      async create({ email, name, role }) {
        if (await this.findByEmail(email)) throw new RequestError("EMAIL_TAKEN", "taken", { email: "taken" });
        const id = ctx.newId("usr");
        const date = new Date(now);
        await store.tx((tx) =>
          tx.insert(user).values({ id, email, name, role, createdAt: date, updatedAt: date }),
        );
        return id;
      },
      async setPassword() {},
      async findByEmail(email) {
        const [row] = await store.read.select().from(user).where(eq(user.email, email));
        return row ? { userId: row.id, name: row.name, role: row.role as Role } : null;
      },
    },
    webhooks: createWebhookSender({ allowPrivate: ["127.0.0.1"] }),
    deriveSecret: (purpose) => Buffer.from(hkdfSync("sha256", "a secret of tests", "", purpose, 32)),
    log: { info() {}, warn() {}, error() {} },
    now: () => now,
    newId(prefix) {
      const digest = createHash("sha256").update(`${prefix}:${++serial}`).digest("hex");
      return `${prefix}_${digest.slice(0, 24)}`;
    },
    newSeed: () => (serial++ * 2_654_435_761) % 2_147_483_647,
    wakeWorker() {},
    wakeExports() {},
    ...overrides,
  };
  return {
    ctx,
    dialect: store.dialect,
    advance(ms) {
      now += ms;
    },
  };
}

/**
 * Runs `suite` once per database. `open()` is valid inside hooks and tests, and gives the same context throughout.
 * PostgreSQL is left out, loudly, only where the run has none.
 */
export function describeBothDatabases(
  name: string,
  suite: (open: () => TestContext, dialect: Dialect) => void,
): void {
  for (const dialect of ["sqlite", "postgres"] as const) {
    const server = inject("postgresUrl");
    const skipped = dialect === "postgres" && server === null;
    describe.skipIf(skipped)(`${name} (${dialect})`, () => {
      let test: TestContext | undefined;
      beforeAll(async () => {
        const url =
          dialect === "sqlite"
            ? `file:${join(makeTempDir("db"), "test.db")}`
            : await createDatabase(server as string);
        test = createTestContext(await openStore(url));
      });
      afterAll(() => test?.ctx.store.close());
      suite(() => {
        if (!test) throw new Error("open() was called outside a hook or test");
        return test;
      }, dialect);
    });
  }
}

/** Small and fast, but with every rule in force. */
export function quickSettings(overrides: Partial<StudySettings> = {}): StudySettings {
  const settings = defaultStudySettings();
  return {
    ...settings,
    imageSizePx: 256,
    arms: settings.arms.map((arm) => ({ ...arm, agent: { ...arm.agent, t2iModel: "swatch" } })),
    ...overrides,
  };
}

let people = 0;

/** A signed-in person with a role; raters get their rater row. */
export async function createPerson(ctx: ServiceContext, role: Role): Promise<Actor> {
  const serial = ++people;
  const email = `${role}${serial}@example.test`;
  const name = `${role} ${serial}`;
  const userId = await ctx.accounts.create({ email, name, role, password: "not used here" });
  let raterId: string | null = null;
  if (role === "rater") {
    raterId = ctx.newId("rtr");
    const row = { id: raterId, userId, createdAtMs: ctx.now() };
    await ctx.store.tx((tx) => tx.insert(ctx.store.t.raters).values(row));
  }
  return { userId, email, name, role, raterId };
}
