import { sql } from "drizzle-orm";
import { LINK_KINDS, LINK_STATUSES } from "../../app/domain/recruitment.ts";
import { type Kit, oneOf } from "../kit.ts";
import type { AuthTables } from "./auth.ts";
import type { StudyTables } from "./study.ts";

/** Recruitment links, and who came by them. External ids are identities: like `user`, they leave in no export. */
export function recruitmentTables(k: Kit, { user, studies }: AuthTables & StudyTables) {
  const recruitmentLinks = k.table(
    "recruitment_links",
    {
      id: k.text().primaryKey(),
      /** What the address holds; unguessable, and public all the same. */
      slug: k.text().notNull(),
      studyId: k
        .text()
        .notNull()
        .references(() => studies.id, { onDelete: "cascade" }),
      kind: k.enumText(LINK_KINDS).notNull(),
      status: k.enumText(LINK_STATUSES).notNull().default("open"),
      /** Group that raters who come by this link belong to; "" = none. */
      pool: k.text().notNull().default(""),
      /** Most people who get in by this link; null = no limit. */
      maxRaters: k.int(),
      /** A known id is let in again without its earlier session: only for ids that nobody can guess. */
      trustsIds: k.bool().notNull().default(false),
      createdBy: k.text().references(() => user.id, { onDelete: "set null" }),
      createdAtMs: k.ms().notNull(),
    },
    (t) => [
      k.uniqueIndex("recruitment_links_slug_uq").on(t.slug),
      k.index("recruitment_links_study_ix").on(t.studyId, t.createdAtMs),
      k.check("recruitment_links_kind_ck", oneOf(t.kind, LINK_KINDS)),
      k.check("recruitment_links_status_ck", oneOf(t.status, LINK_STATUSES)),
      k.check("recruitment_links_max_ck", sql`${t.maxRaters} is null or ${t.maxRaters} >= 1`),
    ],
  );

  /** A person's id at a panel: one account per id and study. */
  const externalIds = k.table(
    "external_ids",
    {
      id: k.text().primaryKey(),
      userId: k
        .text()
        .notNull()
        .references(() => user.id, { onDelete: "cascade" }),
      studyId: k
        .text()
        .notNull()
        .references(() => studies.id, { onDelete: "cascade" }),
      linkId: k
        .text()
        .notNull()
        .references(() => recruitmentLinks.id, { onDelete: "cascade" }),
      kind: k.enumText(LINK_KINDS).notNull(),
      externalId: k.text().notNull(),
      createdAtMs: k.ms().notNull(),
    },
    (t) => [
      k.uniqueIndex("external_ids_study_id_uq").on(t.studyId, t.kind, t.externalId),
      k.index("external_ids_user_ix").on(t.userId),
      k.index("external_ids_link_ix").on(t.linkId),
      k.check("external_ids_kind_ck", oneOf(t.kind, LINK_KINDS)),
    ],
  );

  /** The sessions under which a panel sent a person; whoever shows id and session together is that person. */
  const externalSessions = k.table(
    "external_sessions",
    {
      externalIdId: k
        .text()
        .notNull()
        .references(() => externalIds.id, { onDelete: "cascade" }),
      session: k.text().notNull(),
      /** The panel's own id of its study. */
      externalStudy: k.text().notNull(),
      arrivedAtMs: k.ms().notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.externalIdId, t.session] })],
  );

  /** Single-use links with which a rater without a password goes on in another browser; only hashes are kept. */
  const personalLinks = k.table(
    "personal_links",
    {
      tokenSha256: k.text().primaryKey(),
      userId: k
        .text()
        .notNull()
        .references(() => user.id, { onDelete: "cascade" }),
      createdAtMs: k.ms().notNull(),
      expiresAtMs: k.ms().notNull(),
      usedAtMs: k.ms(),
    },
    (t) => [k.index("personal_links_user_ix").on(t.userId)],
  );

  return { recruitmentLinks, externalIds, externalSessions, personalLinks };
}
