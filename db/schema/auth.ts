import { ROLES } from "../../app/domain/roles.ts";
import { type Kit, oneOf } from "../kit.ts";

/** The tables of better-auth; names and columns are its own. */
export function authTables(k: Kit) {
  const user = k.table(
    "user",
    {
      id: k.text().primaryKey(),
      name: k.text().notNull(),
      email: k.text().notNull(),
      emailVerified: k.bool().notNull().default(false),
      image: k.text(),
      createdAt: k.date().notNull(),
      updatedAt: k.date().notNull(),
      role: k.enumText(ROLES).notNull().default("rater"),
      banned: k.bool().default(false),
      banReason: k.text(),
      banExpires: k.date(),
    },
    (t) => [k.uniqueIndex("user_email_uq").on(t.email), k.check("user_role_ck", oneOf(t.role, ROLES))],
  );

  const session = k.table(
    "session",
    {
      id: k.text().primaryKey(),
      expiresAt: k.date().notNull(),
      token: k.text().notNull(),
      createdAt: k.date().notNull(),
      updatedAt: k.date().notNull(),
      ipAddress: k.text(),
      userAgent: k.text(),
      userId: k
        .text()
        .notNull()
        .references(() => user.id, { onDelete: "cascade" }),
      impersonatedBy: k.text(),
    },
    (t) => [k.uniqueIndex("session_token_uq").on(t.token), k.index("session_user_ix").on(t.userId)],
  );

  const account = k.table(
    "account",
    {
      id: k.text().primaryKey(),
      accountId: k.text().notNull(),
      providerId: k.text().notNull(),
      userId: k
        .text()
        .notNull()
        .references(() => user.id, { onDelete: "cascade" }),
      accessToken: k.text(),
      refreshToken: k.text(),
      idToken: k.text(),
      accessTokenExpiresAt: k.date(),
      refreshTokenExpiresAt: k.date(),
      scope: k.text(),
      password: k.text(),
      createdAt: k.date().notNull(),
      updatedAt: k.date().notNull(),
    },
    (t) => [k.index("account_user_ix").on(t.userId)],
  );

  const verification = k.table(
    "verification",
    {
      id: k.text().primaryKey(),
      identifier: k.text().notNull(),
      value: k.text().notNull(),
      expiresAt: k.date().notNull(),
      createdAt: k.date().notNull(),
      updatedAt: k.date().notNull(),
    },
    (t) => [k.index("verification_identifier_ix").on(t.identifier)],
  );

  const rateLimit = k.table(
    "rate_limit",
    {
      id: k.text().primaryKey(),
      key: k.text().notNull(),
      count: k.int().notNull(),
      lastRequest: k.ms().notNull(),
    },
    (t) => [k.uniqueIndex("rate_limit_key_uq").on(t.key)],
  );

  return { user, session, account, verification, rateLimit };
}
export type AuthTables = ReturnType<typeof authTables>;
