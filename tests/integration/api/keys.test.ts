import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "../../../app/domain/actor.ts";
import { API_SCOPES, scopesOf } from "../../../app/domain/api-scopes.ts";
import { ROLES, type Role } from "../../../app/domain/roles.ts";
import { endpoints } from "../../../app/routes/api/v1/endpoints/index.server.ts";
import { createApiKey } from "../../../app/services/api-key/create-api-key.server.ts";
import { listApiKeys } from "../../../app/services/api-key/list-api-keys.server.ts";
import { revokeApiKey } from "../../../app/services/api-key/revoke-api-key.server.ts";
import { apiClient, makeKey } from "../../support/api.ts";
import { createPerson, describeBothDatabases } from "../../support/context.ts";
import { newSubmission } from "../../support/session.ts";
import { refusal } from "../console/helpers.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

describeBothDatabases("API keys", (open) => {
  let coordinator: Actor;
  let researcher: Actor;
  let admin: Actor;
  beforeAll(async () => {
    const { ctx } = open();
    [coordinator, researcher, admin] = await Promise.all([
      createPerson(ctx, "coordinator"),
      createPerson(ctx, "researcher"),
      createPerson(ctx, "admin"),
    ]);
  });
  const newKey = (actor: Actor, scopes: string[], days: number | null = 30, name = "Sync") =>
    createApiKey(open().ctx, actor, { name, scopes, days, submissionId: newSubmission() });
  const keyStatus = async (key: string) => (await apiClient(open().ctx, key)("GET", "/key")).status;
  const setUser = (userId: string, values: object) => {
    const { ctx } = open();
    const { user } = ctx.store.t;
    return ctx.store.tx((tx) => tx.update(user).set(values).where(eq(user.id, userId)));
  };
  const auditOf = async (keyId: string) => {
    const { ctx } = open();
    const { auditLog } = ctx.store.t;
    return ctx.store.read.select().from(auditLog).where(eq(auditLog.subjectId, keyId));
  };

  it("shows a key once and stores only its hash", async () => {
    const { ctx } = open();
    const { key, keyId } = await newKey(coordinator, ["studies:read"]);
    expect(key).toMatch(/^twk_[A-Za-z0-9_-]{43}$/);
    const { apiKeys, submissions, auditLog } = ctx.store.t;
    const [row] = await ctx.store.read.select().from(apiKeys).where(eq(apiKeys.id, keyId));
    expect(row?.keySha256).toBe(
      createHash("sha256")
        .update(key ?? "")
        .digest("hex"),
    );
    for (const rows of [
      await ctx.store.read.select().from(apiKeys),
      await ctx.store.read.select().from(submissions),
      await ctx.store.read.select().from(auditLog),
    ]) {
      expect(JSON.stringify(rows)).not.toContain(key);
    }
    expect((await auditOf(keyId)).map((a) => a.action)).toEqual(["api_key.created"]);
  });

  it("gives the same key to a form sent twice, for a while, and never a second one", async () => {
    const { ctx, advance } = open();
    const args = { name: "Twice", scopes: ["studies:read"], days: null, submissionId: newSubmission() };
    const first = await createApiKey(ctx, coordinator, args);
    expect(await createApiKey(ctx, coordinator, args)).toEqual(first);
    advance(11 * 60_000);
    expect(await createApiKey(ctx, coordinator, args)).toEqual({ ...first, key: null });
  });

  it.each(ROLES)("lets a key of the role %s have exactly the scopes of that role", async (role: Role) => {
    const person = await createPerson(open().ctx, role);
    for (const scope of API_SCOPES) {
      const outcome = await newKey(person, [scope]).then(
        (made) => made.scopes,
        (error) => error.code,
      );
      const expected =
        role === "rater" ? "FORBIDDEN" : scopesOf(role).includes(scope) ? [scope] : "INVALID_INPUT";
      expect(outcome, scope).toEqual(expected);
    }
  });

  it("gives raters no key, and no scope to have one for", async () => {
    const rater = await createPerson(open().ctx, "rater");
    expect(scopesOf("rater")).toEqual([]);
    expect((await refusal(newKey(rater, ["studies:read"]))).code).toBe("FORBIDDEN");
    expect((await refusal(listApiKeys(open().ctx, rater))).code).toBe("FORBIDDEN");
  });

  it("names every field that is wrong", async () => {
    const error = await refusal(newKey(researcher, ["studies:write", "root"], 0, " "));
    expect(error).toMatchObject({ code: "INVALID_INPUT" });
    expect(Object.keys(error.fields).sort()).toEqual(["days", "name", "scopes"]);
    expect(error.fields.scopes).toContain("studies:write");
  });

  it("stops at its expiry, to the millisecond", async () => {
    const { advance } = open();
    const { key } = await newKey(coordinator, ["studies:read"], 7);
    advance(7 * DAY_MS - 1);
    expect(await keyStatus(key ?? "")).toBe(200);
    advance(1);
    expect(await keyStatus(key ?? "")).toBe(401);
  });

  it("stops at once when it is revoked; revoking again is fine", async () => {
    const { ctx } = open();
    const { key, keyId } = await makeKey(ctx, coordinator);
    expect(await keyStatus(key)).toBe(200);
    for (let i = 0; i < 2; i++) {
      await revokeApiKey(ctx, coordinator, { keyId, submissionId: newSubmission() });
      expect(await keyStatus(key)).toBe(401);
    }
    const revocations = (await auditOf(keyId)).filter((a) => a.action === "api_key.revoked");
    expect(revocations).toHaveLength(1);
  });

  it("can be revoked by its owner and by an admin, and by nobody else", async () => {
    const { ctx } = open();
    const { keyId } = await makeKey(ctx, researcher);
    const submissionId = newSubmission();
    const foreign = revokeApiKey(ctx, coordinator, { keyId, submissionId });
    expect((await refusal(foreign)).code).toBe("NOT_FOUND");
    expect(await revokeApiKey(ctx, admin, { keyId, submissionId })).toEqual({ name: "Test" });
  });

  it("loses scopes the moment its owner's role loses them, and gets them back with the role", async () => {
    const { ctx } = open();
    const owner = await createPerson(ctx, "coordinator");
    const { key } = await makeKey(ctx, owner);
    const call = apiClient(ctx, key);
    expect((await call("GET", "/key")).body.scopes).toEqual(scopesOf("coordinator"));
    await setUser(owner.userId, { role: "researcher" });
    expect((await call("GET", "/key")).body.scopes).toEqual(["studies:read", "progress:read"]);
    await setUser(owner.userId, { role: "rater" });
    expect((await call("GET", "/key")).status).toBe(401);
    await setUser(owner.userId, { role: "coordinator" });
    expect((await call("GET", "/key")).body.scopes).toEqual(scopesOf("coordinator"));
  });

  it("is refused while its owner is banned", async () => {
    const { ctx, advance } = open();
    const owner = await createPerson(ctx, "coordinator");
    const { key } = await makeKey(ctx, owner);
    await setUser(owner.userId, { banned: true, banExpires: new Date(ctx.now() + 1000) });
    expect(await keyStatus(key)).toBe(401);
    advance(1001);
    expect(await keyStatus(key)).toBe(200);
    await setUser(owner.userId, { banned: true, banExpires: null });
    expect(await keyStatus(key)).toBe(401);
  });

  it("notes its use at most once a minute", async () => {
    const { ctx, advance } = open();
    const { key, keyId } = await makeKey(ctx, coordinator);
    const lastUsed = async () =>
      (await listApiKeys(ctx, coordinator)).rows.find((row) => row.keyId === keyId)?.lastUsedAtMs;
    expect(await lastUsed()).toBeNull();
    await keyStatus(key);
    const first = await lastUsed();
    expect(first).toBe(ctx.now());
    advance(59_999);
    await keyStatus(key);
    expect(await lastUsed()).toBe(first);
    advance(1);
    await keyStatus(key);
    expect(await lastUsed()).toBe(ctx.now());
  });

  it("lists own keys, and everybody's to an admin who asks", async () => {
    const { ctx, advance } = open();
    advance(1);
    const { keyId } = await makeKey(ctx, researcher);
    const ids = async (actor: Actor, all: boolean) =>
      (await listApiKeys(ctx, actor, { all })).rows.map((row) => row.keyId);
    expect(await ids(researcher, true)).toContain(keyId);
    expect(await ids(coordinator, true)).not.toContain(keyId);
    expect(await ids(admin, false)).not.toContain(keyId);
    expect(await ids(admin, true)).toContain(keyId);
  });

  it("may be fifty at most; a revoked one makes room", async () => {
    const { ctx } = open();
    const owner = await createPerson(ctx, "researcher");
    const { keyId } = await makeKey(ctx, owner);
    for (let i = 1; i < 50; i++) await makeKey(ctx, owner);
    expect((await refusal(newKey(owner, ["studies:read"]))).fields.name).toContain("50");
    await revokeApiKey(ctx, owner, { keyId, submissionId: newSubmission() });
    expect((await newKey(owner, ["studies:read"])).key).not.toBeNull();
  });

  it("tells in the audit log who was refused, without letting anybody fill it", async () => {
    const { ctx, advance } = open();
    advance(10 * 60_000);
    const { auditLog } = ctx.store.t;
    const refusals = async () =>
      (await ctx.store.read.select().from(auditLog).where(eq(auditLog.action, "api.refused"))).length;
    const before = await refusals();
    const { key, keyId } = await makeKey(ctx, researcher, ["studies:read"]);
    const call = apiClient(ctx, key);
    for (let i = 0; i < 5; i++) {
      expect((await call("GET", "/studies/std_x/exports")).status).toBe(403);
    }
    const [entry] = await auditOf(keyId).then((rows) => rows.filter((row) => row.action === "api.refused"));
    expect(entry).toMatchObject({
      actorUserId: researcher.userId,
      data: {
        reason: "scope exports:read",
        address: "192.0.2.1",
        endpoint: "GET /studies/{studyId}/exports",
      },
    });
    expect(await refusals()).toBe(before + 1);
    for (let i = 0; i < 70; i++) {
      await apiClient(ctx, `twk_${"a".repeat(43)}`, { address: `192.0.2.${i}` })("GET", "/key");
    }
    expect(await refusals()).toBeLessThanOrEqual(before + 60);
  });

  it("lets one address fail sixty times a minute, then answers 429 without looking", async () => {
    const { ctx } = open();
    const call = apiClient(ctx, "twk_nonsense", { address: "198.51.100.7" });
    const statuses: number[] = [];
    for (let i = 0; i < 62; i++) statuses.push((await call("GET", "/key")).status);
    expect(new Set(statuses.slice(0, 60))).toEqual(new Set([401]));
    expect(statuses.slice(60)).toEqual([429, 429]);
  });
});

describeBothDatabases("who may do what through the API", (open) => {
  const keys = new Map<string, string>();
  beforeAll(async () => {
    const { ctx } = open();
    for (const role of ["coordinator", "researcher", "admin"] as const) {
      const person = await createPerson(ctx, role);
      for (const scope of scopesOf(role)) {
        keys.set(`${role} ${scope}`, (await makeKey(ctx, person, [scope])).key);
      }
    }
  });

  const cases = endpoints.map((one) => [`${one.method} ${one.path}`, one] as const);
  describe.each(cases)("%s", (_name, one) => {
    const path = one.path.replaceAll(/\{\w+\}/g, "none");

    it("answers nobody without a valid key", async () => {
      const { ctx } = open();
      for (const key of [null, "", "twk_short", `twk_${"x".repeat(43)}`]) {
        const reply = await apiClient(ctx, key, { address: `203.0.113.${endpoints.indexOf(one)}` })(
          one.method,
          path,
        );
        expect(reply.status).toBe(401);
        expect(reply.headers.get("www-authenticate")).toContain("Bearer");
        expect(reply.body.code).toMatch(/^API_KEY_(NEEDED|INVALID)$/);
      }
    });

    it("answers keys with its scope, and no others", async () => {
      const { ctx } = open();
      for (const [name, key] of keys) {
        const [, scope] = name.split(" ");
        // A body that is no JSON: whoever is let in is refused there, and nothing happens.
        const reply = await apiClient(ctx, key, { address: name })(
          one.method,
          path,
          one.body ? { raw: "?" } : {},
        );
        if (one.scope === null || one.scope === scope) {
          expect([200, 400, 404], `${name}: ${JSON.stringify(reply.body)}`).toContain(reply.status);
        } else {
          expect(reply, name).toMatchObject({ status: 403, body: { code: "SCOPE_MISSING" } });
        }
      }
    });
  });
});
