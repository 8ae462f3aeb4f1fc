import { sql } from "drizzle-orm";
import { ASSIGNMENT_STATUSES, LIVE_STATUSES } from "../../app/domain/assignment.ts";
import { PHASES } from "../../app/domain/phase.ts";
import { TURN_FAILURES, TURN_STATUSES } from "../../app/domain/turn.ts";
import { SOURCES } from "../../app/domain/vocabulary.ts";
import { type Kit, oneOf } from "../kit.ts";
import type { AuthTables } from "./auth.ts";
import type { StudyTables } from "./study.ts";

/** Assignments, allocation and the trajectory up to its turns. */
export function trajectoryTables(k: Kit, { user, studies, raters, arms }: AuthTables & StudyTables) {
  const assignments = k.table(
    "assignments",
    {
      id: k.text().primaryKey(),
      studyId: k
        .text()
        .notNull()
        .references(() => studies.id, { onDelete: "cascade" }),
      studyVersion: k.int().notNull(),
      raterId: k
        .text()
        .notNull()
        .references(() => raters.id, { onDelete: "cascade" }),
      status: k.enumText(ASSIGNMENT_STATUSES).notNull(),
      leaseExpiresAtMs: k.ms().notNull(),
      /** Shown to the rater once everything is in. */
      completionCode: k.text().notNull(),
      startedAtMs: k.ms().notNull(),
      submittedAtMs: k.ms(),
      /** Who offered it, where a coordinator did. */
      offeredBy: k.text().references(() => user.id, { onDelete: "set null" }),
      /** When a reminder of the lease's end is due; null = none. */
      remindAtMs: k.ms(),
      /** When the rater was last reminded of the lease's end. */
      remindedAtMs: k.ms(),
      reviewedBy: k.text().references(() => user.id, { onDelete: "set null" }),
      reviewedAtMs: k.ms(),
      /** What the coordinator wrote to the rater: why it was rejected, or what to correct. */
      reviewNote: k.text().notNull().default(""),
      /** Rejected work that still holds its place, so that nobody else is asked for it. */
      keepsPlace: k.bool().notNull().default(false),
      /** Ids that the recruiting panel sent with the rater, e.g. its session; given back when the rater leaves. */
      externalSession: k.json<Record<string, string>>(),
      /** The tab that may write: the one that took the task over last. */
      writerId: k.text(),
      /** Fencing token: grows with each take-over. */
      writerToken: k.int().notNull().default(0),
      writerSeenAtMs: k.ms(),
      updatedAtMs: k.ms().notNull(),
    },
    (t) => [
      // Rater first: with the study first, a planner without statistics reads all of a study by it.
      k.uniqueIndex("assignments_one_live_uq").on(t.raterId, t.studyId).where(oneOf(t.status, LIVE_STATUSES)),
      k.index("assignments_study_status_ix").on(t.studyId, t.status, t.leaseExpiresAtMs),
      k.index("assignments_rater_ix").on(t.raterId, t.studyId, t.startedAtMs),
      k.index("assignments_lease_ix").on(t.status, t.leaseExpiresAtMs),
      k.check("assignments_status_ck", oneOf(t.status, ASSIGNMENT_STATUSES)),
    ],
  );

  const trajectories = k.table(
    "trajectories",
    {
      id: k.text().primaryKey(),
      assignmentId: k
        .text()
        .notNull()
        .references(() => assignments.id, { onDelete: "cascade" }),
      studyId: k
        .text()
        .notNull()
        .references(() => studies.id, { onDelete: "cascade" }),
      studyVersion: k.int().notNull(),
      raterId: k
        .text()
        .notNull()
        .references(() => raters.id, { onDelete: "cascade" }),
      source: k.enumText(SOURCES).notNull(),
      phase: k.enumText(PHASES).notNull(),
      /** Drawn when the prompt is submitted, so that prompts cannot depend on it. */
      armId: k.text().references(() => arms.id),
      armProbability: k.real(),
      initialPrompt: k.text().notNull().default(""),
      /** The theme cue or given prompt of this task; "" = the rater's own idea. */
      promptCue: k.text().notNull().default(""),
      promptSubmittedAtMs: k.ms(),
      /** Latent type of a simulated rater. */
      userType: k.int(),
      /** Split that an imported bundle put it into, "" = none; null = it was not imported. */
      importedSplit: k.text(),
      startedAtMs: k.ms().notNull(),
      completedAtMs: k.ms(),
      // The next three are kept by triggers (db/trajectory-facts.ts), so that lists of a large study need no joins.
      /** The status of its assignment. */
      assignmentStatus: k.enumText(ASSIGNMENT_STATUSES),
      /** Turns in which a column was chosen. */
      chosenTurns: k.int().notNull().default(0),
      /** Mean of the satisfactions with the turns, 1 to 5; null = none was given. */
      meanSatisfaction: k.real(),
    },
    (t) => [
      k.uniqueIndex("trajectories_assignment_uq").on(t.assignmentId),
      k.index("trajectories_study_ix").on(t.studyId, t.startedAtMs),
      k.index("trajectories_rater_ix").on(t.raterId),
      k.index("trajectories_arm_ix").on(t.armId),
      k.check("trajectories_source_ck", oneOf(t.source, SOURCES)),
      k.check("trajectories_phase_ck", oneOf(t.phase, PHASES)),
      k.check("trajectories_arm_ck", sql`(${t.armId} is null) = (${t.promptSubmittedAtMs} is null)`),
      k.check(
        "trajectories_arm_probability_ck",
        sql`${t.armProbability} is null or (${t.armProbability} > 0 and ${t.armProbability} <= 1)`,
      ),
    ],
  );

  const allocationLists = k.table(
    "allocation_lists",
    {
      id: k.text().primaryKey(),
      studyId: k
        .text()
        .notNull()
        .references(() => studies.id, { onDelete: "cascade" }),
      studyVersion: k.int().notNull(),
      stratum: k.text().notNull(),
      seed: k.int().notNull(),
      /** Position of the next free entry. */
      nextPosition: k.int().notNull().default(0),
      createdAtMs: k.ms().notNull(),
    },
    (t) => [k.uniqueIndex("allocation_lists_stratum_uq").on(t.studyId, t.studyVersion, t.stratum)],
  );

  const allocationEntries = k.table(
    "allocation_entries",
    {
      listId: k
        .text()
        .notNull()
        .references(() => allocationLists.id, { onDelete: "cascade" }),
      position: k.int().notNull(),
      blockIndex: k.int().notNull(),
      armId: k
        .text()
        .notNull()
        .references(() => arms.id),
      trajectoryId: k.text().references(() => trajectories.id, { onDelete: "set null" }),
      drawnAtMs: k.ms(),
    },
    (t) => [
      k.primaryKey({ columns: [t.listId, t.position] }),
      k.uniqueIndex("allocation_entries_trajectory_uq").on(t.trajectoryId),
    ],
  );

  /** The concealed order in which a version's cues or given prompts are handed out. */
  const promptLists = k.table(
    "prompt_lists",
    {
      studyId: k
        .text()
        .notNull()
        .references(() => studies.id, { onDelete: "cascade" }),
      studyVersion: k.int().notNull(),
      seed: k.int().notNull(),
      nextPosition: k.int().notNull().default(0),
      createdAtMs: k.ms().notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.studyId, t.studyVersion] })],
  );

  const turns = k.table(
    "turns",
    {
      id: k.text().primaryKey(),
      trajectoryId: k
        .text()
        .notNull()
        .references(() => trajectories.id, { onDelete: "cascade" }),
      turnIndex: k.int().notNull(),
      status: k.enumText(TURN_STATUSES).notNull(),
      /** Most words of an expansion in this turn (paper E.4). */
      wordLimit: k.int().notNull(),
      seed: k.int().notNull(),
      requestedAtMs: k.ms().notNull(),
      readyAtMs: k.ms(),
      /** By then it is ready or has failed; moves with each retry. Rows of older versions have none. */
      deadlineAtMs: k.ms(),
      failureKind: k.enumText(TURN_FAILURES),
      /** For coordinators: what went wrong. */
      failure: k.text(),
    },
    (t) => [
      k.uniqueIndex("turns_trajectory_index_uq").on(t.trajectoryId, t.turnIndex),
      k.index("turns_status_ix").on(t.status),
      k.check("turns_index_ck", sql`${t.turnIndex} >= 0`),
      k.check("turns_status_ck", oneOf(t.status, TURN_STATUSES)),
      k.check(
        "turns_failure_kind_ck",
        sql`${t.failureKind} is null or ${oneOf(t.failureKind, TURN_FAILURES)}`,
      ),
    ],
  );

  /** Time of one tab in one phase and turn; the sum over tabs is the rater's time, since only one tab is active. */
  const workTimes = k.table(
    "work_times",
    {
      assignmentId: k
        .text()
        .notNull()
        .references(() => assignments.id, { onDelete: "cascade" }),
      writerId: k.text().notNull(),
      phase: k.enumText(PHASES).notNull(),
      /** −1 outside turns. */
      turnIndex: k.int().notNull(),
      activeMs: k.ms().notNull(),
      idleMs: k.ms().notNull(),
      waitingMs: k.ms().notNull(),
      firstAtMs: k.ms().notNull(),
      updatedAtMs: k.ms().notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.assignmentId, t.writerId, t.phase, t.turnIndex] }),
      k.check("work_times_phase_ck", oneOf(t.phase, PHASES)),
    ],
  );

  return { assignments, trajectories, allocationLists, allocationEntries, promptLists, turns, workTimes };
}
export type TrajectoryTables = ReturnType<typeof trajectoryTables>;
