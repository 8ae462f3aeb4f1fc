import { eq } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import type { Actor } from "../../../app/domain/actor.ts";
import type { AssignmentStatus } from "../../../app/domain/assignment.ts";
import { defaultStudySettings } from "../../../app/domain/study-settings.ts";
import { TRAJECTORY_SORTS, type TrajectoryFilter } from "../../../app/domain/trajectory-query.ts";
import { findNeighbours } from "../../../app/services/dataset/find-neighbours.server.ts";
import { listTrajectories } from "../../../app/services/dataset/list-trajectories.server.ts";
import { createPerson, describeBothDatabases } from "../../support/context.ts";

const STUDY = "std_list";
const MINUTE_MS = 60_000;
const START_MS = Date.UTC(2026, 0, 1);

interface Plan {
  status: AssignmentStatus;
  prompt: string;
  /** Satisfaction with each turn that was chosen; null = not rated. */
  turns: (number | null)[];
  tookMinutes: number | null;
}

const PLANS: Plan[] = [
  { status: "approved", prompt: "A Red house", turns: [5, 4], tookMinutes: 10 },
  { status: "approved", prompt: "a red 100% wool_sock", turns: [2, 2], tookMinutes: 10 },
  { status: "submitted", prompt: "blue sea", turns: [4, 4, 4], tookMinutes: 30 },
  { status: "active", prompt: "green hills", turns: [null], tookMinutes: null },
  { status: "expired", prompt: "", turns: [], tookMinutes: null },
  { status: "rejected", prompt: "red again", turns: [1], tookMinutes: 5 },
];

describeBothDatabases("the list of trajectories", (open) => {
  let researcher: Actor;

  beforeAll(async () => {
    const { ctx } = open();
    researcher = await createPerson(ctx, "researcher");
    const { t } = ctx.store;
    const settings = defaultStudySettings();
    await ctx.store.tx(async (tx) => {
      await tx.insert(t.studies).values({
        id: STUDY,
        name: "Listed",
        status: "open",
        currentVersion: 1,
        draftSettings: settings,
        createdAtMs: 1,
        updatedAtMs: 1,
      });
      await tx.insert(t.studyVersions).values({ studyId: STUDY, version: 1, settings, publishedAtMs: 1 });
      for (const [i, plan] of PLANS.entries()) {
        const at = START_MS + i * 24 * 60 * MINUTE_MS;
        const id = `trj_${i}`;
        await tx
          .insert(t.raters)
          .values({ id: `rtr_${i}`, source: i === 2 ? "simulated" : "human", createdAtMs: 1 });
        await tx.insert(t.assignments).values({
          id: `asg_${i}`,
          studyId: STUDY,
          studyVersion: 1,
          raterId: `rtr_${i}`,
          status: plan.status,
          leaseExpiresAtMs: at,
          completionCode: "X",
          startedAtMs: at,
          updatedAtMs: at,
        });
        await tx.insert(t.trajectories).values({
          id,
          assignmentId: `asg_${i}`,
          studyId: STUDY,
          studyVersion: 1,
          raterId: `rtr_${i}`,
          source: i === 2 ? "simulated" : "human",
          phase: "done",
          initialPrompt: plan.prompt,
          startedAtMs: at,
          completedAtMs: plan.tookMinutes === null ? null : at + plan.tookMinutes * MINUTE_MS,
        });
        for (const [turnIndex, turnSatisfaction] of plan.turns.entries()) {
          const turnId = `${id}_${turnIndex}`;
          await tx.insert(t.turns).values({
            id: turnId,
            trajectoryId: id,
            turnIndex,
            status: i === 3 ? "failed" : "chosen",
            wordLimit: 20,
            seed: 1,
            requestedAtMs: at,
          });
          await tx.insert(t.columns).values({
            id: `col_${turnId}`,
            turnId,
            trajectoryId: id,
            columnIndex: 0,
            displayPosition: 0,
            candidateIndex: 0,
            prompt: "p",
            category: "c",
          });
          const owner = { turnId, trajectoryId: id };
          await tx.insert(t.choices).values({ ...owner, columnId: `col_${turnId}`, chosenAtMs: at });
          await tx.insert(t.turnEvaluations).values({ ...owner, turnSatisfaction, updatedAtMs: at });
        }
      }
      await tx.insert(t.problemReports).values({
        id: "prb_1",
        studyId: STUDY,
        raterId: "rtr_0",
        assignmentId: "asg_0",
        kind: "slow",
        text: "",
        createdAtMs: 1,
      });
      await tx.insert(t.safetyBlocks).values({
        id: "sfb_1",
        studyId: STUDY,
        trajectoryId: "trj_5",
        subject: "prompt",
        text: "x",
        source: "words",
        reason: "r",
        atMs: 1,
      });
    });
  });

  const list = (args: Omit<Parameters<typeof listTrajectories>[2], "studyId"> = {}) =>
    listTrajectories(open().ctx, researcher, { studyId: STUDY, ...args });
  const idsOf = (rows: { trajectoryId: string }[]) => rows.map((row) => Number(row.trajectoryId.slice(4)));

  it("tells status, turns, satisfaction and time of each", async () => {
    const { rows, total } = await list();
    expect(total).toBe(PLANS.length);
    expect(rows.map((r) => [r.status, r.chosenTurns, r.meanSatisfaction, r.tookMs])).toEqual([
      ["rejected", 1, 1, 5 * MINUTE_MS],
      ["expired", 0, null, null],
      ["active", 1, null, null],
      ["submitted", 3, 4, 30 * MINUTE_MS],
      ["approved", 2, 2, 10 * MINUTE_MS],
      ["approved", 2, 4.5, 10 * MINUTE_MS],
    ]);
  });

  const narrowed: [string, TrajectoryFilter, number[]][] = [
    ["a status", { status: "approved" }, [1, 0]],
    ["a source", { source: "simulated" }, [2]],
    ["a rater", { raterId: "rtr_4" }, [4]],
    ["a version", { version: 2 }, []],
    ["words in whatever case", { text: "rEd" }, [5, 1, 0]],
    ["a percent sign as it is typed", { text: "100%" }, [1]],
    ["an underscore as it is typed", { text: "l_s" }, [1]],
    ["days", { startedFromMs: START_MS + 86_400_000, startedBeforeMs: START_MS + 3 * 86_400_000 }, [2, 1]],
    ["satisfaction from", { satisfactionMin: 4 }, [2, 0]],
    ["satisfaction within", { satisfactionMin: 1, satisfactionMax: 2 }, [5, 1]],
    ["time from", { tookMinMs: 10 * MINUTE_MS }, [2, 1, 0]],
    ["time to", { tookMaxMs: 9 * MINUTE_MS }, [5]],
    ["reported problems", { flag: "problem" }, [0]],
    ["failed turns", { flag: "failed" }, [3]],
    ["what a filter stopped", { flag: "blocked" }, [5]],
    ["several at once", { status: "approved", text: "red", satisfactionMax: 3 }, [1]],
  ];
  it.each(narrowed)("is narrowed to %s", async (_, filter, expected) => {
    const { rows, total } = await list({ filter });
    expect(idsOf(rows)).toEqual(expected);
    expect(total).toBe(expected.length);
  });

  it("is sorted both ways, and what has no value comes last in both", async () => {
    const sorted = async (sort: (typeof TRAJECTORY_SORTS)[number], descending: boolean) =>
      idsOf((await list({ sort, descending })).rows);
    expect(await sorted("started", false)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(await sorted("turns", true)).toEqual([2, 0, 1, 3, 5, 4]);
    expect(await sorted("satisfaction", true)).toEqual([0, 2, 1, 5, 3, 4]);
    expect(await sorted("satisfaction", false)).toEqual([5, 1, 2, 0, 3, 4]);
    expect(await sorted("took", true)).toEqual([2, 0, 1, 5, 3, 4]);
    expect(await sorted("took", false)).toEqual([5, 0, 1, 2, 3, 4]);
  });

  it.each(TRAJECTORY_SORTS.flatMap((sort) => [true, false].map((down) => [sort, down] as const)))(
    "by %s (descending: %s) is read page by page to its end and back again",
    async (sort, descending) => {
      const whole = idsOf((await list({ sort, descending })).rows);
      const pages: number[][] = [];
      let page = await list({ sort, descending, limit: 2 });
      expect(page.previousCursor).toBeNull();
      for (;;) {
        pages.push(idsOf(page.rows));
        if (page.nextCursor === null) break;
        page = await list({ sort, descending, limit: 2, cursor: page.nextCursor });
      }
      expect(pages.flat()).toEqual(whole);
      const back: number[][] = [idsOf(page.rows)];
      while (page.previousCursor !== null) {
        page = await list({ sort, descending, limit: 2, cursor: page.previousCursor });
        back.unshift(idsOf(page.rows));
      }
      expect(back).toEqual(pages);
    },
  );

  it.each(["", "a~", "x~W10", "a~WzEsMl0", "b~bm90IGpzb24", "a"])(
    "refuses the cursor %j, or takes it for the first page when there is none",
    async (cursor) => {
      if (cursor === "") expect((await list({ cursor })).rows).toHaveLength(PLANS.length);
      else await expect(list({ cursor })).rejects.toMatchObject({ code: "BAD_REQUEST" });
    },
  );

  it("knows the neighbours of a trajectory within the same filter and order", async () => {
    const { ctx } = open();
    const near = (n: number, filter: TrajectoryFilter) =>
      findNeighbours(ctx, researcher, { trajectoryId: `trj_${n}`, filter, sort: "took", descending: true });
    expect(await near(2, {})).toEqual({ previousId: null, nextId: "trj_0", position: 1, total: 6 });
    expect(await near(1, { text: "red" })).toEqual({
      previousId: "trj_0",
      nextId: "trj_5",
      position: 2,
      total: 3,
    });
    expect(await near(2, { text: "red" })).toEqual({
      previousId: null,
      nextId: "trj_0",
      position: null,
      total: 3,
    });
    await expect(near(99, {})).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("follows every change of what it tells", async () => {
    const { ctx } = open();
    const { t } = ctx.store;
    const facts = async () => {
      const { rows } = await list({ filter: { raterId: "rtr_5" } });
      return rows.map((r) => [r.status, r.chosenTurns, r.meanSatisfaction])[0];
    };
    const rate = (turnSatisfaction: number | null) =>
      ctx.store.tx((tx) =>
        tx
          .update(t.turnEvaluations)
          .set({ turnSatisfaction })
          .where(eq(t.turnEvaluations.trajectoryId, "trj_5")),
      );
    await rate(5);
    await ctx.store.tx((tx) =>
      tx.update(t.assignments).set({ status: "approved" }).where(eq(t.assignments.id, "asg_5")),
    );
    expect(await facts()).toEqual(["approved", 1, 5]);
    await rate(null);
    expect(await facts()).toEqual(["approved", 1, null]);
    await ctx.store.tx((tx) => tx.delete(t.turns).where(eq(t.turns.trajectoryId, "trj_5")));
    expect(await facts()).toEqual(["approved", 0, null]);
  });
});
