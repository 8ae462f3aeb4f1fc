import { execFile } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import Database from "better-sqlite3";
import { describe, expect, inject, test } from "vitest";
import { StartupError } from "../../../db/errors.ts";
import { PLACE_TRIGGERS } from "../../../db/place-counter.ts";
import { openStore, projectRoot } from "../../../db/store.ts";
import { createDatabase } from "../../support/postgres.ts";
import { makeTempDir } from "../../support/temp.ts";

const run = promisify(execFile);
const root = projectRoot();

const refusal = async (url: string) => {
  const outcome = await openStore(url).then(
    async (store) => {
      await store.close();
      return "opened";
    },
    (error: unknown) => error,
  );
  if (!(outcome instanceof StartupError)) throw new Error(`expected a StartupError, got ${outcome}`);
  return outcome.userMessage;
};

describe("migrations", () => {
  test.each(["sqlite", "postgres"])("the committed %s migrations equal the schema", async (dialect) => {
    const out = makeTempDir("kit");
    cpSync(join(root, "migrations", dialect), join(out, dialect), { recursive: true });
    const before = readdirSync(join(out, dialect));
    const kitDialect = dialect === "postgres" ? "postgresql" : "sqlite";
    // drizzle-kit takes `out` relative to the project only.
    const relative = join("..", "..", "..", "..", "..", "..", "..", out, dialect);
    await run(
      process.execPath,
      [
        join(root, "node_modules/drizzle-kit/bin.cjs"),
        "generate",
        `--dialect=${kitDialect}`,
        `--schema=./db/schema.${dialect}.ts`,
        `--out=${relative}`,
        "--casing=snake_case",
      ],
      { cwd: root },
    );
    expect(readdirSync(join(out, dialect)), "run `npm run db:generate` and commit the result").toEqual(
      before,
    );
  });

  test("eight openers of one empty SQLite file migrate it once", async () => {
    const url = `file:${join(makeTempDir("many"), "a.db")}`;
    const stores = await Promise.all(Array.from({ length: 8 }, () => openStore(url)));
    await Promise.all(stores.map((s) => s.close()));
  });

  test.skipIf(inject("postgresUrl") === null)(
    "eight openers of one empty PostgreSQL migrate it once",
    async () => {
      const url = await createDatabase(inject("postgresUrl") as string);
      const stores = await Promise.all(Array.from({ length: 8 }, () => openStore(url)));
      await Promise.all(stores.map((s) => s.close()));
    },
  );
});

describe("a database that cannot be used is explained in one line", () => {
  test("another kind of address", async () => {
    expect(await refusal("mysql://x/y")).toMatch(/must be "file:…" or "postgres:\/\/…"/);
  });

  test("a newer database", async () => {
    const file = join(makeTempDir("newer"), "a.db");
    await (await openStore(file)).close();
    const db = new Database(file);
    db.prepare("insert into __drizzle_migrations (hash, created_at) values ('future', 9999999999999)").run();
    db.close();
    expect(await refusal(file)).toMatch(/newer version of Turnwise/);
  });

  test("a file that is no database", async () => {
    const file = join(makeTempDir("junk"), "a.db");
    writeFileSync(file, "this is a letter to my aunt, not a database".repeat(100));
    expect(await refusal(file)).toMatch(/is not a SQLite database/);
  });

  test("a path through a file", async () => {
    const dir = makeTempDir("path");
    writeFileSync(join(dir, "file"), "");
    expect(await refusal(join(dir, "file", "a.db"))).toMatch(/not a folder/);
  });

  test.skipIf(process.getuid?.() === 0)("a folder that is read-only", async () => {
    const dir = join(makeTempDir("ro"), "d");
    mkdirSync(dir);
    chmodSync(dir, 0o500);
    expect(await refusal(join(dir, "a.db"))).toMatch(/Cannot write to/);
    chmodSync(dir, 0o700);
  });

  test("no PostgreSQL there, without repeating the password", async () => {
    const message = await refusal("postgres://me:hunter2@127.0.0.1:1/x");
    expect(message).toMatch(/No PostgreSQL answers/);
    expect(message).not.toContain("hunter2");
  });

  test.skipIf(inject("postgresUrl") === null)("a PostgreSQL database that does not exist", async () => {
    const url = await createDatabase(inject("postgresUrl") as string);
    const missing = url.replace(/\/([^/?]+)(\?|$)/, "/no_such_database$2");
    expect(missing).not.toBe(url);
    expect(await refusal(missing)).toMatch(/does not exist/);
  });

  test("places are counted anew where a rebuilt table has lost its triggers", async () => {
    const file = join(makeTempDir("places"), "a.db");
    await (await openStore(file)).close();
    const db = new Database(file);
    for (const name of PLACE_TRIGGERS) db.exec(`drop trigger ${name}`);
    db.exec(`
      insert into studies (id, name, draft_settings, created_at_ms, updated_at_ms) values ('std_1', 'A', '{}', 1, 1);
      insert into raters (id, created_at_ms) values ('rtr_1', 1), ('rtr_2', 1);
      insert into assignments
        (id, study_id, study_version, rater_id, status, lease_expires_at_ms, completion_code, started_at_ms, updated_at_ms)
      values ('asg_1', 'std_1', 1, 'rtr_1', 'active', 1, 'x', 1, 1), ('asg_2', 'std_1', 1, 'rtr_2', 'expired', 1, 'x', 1, 1);
    `);
    const held = () => (db.prepare("select places_held as n from studies").get() as { n: number }).n;
    expect(held()).toBe(0);
    await (await openStore(file)).close();
    expect(held()).toBe(1);
    db.exec("update assignments set status = 'submitted' where id = 'asg_1'");
    db.exec("update assignments set status = 'rejected', keeps_place = 1 where id = 'asg_1'");
    expect(held()).toBe(1);
    db.exec("update assignments set keeps_place = 0 where id = 'asg_1'");
    expect(held()).toBe(0);
    db.close();
  });

  test("the journals of both dialects list the same migrations", () => {
    const tags = ["sqlite", "postgres"].map((dialect) => {
      const journal = readFileSync(join(root, "migrations", dialect, "meta/_journal.json"), "utf8");
      return (JSON.parse(journal) as { entries: { tag: string }[] }).entries.map((e) => e.tag);
    });
    expect(tags[0]).toEqual(tags[1]);
  });
});
