/** Puts a study with trajectories in every state into a database, by direct inserts: the same rows on both. */
import { createHash } from "node:crypto";
import type { AssignmentStatus } from "../../../app/domain/assignment.ts";
import { defaultStudySettings } from "../../../app/domain/study-settings.ts";
import type { TurnStatus } from "../../../app/domain/turn.ts";
import type { Store, Tx } from "../../../db/store.ts";
import { chunk } from "../../../db/store.ts";

export const STUDY_ID = "std_1";
export const STARTED_AT_MS = Date.UTC(2026, 0, 4, 8, 0, 0);
const SIZES = { columnCount: 4, imagesPerColumn: 4 };

interface Plan {
  id: string;
  status: AssignmentStatus;
  startedAtMs: number;
  turns: TurnStatus[];
  evaluated: boolean;
  prompt?: string;
}

const done: TurnStatus[] = ["chosen", "chosen", "chosen", "chosen", "chosen"];

/**
 * Ids of the first two start at the same instant and sort differently by bytes ("B" < "a") than by most locales.
 */
export const PLANS: Plan[] = [
  { id: "trj_a", status: "submitted", startedAtMs: STARTED_AT_MS, turns: done, evaluated: true },
  {
    id: "trj_B",
    status: "active",
    startedAtMs: STARTED_AT_MS,
    turns: ["chosen", "ready", "rendering"],
    evaluated: false,
  },
  { id: "trj_c", status: "withdrawn", startedAtMs: STARTED_AT_MS + 1, turns: done, evaluated: true },
  { id: "trj_d", status: "expired", startedAtMs: STARTED_AT_MS + 2, turns: [], evaluated: false, prompt: "" },
];

export const HOSTILE = 'He said "NA", then\n=1+1, 0, false; 漢字 🐈‍⬛';

/** One study with two arms and one rater. */
export async function insertStudy(store: Store): Promise<void> {
  const { studies, studyVersions, arms, raters } = store.t;
  const settings = defaultStudySettings();
  await store.tx(async (tx) => {
    await tx.insert(studies).values({
      id: STUDY_ID,
      name: "Cats",
      status: "open",
      currentVersion: 1,
      draftSettings: settings,
      createdAtMs: 1,
      updatedAtMs: 1,
    });
    await tx.insert(studyVersions).values({ studyId: STUDY_ID, version: 1, settings, publishedAtMs: 1 });
    for (const [i, arm] of settings.arms.entries()) {
      await tx.insert(arms).values({
        id: `arm_${i}`,
        studyId: STUDY_ID,
        studyVersion: 1,
        armKey: arm.key,
        label: arm.label,
        weight: arm.weight,
        agent: arm.agent,
      });
    }
    await tx.insert(raters).values({ id: "rtr_1", source: "simulated", createdAtMs: 1 });
  });
}

/** One trajectory of that rater with its assignment, turns, slates, choices and answers. */
export async function insertTrajectory(store: Store, plan: Plan): Promise<void> {
  const prompt = plan.prompt ?? "a white cat on a red sofa";
  const isComplete = plan.status === "submitted" || plan.status === "withdrawn";
  const finishedAtMs = isComplete ? plan.startedAtMs + 600_000 : null;
  const { assignments, trajectories } = store.t;
  await store.tx(async (tx) => {
    await tx.insert(assignments).values({
      id: `asg_${plan.id}`,
      studyId: STUDY_ID,
      studyVersion: 1,
      raterId: "rtr_1",
      status: plan.status,
      leaseExpiresAtMs: plan.startedAtMs + 1,
      completionCode: "CODE",
      startedAtMs: plan.startedAtMs,
      submittedAtMs: finishedAtMs,
      updatedAtMs: plan.startedAtMs,
    });
    await tx.insert(trajectories).values({
      id: plan.id,
      assignmentId: `asg_${plan.id}`,
      studyId: STUDY_ID,
      studyVersion: 1,
      raterId: "rtr_1",
      source: "simulated",
      phase: isComplete ? "done" : prompt === "" ? "prompt" : "interaction",
      armId: prompt === "" ? null : "arm_0",
      armProbability: prompt === "" ? null : 0.5,
      initialPrompt: prompt,
      promptSubmittedAtMs: prompt === "" ? null : plan.startedAtMs + 1000,
      startedAtMs: plan.startedAtMs,
      completedAtMs: finishedAtMs,
    });
    for (const [turnIndex, status] of [...plan.turns.entries()].toReversed())
      await insertTurn(store, tx, plan, turnIndex, status);
  });
}

async function insertTurn(
  store: Store,
  tx: Tx,
  plan: Plan,
  turnIndex: number,
  status: TurnStatus,
): Promise<void> {
  const { turns, slates, columns, objects, images, choices, turnEvaluations, columnSatisfactions } = store.t;
  const turnId = `${plan.id}_${turnIndex}`;
  const atMs = plan.startedAtMs + turnIndex * 60_000;
  const owner = { turnId, trajectoryId: plan.id };
  const isRendered = status !== "rendering";
  await tx.insert(turns).values({
    id: turnId,
    trajectoryId: plan.id,
    turnIndex,
    status,
    wordLimit: 20,
    seed: 1,
    requestedAtMs: atMs,
    readyAtMs: isRendered ? atMs + 5000 : null,
  });
  await tx.insert(slates).values({
    turnId,
    agentVersion: "lexicon/1+random/1",
    t2iModel: "sketch/1",
    displayOrder: { columns: [3, 2, 1, 0], rows: [] },
    proposedAtMs: atMs,
    shownAtMs: isRendered ? atMs + 6000 : null,
  });
  const columnRows = range(SIZES.columnCount).map((columnIndex) => ({
    ...owner,
    id: `${turnId}_${columnIndex}`,
    columnIndex,
    displayPosition: 3 - columnIndex,
    candidateIndex: columnIndex,
    prompt: `${HOSTILE} ${columnIndex}`,
    category: "rephrase",
  }));
  // Backwards: the order of the export must not depend on the order of insertion.
  await tx.insert(columns).values(columnRows.toReversed());
  const imageRows = columnRows.flatMap((column) =>
    range(SIZES.imagesPerColumn).map((imageIndex) => {
      const id = `${column.id}_${imageIndex}`;
      const sha256 = isRendered ? createHash("sha256").update(id).digest("hex") : null;
      return {
        ...owner,
        id,
        columnId: column.id,
        imageIndex,
        displayRow: 3 - imageIndex,
        seed: imageIndex,
        status: isRendered ? ("ready" as const) : ("pending" as const),
        model: "sketch/1",
        sha256,
        displaySha256: sha256,
        readyAtMs: isRendered ? atMs + 4000 : null,
      };
    }),
  );
  const objectRows = imageRows.flatMap(({ sha256 }) =>
    sha256
      ? [{ sha256, byteSize: 1234, mimeType: "image/png", widthPx: 512, heightPx: 512, createdAtMs: atMs }]
      : [],
  );
  for (const part of chunk(objectRows)) await tx.insert(objects).values(part);
  for (const part of chunk(imageRows.toReversed())) await tx.insert(images).values(part);
  if (status !== "chosen") return;
  await tx.insert(choices).values({
    ...owner,
    columnId: `${turnId}_1`,
    critique: turnIndex === 0 ? HOSTILE : "",
    critiqueSentToAgent: turnIndex === 0 ? HOSTILE : "",
    chosenAtMs: atMs + 20_000,
    waitingMs: 0,
  });
  if (!plan.evaluated) return;
  await tx.insert(turnEvaluations).values({
    ...owner,
    confirmedColumnId: `${turnId}_${turnIndex === 1 ? 2 : 1}`,
    rationale: HOSTILE,
    vsPrevious: turnIndex === 0 ? null : "same",
    turnSatisfaction: 3,
    updatedAtMs: atMs,
  });
  await tx.insert(columnSatisfactions).values(
    columnRows.map((c) => ({
      ...owner,
      columnId: c.id,
      satisfaction: c.columnIndex + 1,
      updatedAtMs: atMs,
    })),
  );
}

function range(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i);
}
