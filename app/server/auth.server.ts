import { APIError, type BetterAuthPlugin, betterAuth, type User } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { admin } from "better-auth/plugins";
import { createAccessControl } from "better-auth/plugins/access";
import { adminAc, defaultStatements } from "better-auth/plugins/admin/access";
import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Store } from "../../db/store.ts";
import { RequestError } from "../domain/errors.ts";
import { PASSWORD_MIN_CHARACTERS } from "../domain/passwords.ts";
import type { Role } from "../domain/roles.ts";
import type { Accounts } from "../services/context.ts";

const access = createAccessControl(defaultStatements);
// better-auth knows the role names; what a role may do is decided in app/domain/roles.ts alone.
const none = access.newRole({});

/** Sign-in and sessions. The origin of requests is checked by better-auth as well as by our own guard. */
export function createAuth(store: Store, options: { baseUrl: string; secret: string; rateLimit: boolean }) {
  const { user, session, account, verification, rateLimit } = store.t;
  return betterAuth({
    appName: "Turnwise",
    baseURL: options.baseUrl,
    secret: options.secret,
    telemetry: { enabled: false },
    logger: { disabled: true },
    database: drizzleAdapter(store.authDb as Parameters<typeof drizzleAdapter>[0], {
      provider: store.dialect === "sqlite" ? "sqlite" : "pg",
      schema: { user, session, account, verification, rateLimit },
      transaction: false,
    }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: PASSWORD_MIN_CHARACTERS },
    session: { expiresIn: 60 * 60 * 24 * 14, updateAge: 60 * 60 * 24 },
    rateLimit: {
      enabled: options.rateLimit,
      storage: "database",
      window: 60,
      max: 300,
      customRules: { "/sign-in/email": { window: 60, max: 30 } },
    },
    advanced: {
      cookiePrefix: "turnwise",
      disableOriginCheck: false,
      disableCSRFCheck: false,
      // Set by our own server from the connection; what a client sends is overwritten.
      ipAddress: { ipAddressHeaders: ["x-turnwise-client"] },
    },
    plugins: [
      passwordless(),
      admin({
        ac: access,
        roles: {
          rater: none,
          coordinator: none,
          researcher: none,
          admin: access.newRole(adminAc.statements),
        },
        defaultRole: "rater",
        adminRoles: ["admin"],
      }),
    ],
  });
}
/**
 * A session for an account without a password, for code that has proved who asks. The endpoint has no path: no request
 * reaches it, only `auth.api`.
 */
function passwordless() {
  return {
    id: "passwordless",
    endpoints: {
      openSession: createAuthEndpoint.serverOnly(
        { method: "POST", body: z.object({ userId: z.string() }) },
        async (ctx) => {
          const { internalAdapter } = ctx.context;
          const user: (User & { role?: string; banned?: boolean | null }) | null =
            await internalAdapter.findUserById(ctx.body.userId);
          // Staff sign in with what they know; a link never makes them.
          if (user?.role !== "rater" || user.banned) throw new APIError("FORBIDDEN");
          const session = await internalAdapter.createSession(user.id);
          await setSessionCookie(ctx, { session, user });
          return ctx.json({ userId: user.id });
        },
      ),
    },
  } satisfies BetterAuthPlugin;
}

export type Auth = ReturnType<typeof createAuth>;

/** The accounts port on better-auth. */
export function createAccounts(auth: Auth, store: Store): Accounts {
  return {
    async create({ email, password, name, role }) {
      try {
        const made = await auth.api.createUser({
          body: { email: email.toLowerCase(), password, name, role },
        });
        return made.user.id;
      } catch (error) {
        if (error instanceof APIError && /exist/i.test(error.message)) {
          throw new RequestError("EMAIL_TAKEN", "There is already an account with this e-mail address.", {
            email: "There is already an account with this e-mail address.",
          });
        }
        throw error;
      }
    },
    async setPassword(userId, password) {
      const { internalAdapter, password: hasher } = await auth.$context;
      const hash = await hasher.hash(password);
      const existing = await internalAdapter.findAccounts(userId);
      if (existing.some((account) => account.providerId === "credential")) {
        await internalAdapter.updatePassword(userId, hash);
      } else {
        await internalAdapter.linkAccount({
          userId,
          providerId: "credential",
          accountId: userId,
          password: hash,
        });
      }
      await store.tx((tx) => tx.delete(store.t.session).where(eq(store.t.session.userId, userId)));
    },
    async findByEmail(email) {
      const { user } = store.t;
      const [row] = await store.read
        .select({ userId: user.id, name: user.name, role: user.role })
        .from(user)
        .where(eq(user.email, email.toLowerCase()));
      return row ? { ...row, role: row.role as Role } : null;
    },
  };
}
