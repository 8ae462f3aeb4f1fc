import { setTimeout as sleep } from "node:timers/promises";
import { asc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { defaultStudySettings } from "../../../app/domain/study-settings.ts";
import { databaseErrorCode, isUniqueViolation } from "../../../db/errors.ts";
import { chunk } from "../../../db/store.ts";
import { describeBothDatabases } from "../../support/context.ts";

describeBothDatabases("store", (open, dialect) => {
  const study = (id: string) => ({
    id,
    name: id,
    draftSettings: defaultStudySettings(),
    createdAtMs: 1,
    updatedAtMs: 1,
  });
  const names = async () => {
    const { store } = open().ctx;
    return (await store.read.select().from(store.t.studies).orderBy(asc(store.t.studies.id))).map(
      (s) => s.id,
    );
  };

  test("a transaction that throws leaves nothing behind, even after awaiting", async () => {
    const { store } = open().ctx;
    const failed = store.tx(async (tx) => {
      await tx.insert(store.t.studies).values(study("lost"));
      await sleep(5);
      throw new Error("no");
    });
    await expect(failed).rejects.toThrow("no");
    expect(await names()).not.toContain("lost");
  });

  test("readers are neither blocked by nor see an open transaction", async () => {
    const { store } = open().ctx;
    let seen: string[] = [];
    await store.tx(async (tx) => {
      await tx.insert(store.t.studies).values(study("open"));
      seen = await names();
    });
    expect(seen).not.toContain("open");
    expect(await names()).toContain("open");
  });

  test("json, booleans, big instants and nulls come back as they went in", async () => {
    const { store, newId } = open().ctx;
    const { studies, user } = store.t;
    const at = Date.UTC(2199, 11, 31);
    await store.tx((tx) => tx.insert(studies).values({ ...study("json"), updatedAtMs: at }));
    const [row] = await store.read.select().from(studies).where(eq(studies.id, "json"));
    expect(row).toMatchObject({ draftSettings: defaultStudySettings(), updatedAtMs: at, createdBy: null });
    const date = new Date(Date.UTC(2026, 1, 3, 4, 5, 6, 789));
    const id = newId("usr");
    await store.tx((tx) =>
      tx.insert(user).values({ id, name: "n", email: `${id}@x.test`, createdAt: date, updatedAt: date }),
    );
    const [person] = await store.read.select().from(user).where(eq(user.id, id));
    expect(person).toMatchObject({ createdAt: date, emailVerified: false, banned: false, role: "rater" });
  });

  test("a unique violation is recognised whatever the database", async () => {
    const { store } = open().ctx;
    const twice = store.tx(async (tx) => {
      await tx.insert(store.t.studies).values(study("one"));
      await tx.insert(store.t.studies).values(study("one"));
    });
    const error = await twice.catch((e: unknown) => e);
    expect(isUniqueViolation(error)).toBe(true);
    expect(await names()).not.toContain("one");
  });

  test("CHECKs and foreign keys are in force", async () => {
    const { store } = open().ctx;
    const bad = (values: object) =>
      store
        .tx((tx) => tx.insert(store.t.studies).values({ ...study("bad"), ...values } as never))
        .then(
          () => "accepted",
          (e: unknown) => databaseErrorCode(e),
        );
    expect(await bad({ status: "on fire" })).toMatch(/23514|SQLITE_CONSTRAINT_CHECK/);
    expect(await bad({ createdBy: "nobody" })).toMatch(/23503|SQLITE_CONSTRAINT_FOREIGNKEY/);
    expect(await bad({ name: null })).toMatch(/23502|SQLITE_CONSTRAINT_NOTNULL/);
  });

  test("a handle kept past its transaction does not write", async () => {
    const { store } = open().ctx;
    let kept: unknown;
    await store.tx(async (tx) => {
      kept = tx;
    });
    const leaked = kept as { insert(t: unknown): { values(v: unknown): Promise<unknown> } };
    if (dialect === "sqlite") {
      expect(() => leaked.insert(store.t.studies)).toThrow(/after its transaction ended/);
    }
  });

  test("12,000 rows go in by chunks", async () => {
    const { store } = open().ctx;
    const rows = Array.from({ length: 12_000 }, (_, i) => ({
      actorId: "bulk",
      submissionId: `s${i}`,
      useCase: "test",
      bodySha256: "0",
      result: {},
      createdAtMs: i,
    }));
    await store.tx(async (tx) => {
      for (const part of chunk(rows)) await tx.insert(store.t.submissions).values(part);
    });
    expect(
      Number(await store.read.$count(store.t.submissions, eq(store.t.submissions.actorId, "bulk"))),
    ).toBe(12_000);
  });

  test("writers from many callers all get through, one effect each", async () => {
    const { store } = open().ctx;
    const { rateLimit } = store.t;
    await store.tx((tx) => tx.insert(rateLimit).values({ id: "c", key: "c", count: 0, lastRequest: 0 }));
    await Promise.all(
      Array.from({ length: 60 }, () =>
        store.tx(async (tx) => {
          const [row] = await tx.forUpdate(tx.select().from(rateLimit).where(eq(rateLimit.id, "c")));
          await tx
            .update(rateLimit)
            .set({ count: (row?.count ?? 0) + 1 })
            .where(eq(rateLimit.id, "c"));
        }),
      ),
    );
    const [row] = await store.read.select().from(rateLimit).where(eq(rateLimit.id, "c"));
    expect(row?.count).toBe(60);
  });
});
