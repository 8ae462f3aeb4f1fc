import { PROBLEM_KINDS, PROBLEM_STATUSES } from "../../app/domain/vocabulary.ts";
import { type Kit, oneOf } from "../kit.ts";
import type { AuthTables } from "./auth.ts";
import type { SlateTables } from "./slate.ts";
import type { StudyTables } from "./study.ts";
import type { TrajectoryTables } from "./trajectory.ts";

/** Idempotency, events, drafts, problem reports, keys and the audit log. */
export function operationTables(
  k: Kit,
  {
    user,
    studies,
    raters,
    assignments,
    trajectories,
    turns,
    images,
  }: AuthTables & StudyTables & TrajectoryTables & SlateTables,
) {
  /** A client-made id with the hash of its body and the stored reply: the same id has one effect. */
  const submissions = k.table(
    "submissions",
    {
      actorId: k.text().notNull(),
      submissionId: k.text().notNull(),
      useCase: k.text().notNull(),
      bodySha256: k.text().notNull(),
      /** `value` holds the reply; JSON has no top-level null of its own in a column. */
      result: k.json<{ value?: unknown }>().notNull(),
      createdAtMs: k.ms().notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.actorId, t.submissionId] })],
  );

  const events = k.table(
    "events",
    {
      id: k.autoId(),
      atMs: k.ms().notNull(),
      type: k.text().notNull(),
      studyId: k.text().references(() => studies.id, { onDelete: "cascade" }),
      raterId: k.text().references(() => raters.id, { onDelete: "cascade" }),
      assignmentId: k.text().references(() => assignments.id, { onDelete: "cascade" }),
      trajectoryId: k.text().references(() => trajectories.id, { onDelete: "cascade" }),
      turnId: k.text().references(() => turns.id, { onDelete: "cascade" }),
      data: k.json<Record<string, unknown>>().notNull(),
    },
    (t) => [
      k.index("events_study_ix").on(t.studyId, t.id),
      k.index("events_trajectory_ix").on(t.trajectoryId, t.id),
      k.index("events_assignment_ix").on(t.assignmentId, t.id),
    ],
  );

  /** What a rater has typed but not submitted. */
  const drafts = k.table(
    "drafts",
    {
      assignmentId: k
        .text()
        .notNull()
        .references(() => assignments.id, { onDelete: "cascade" }),
      field: k.text().notNull(),
      value: k.text().notNull(),
      revision: k.int().notNull().default(1),
      updatedAtMs: k.ms().notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.assignmentId, t.field] })],
  );

  const problemReports = k.table(
    "problem_reports",
    {
      id: k.text().primaryKey(),
      studyId: k
        .text()
        .notNull()
        .references(() => studies.id, { onDelete: "cascade" }),
      raterId: k
        .text()
        .notNull()
        .references(() => raters.id, { onDelete: "cascade" }),
      assignmentId: k.text().references(() => assignments.id, { onDelete: "cascade" }),
      turnId: k.text().references(() => turns.id, { onDelete: "cascade" }),
      imageId: k.text().references(() => images.id, { onDelete: "cascade" }),
      kind: k.enumText(PROBLEM_KINDS).notNull(),
      text: k.text().notNull(),
      status: k.enumText(PROBLEM_STATUSES).notNull().default("open"),
      createdAtMs: k.ms().notNull(),
    },
    (t) => [
      k.index("problem_reports_study_ix").on(t.studyId, t.status, t.createdAtMs),
      k.index("problem_reports_rater_ix").on(t.raterId, t.createdAtMs),
      k.check("problem_reports_kind_ck", oneOf(t.kind, PROBLEM_KINDS)),
      k.check("problem_reports_status_ck", oneOf(t.status, PROBLEM_STATUSES)),
    ],
  );

  const problemMessages = k.table(
    "problem_messages",
    {
      id: k.text().primaryKey(),
      reportId: k
        .text()
        .notNull()
        .references(() => problemReports.id, { onDelete: "cascade" }),
      authorUserId: k.text().references(() => user.id, { onDelete: "set null" }),
      text: k.text().notNull(),
      createdAtMs: k.ms().notNull(),
    },
    (t) => [k.index("problem_messages_report_ix").on(t.reportId, t.createdAtMs)],
  );

  const apiKeys = k.table(
    "api_keys",
    {
      id: k.text().primaryKey(),
      name: k.text().notNull(),
      prefix: k.text().notNull(),
      keySha256: k.text().notNull(),
      scopes: k.json<string[]>().notNull(),
      ownerUserId: k
        .text()
        .notNull()
        .references(() => user.id, { onDelete: "cascade" }),
      createdAtMs: k.ms().notNull(),
      expiresAtMs: k.ms(),
      revokedAtMs: k.ms(),
      lastUsedAtMs: k.ms(),
    },
    (t) => [
      k.uniqueIndex("api_keys_hash_uq").on(t.keySha256),
      k.index("api_keys_owner_ix").on(t.ownerUserId),
    ],
  );

  /** Append-only. */
  const auditLog = k.table(
    "audit_log",
    {
      id: k.autoId(),
      atMs: k.ms().notNull(),
      actorUserId: k.text(),
      action: k.text().notNull(),
      subjectType: k.text().notNull(),
      subjectId: k.text().notNull(),
      data: k.json<Record<string, unknown>>().notNull(),
    },
    (t) => [
      k.index("audit_log_at_ix").on(t.atMs),
      k.index("audit_log_subject_ix").on(t.subjectType, t.subjectId),
    ],
  );

  return { submissions, events, drafts, problemReports, problemMessages, apiKeys, auditLog };
}
