import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type Auth, createAccounts, createAuth } from "../../../app/server/auth.server.ts";
import type { Accounts } from "../../../app/services/context.ts";
import { openStore, type Store } from "../../../db/store.ts";
import { createDatabase } from "../../support/postgres.ts";
import { makeTempDir } from "../../support/temp.ts";

const baseUrl = "http://127.0.0.1:3999";
const PASSWORD = "correct horse battery";

describe.each(["sqlite", "postgres"] as const)("sign-in (%s)", (dialect) => {
  const server = inject("postgresUrl");
  const runs = dialect === "sqlite" || server !== null;
  let store: Store;
  let auth: Auth;
  let accounts: Accounts;

  beforeAll(async () => {
    if (!runs) return;
    store = await openStore(
      dialect === "sqlite" ? join(makeTempDir("auth"), "a.db") : await createDatabase(server as string),
    );
    auth = createAuth(store, { baseUrl, secret: "s".repeat(48), rateLimit: true });
    accounts = createAccounts(auth, store);
    await accounts.create({
      email: "Ada@Example.test",
      password: PASSWORD,
      name: "Ada",
      role: "coordinator",
    });
  });
  afterAll(() => store?.close());

  let client = 0;
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    auth.handler(
      new Request(`${baseUrl}/api/auth${path}`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          origin: baseUrl,
          "x-turnwise-client": `10.0.0.${++client}`,
          ...headers,
        },
        body: JSON.stringify(body),
      }),
    );
  const cookieOf = (response: Response) =>
    response.headers
      .getSetCookie()
      .map((c) => c.split(";")[0])
      .join("; ");

  test.skipIf(!runs)("the right password opens a session that carries the role", async () => {
    const response = await post("/sign-in/email", { email: "ada@example.test", password: PASSWORD });
    expect(response.status).toBe(200);
    expect(response.headers.getSetCookie().join()).toMatch(/HttpOnly.*SameSite=Lax/i);
    const session = await auth.api.getSession({ headers: new Headers({ cookie: cookieOf(response) }) });
    expect(session?.user).toMatchObject({ email: "ada@example.test", role: "coordinator" });
    await post("/sign-out", {}, { cookie: cookieOf(response) });
    expect(await auth.api.getSession({ headers: new Headers({ cookie: cookieOf(response) }) })).toBeNull();
  });

  test.skipIf(!runs)(
    "a session without a password is for raters alone, and no request can ask for one",
    async () => {
      const rater = await accounts.create({
        email: "rob@example.test",
        password: PASSWORD,
        name: "Rob",
        role: "rater",
      });
      const opened = await auth.api.openSession({ body: { userId: rater }, asResponse: true });
      const session = await auth.api.getSession({ headers: new Headers({ cookie: cookieOf(opened) }) });
      expect(session?.user).toMatchObject({ id: rater, role: "rater" });
      const { userId: staff } = (await accounts.findByEmail("ada@example.test")) ?? { userId: "" };
      for (const userId of [staff, "usr_nobody"]) {
        await expect(auth.api.openSession({ body: { userId } })).rejects.toMatchObject({
          status: "FORBIDDEN",
        });
      }
      await store.tx((tx) => tx.update(store.t.user).set({ banned: true }).where(eq(store.t.user.id, rater)));
      await expect(auth.api.openSession({ body: { userId: rater } })).rejects.toMatchObject({
        status: "FORBIDDEN",
      });
      for (const path of ["/open-session", "/openSession", "/passwordless", "/undefined", "/virtual:", ""]) {
        const reply = await post(path, { userId: rater });
        expect([path, reply.status, reply.headers.getSetCookie()]).toEqual([path, 404, []]);
      }
    },
  );

  test.skipIf(!runs)("a wrong password, an unknown address and self sign-up are refused", async () => {
    expect((await post("/sign-in/email", { email: "ada@example.test", password: "wrong" })).status).toBe(401);
    expect((await post("/sign-in/email", { email: "nobody@example.test", password: PASSWORD })).status).toBe(
      401,
    );
    const signUp = await post("/sign-up/email", {
      email: "eve@example.test",
      password: PASSWORD,
      name: "Eve",
    });
    expect(signUp.status).toBeGreaterThanOrEqual(400);
    expect(await accounts.findByEmail("eve@example.test")).toBeNull();
  });

  test.skipIf(!runs)("another site cannot sign a visitor in", async () => {
    const body = { email: "ada@example.test", password: PASSWORD };
    const response = await post("/sign-in/email", body, { origin: "https://evil.test", cookie: "x=y" });
    expect(response.status).toBe(403);
  });

  test.skipIf(!runs)("guessing is slowed down per address, and others are not affected", async () => {
    const guess = (address: string) =>
      post(
        "/sign-in/email",
        { email: "ada@example.test", password: "guess" },
        { "x-turnwise-client": address },
      );
    const statuses: number[] = [];
    for (let i = 0; i < 34; i++) statuses.push((await guess("10.9.9.9")).status);
    expect(statuses.slice(0, 30)).not.toContain(429);
    expect(statuses.slice(30)).toContain(429);
    expect((await guess("10.8.8.8")).status).toBe(401);
  });

  test.skipIf(!runs)("an address has one account", async () => {
    const again = accounts.create({
      email: "ada@example.test",
      password: PASSWORD,
      name: "Ada",
      role: "rater",
    });
    await expect(again).rejects.toMatchObject({ code: "EMAIL_TAKEN" });
  });

  test.skipIf(!runs)(
    "a new password replaces the old one, ends sessions, and completes an account without any",
    async () => {
      const userId = await accounts.create({
        email: "grace@example.test",
        password: PASSWORD,
        name: "Grace",
        role: "rater",
      });
      const old = await post("/sign-in/email", { email: "grace@example.test", password: PASSWORD });
      await accounts.setPassword(userId, "a newer password");
      expect(await auth.api.getSession({ headers: new Headers({ cookie: cookieOf(old) }) })).toBeNull();
      expect((await post("/sign-in/email", { email: "grace@example.test", password: PASSWORD })).status).toBe(
        401,
      );
      const signIn = () =>
        post("/sign-in/email", { email: "grace@example.test", password: "a newer password" });
      expect((await signIn()).status).toBe(200);
      // A crash between the account and its password leaves this behind.
      await store.tx((tx) => tx.delete(store.t.account).where(eq(store.t.account.userId, userId)));
      expect((await signIn()).status).toBe(401);
      await accounts.setPassword(userId, "a newer password");
      expect((await signIn()).status).toBe(200);
    },
  );

  test.skipIf(!runs)("passwords are stored hashed only", async () => {
    const { account, user } = store.t;
    const [row] = await store.read
      .select({ password: account.password })
      .from(account)
      .innerJoin(user, eq(user.id, account.userId))
      .where(eq(user.email, "ada@example.test"));
    expect(row?.password).toBeTruthy();
    expect(row?.password).not.toContain(PASSWORD);
  });

  test.skipIf(!runs)("a sign-in that arrives during our own failing transaction survives it", async () => {
    let signIn: Promise<Response> | undefined;
    const failing = store.tx(async () => {
      signIn = post("/sign-in/email", { email: "ada@example.test", password: PASSWORD });
      await new Promise((resolve) => setTimeout(resolve, 100));
      throw new Error("rolled back");
    });
    await expect(failing).rejects.toThrow("rolled back");
    const response = (await signIn) as Response;
    expect(response.status).toBe(200);
    expect(
      await auth.api.getSession({ headers: new Headers({ cookie: cookieOf(response) }) }),
    ).not.toBeNull();
  });
});
