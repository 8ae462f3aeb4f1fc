import { eq } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import type { Actor } from "../../../app/domain/actor.ts";
import { actOnMany } from "../../../app/services/assignment/act-on-many.server.ts";
import { listOfferChoices } from "../../../app/services/assignment/list-offer-choices.server.ts";
import { listWork, type WorkFilter } from "../../../app/services/assignment/list-work.server.ts";
import { offerAssignment } from "../../../app/services/assignment/offer-assignment.server.ts";
import { listAudit } from "../../../app/services/audit/list-audit.server.ts";
import { describeBothDatabases } from "../../support/context.ts";
import { newSubmission, openStudy, sendPrompt, startTask, wholeSession } from "../../support/session.ts";
import { refusal } from "./helpers.ts";

describeBothDatabases("the coordinator's assignments", (open) => {
  let coordinator: Actor;
  let raters: Actor[];
  let studyId: string;
  const handedIn: string[] = [];
  let atWork: string;

  beforeAll(async () => {
    const { ctx, advance } = open();
    ({ studyId, coordinator, raters } = await openStudy(ctx, { settings: { horizon: 1 }, raterCount: 4 }));
    for (const rater of raters.slice(0, 2)) {
      handedIn.push((await wholeSession(ctx, rater, studyId, 1)).assignmentId);
      advance(60_000);
    }
    atWork = await startTask(ctx, raters[2] as Actor, studyId);
    await offerAssignment(ctx, coordinator, {
      studyId,
      to: { raterIds: [raters[3]?.raterId ?? ""] },
      submissionId: newSubmission(),
    });
  }, 60_000);

  const list = (filter: WorkFilter = {}, page: { cursor?: string | null; limit?: number } = {}) =>
    listWork(open().ctx, coordinator, { studyId, filter, ...page });
  const idsOf = async (filter: WorkFilter) => (await list(filter)).rows.map((row) => row.assignmentId);
  const actions = async () =>
    (await open().ctx.store.read.select().from(open().ctx.store.t.auditLog)).map((row) => row.action);

  it("pages through everything without a gap or a repetition, and reviews the oldest first", async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await list({}, { cursor, limit: 1 });
      expect(page.total).toBe(4);
      seen.push(...page.rows.map((row) => row.assignmentId));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(new Set(seen).size).toBe(4);
    expect(seen).toHaveLength(4);

    const first = await list({ status: "submitted" }, { limit: 1 });
    const second = await list({ status: "submitted" }, { limit: 1, cursor: first.nextCursor });
    expect([...first.rows, ...second.rows].map((row) => row.assignmentId)).toEqual(handedIn);
    expect(second.nextCursor).toBeNull();
  });

  it("filters by phase and rater, and tells nothing of arms", async () => {
    expect(await idsOf({ phase: "prompt", status: "active" })).toEqual([atWork]);
    expect(await idsOf({ raterId: raters[0]?.raterId ?? "" })).toEqual([handedIn[0]]);
    expect(JSON.stringify(await list())).not.toMatch(/arm/i);
  });

  it("finds who was not seen for a while, and whose images do not come", async () => {
    const { ctx, advance } = open();
    expect(await idsOf({ attention: "idle" })).toEqual([]);
    advance(11 * 60_000);
    expect(await idsOf({ attention: "idle" })).toEqual([atWork]);
    expect(await idsOf({ attention: "stuck" })).toEqual([]);
    await sendPrompt(ctx, raters[2] as Actor, atWork);
    expect(await idsOf({ attention: "stuck" })).toEqual([]);
    advance(11 * 60_000);
    expect(await idsOf({ attention: "stuck" })).toEqual([atWork]);
    expect(await idsOf({ attention: "idle" })).toEqual([]);
    expect((await list({ status: "active" })).rows[0]?.attention).toBe("stuck");
  });

  it("does to each ticked row what is possible, says why not for the others, and repeats nothing", async () => {
    const { ctx } = open();
    const args = {
      studyId,
      action: "approve" as const,
      assignmentIds: [handedIn[0] ?? "", atWork, "asg_unknown", handedIn[0] ?? ""],
      submissionId: newSubmission(),
    };
    const outcomes = await actOnMany(ctx, coordinator, args);
    expect(outcomes.map((o) => [o.assignmentId, o.status])).toEqual([
      [handedIn[0], "approved"],
      [atWork, null],
      ["asg_unknown", null],
    ]);
    expect(outcomes[1]?.refused).toMatch(/active now/);
    expect(outcomes[2]?.refused).toMatch(/no such/);
    const before = (await actions()).length;
    expect(await actOnMany(ctx, coordinator, args)).toEqual(outcomes);
    expect((await actions()).length).toBe(before);
  });

  it("refuses an empty note, an unusable time and an empty choice before anything is done", async () => {
    const { ctx } = open();
    const args = { studyId, assignmentIds: [handedIn[1] ?? ""], submissionId: newSubmission() };
    expect((await refusal(actOnMany(ctx, coordinator, { ...args, action: "reject" }))).fields).toHaveProperty(
      "reason",
    );
    expect(
      (await refusal(actOnMany(ctx, coordinator, { ...args, action: "correct", note: "  " }))).fields,
    ).toHaveProperty("note");
    expect((await refusal(actOnMany(ctx, coordinator, { ...args, action: "extend" }))).fields).toHaveProperty(
      "minutes",
    );
    const none = await refusal(
      actOnMany(ctx, coordinator, { ...args, action: "approve", assignmentIds: [] }),
    );
    expect(none.code).toBe("INVALID_INPUT");
    expect(await idsOf({ status: "submitted" })).toEqual([handedIn[1]]);
    expect((await refusal(actOnMany(ctx, raters[0] as Actor, { ...args, action: "approve" }))).code).toBe(
      "FORBIDDEN",
    );
  });

  it("rejects with a reason and keeps the place where it is told to", async () => {
    const { ctx } = open();
    const { assignments } = ctx.store.t;
    await actOnMany(ctx, coordinator, {
      studyId,
      action: "reject",
      assignmentIds: [handedIn[1] ?? ""],
      reason: "Copied text",
      reusePlace: false,
      submissionId: newSubmission(),
    });
    const [row] = await ctx.store.read
      .select()
      .from(assignments)
      .where(eq(assignments.id, handedIn[1] ?? ""));
    expect(row).toMatchObject({ status: "rejected", reviewNote: "Copied text", keepsPlace: true });
    expect((await list({ status: "rejected" })).rows[0]?.reviewNote).toBe("Copied text");
  });

  it("knows whom a task can be offered to", async () => {
    const choices = await listOfferChoices(open().ctx, coordinator, { studyId });
    expect(choices.raters.map((r) => r.raterId).sort()).toEqual(raters.map((r) => r.raterId).sort());
    expect(choices.pools).toHaveLength(1);
  });

  it("keeps a log of who did what, by action and person, page by page and without arms", async () => {
    const { ctx } = open();
    const audit = (args = {}) => listAudit(ctx, coordinator, args);
    const rejected = await audit({ action: "assignment.rejected" });
    expect(rejected.rows).toHaveLength(1);
    expect(rejected.rows[0]).toMatchObject({
      actorName: coordinator.name,
      subjectId: handedIn[1],
      data: { reason: "Copied text" },
    });
    expect((await audit({ actorUserId: "nobody" })).rows).toEqual([]);
    const seen: number[] = [];
    let cursor: string | null = null;
    do {
      const page = await audit({ cursor, limit: 2 });
      seen.push(...page.rows.map((row) => row.id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toHaveLength((await actions()).length);
    expect(seen).toEqual([...seen].sort((a, b) => b - a));
    await ctx.store.tx((tx) =>
      tx.insert(ctx.store.t.auditLog).values({
        atMs: ctx.now(),
        actorUserId: null,
        action: "arm.paused",
        subjectType: "study",
        subjectId: studyId,
        data: { armKey: "secret-arm", kept: 1 },
      }),
    );
    expect((await audit({ action: "arm.paused" })).rows[0]).toMatchObject({
      actorName: "The system",
      data: { kept: 1 },
    });
    expect((await refusal(audit({ cursor: "'; drop" }))).code).toBe("BAD_REQUEST");
    expect((await refusal(listAudit(ctx, raters[0] as Actor, {}))).code).toBe("FORBIDDEN");
  });
});
