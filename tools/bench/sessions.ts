/** Many raters standing before a ready slate, made without rendering anything: the state that a submit starts from. */
import { createHash } from "node:crypto";
import type { Actor } from "../../app/domain/actor.ts";
import { defaultStudySettings, type StudySettings } from "../../app/domain/study-settings.ts";
import type { ServiceContext } from "../../app/services/context.ts";
import { chunk } from "../../db/store.ts";

export interface WaitingRater {
  actor: Actor;
  assignmentId: string;
  /** Columns of the ready turn 1. */
  columnIds: string[];
}

export const STUDY_ID = "std_bench";

/** One open study with one arm. */
export async function makeStudy(ctx: ServiceContext, changes: Partial<StudySettings> = {}): Promise<void> {
  const { studies, studyVersions, arms } = ctx.store.t;
  const settings = { ...defaultStudySettings(), ...changes };
  const now = ctx.now();
  await ctx.store.tx(async (tx) => {
    await tx.insert(studies).values({
      id: STUDY_ID,
      name: "Bench",
      status: "open",
      currentVersion: 1,
      draftSettings: settings,
      createdAtMs: now,
      updatedAtMs: now,
    });
    await tx.insert(studyVersions).values({ studyId: STUDY_ID, version: 1, settings, publishedAtMs: now });
    const arm = settings.arms[0];
    if (!arm) throw new Error("the default study has no arm");
    await tx
      .insert(arms)
      .values({ ...arm, id: "arm_bench", armKey: arm.key, studyId: STUDY_ID, studyVersion: 1 });
  });
}

/** `n` raters, each with a live session whose first slate is ready. */
export async function makeWaitingRaters(ctx: ServiceContext, n: number): Promise<WaitingRater[]> {
  const { t } = ctx.store;
  const now = ctx.now();
  const sha256 = createHash("sha256").update("bench").digest("hex");
  const people = Array.from({ length: n }, () => ({
    userId: ctx.newId("usr"),
    raterId: ctx.newId("rtr"),
    assignmentId: ctx.newId("asg"),
    trajectoryId: ctx.newId("trj"),
    turnId: ctx.newId("trn"),
    columnIds: [0, 1, 2, 3].map(() => ctx.newId("col")),
  }));
  await ctx.store.tx(async (tx) => {
    await tx
      .insert(t.objects)
      .values({ sha256, byteSize: 1, mimeType: "image/webp", widthPx: 512, heightPx: 512, createdAtMs: now })
      .onConflictDoNothing();
    for (const part of chunk(people, 100)) {
      const date = new Date(now);
      await tx.insert(t.user).values(
        part.map((p) => ({
          id: p.userId,
          name: "Bench",
          email: `${p.userId}@bench.invalid`,
          createdAt: date,
          updatedAt: date,
        })),
      );
      await tx
        .insert(t.raters)
        .values(part.map((p) => ({ id: p.raterId, userId: p.userId, createdAtMs: now })));
      await tx
        .insert(t.studyRaters)
        .values(part.map((p) => ({ studyId: STUDY_ID, raterId: p.raterId, addedAtMs: now })));
      await tx.insert(t.assignments).values(
        part.map((p) => ({
          id: p.assignmentId,
          studyId: STUDY_ID,
          studyVersion: 1,
          raterId: p.raterId,
          status: "active" as const,
          leaseExpiresAtMs: now + 86_400_000,
          completionCode: "BENCH",
          startedAtMs: now,
          updatedAtMs: now,
        })),
      );
      await tx.insert(t.trajectories).values(
        part.map((p) => ({
          id: p.trajectoryId,
          assignmentId: p.assignmentId,
          studyId: STUDY_ID,
          studyVersion: 1,
          raterId: p.raterId,
          source: "simulated" as const,
          phase: "interaction" as const,
          armId: "arm_bench",
          armProbability: 1,
          initialPrompt: "a lighthouse in a storm at night",
          promptSubmittedAtMs: now,
          startedAtMs: now,
        })),
      );
      await tx.insert(t.turns).values(
        part.map((p) => ({
          id: p.turnId,
          trajectoryId: p.trajectoryId,
          turnIndex: 0,
          status: "ready" as const,
          wordLimit: 17,
          seed: 1,
          requestedAtMs: now,
          readyAtMs: now,
        })),
      );
      await tx.insert(t.slates).values(
        part.map((p) => ({
          turnId: p.turnId,
          agentVersion: "bench",
          t2iModel: "bench",
          displayOrder: { columns: [0, 1, 2, 3], rows: [0, 1, 2, 3].map(() => [0, 1, 2, 3]) },
          proposedAtMs: now,
          shownAtMs: now,
        })),
      );
      await tx.insert(t.columns).values(
        part.flatMap((p) =>
          p.columnIds.map((id, i) => ({
            id,
            turnId: p.turnId,
            trajectoryId: p.trajectoryId,
            columnIndex: i,
            displayPosition: i,
            candidateIndex: i,
            prompt: "a lighthouse in a storm at night, in vivid saturated colors",
            category: `category ${i}`,
          })),
        ),
      );
      for (const rows of chunk(
        part.flatMap((p) =>
          p.columnIds.flatMap((columnId) =>
            [0, 1, 2, 3].map((i) => ({
              id: ctx.newId("img"),
              columnId,
              turnId: p.turnId,
              trajectoryId: p.trajectoryId,
              imageIndex: i,
              displayRow: i,
              seed: i,
              status: "ready" as const,
              model: "bench",
              sha256,
              displaySha256: sha256,
              readyAtMs: now,
            })),
          ),
        ),
      )) {
        await tx.insert(t.images).values(rows);
      }
    }
  });
  return people.map((p) => ({
    actor: {
      userId: p.userId,
      email: `${p.userId}@bench.invalid`,
      name: "Bench",
      role: "rater",
      raterId: p.raterId,
    },
    assignmentId: p.assignmentId,
    columnIds: p.columnIds,
  }));
}
