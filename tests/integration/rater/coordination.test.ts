import { and, asc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { RequestError } from "../../../app/domain/errors.ts";
import { answerOffer } from "../../../app/services/assignment/answer-offer.server.ts";
import { approveAssignment } from "../../../app/services/assignment/approve-assignment.server.ts";
import { claimAssignment } from "../../../app/services/assignment/claim-assignment.server.ts";
import { extendLease } from "../../../app/services/assignment/extend-lease.server.ts";
import { getRaterHome } from "../../../app/services/assignment/get-rater-home.server.ts";
import { getSession } from "../../../app/services/assignment/get-session.server.ts";
import { offerAssignment } from "../../../app/services/assignment/offer-assignment.server.ts";
import { pauseAssignment } from "../../../app/services/assignment/pause-assignment.server.ts";
import { rejectAssignment } from "../../../app/services/assignment/reject-assignment.server.ts";
import { releaseAssignment } from "../../../app/services/assignment/release-assignment.server.ts";
import { remindLeases } from "../../../app/services/assignment/remind-leases.server.ts";
import { resumeAssignment } from "../../../app/services/assignment/resume-assignment.server.ts";
import { returnAssignment } from "../../../app/services/assignment/return-assignment.server.ts";
import { returnForCorrection } from "../../../app/services/assignment/return-for-correction.server.ts";
import { sweepLeases } from "../../../app/services/assignment/sweep-leases.server.ts";
import { withdrawConsent } from "../../../app/services/assignment/withdraw-consent.server.ts";
import { getReview } from "../../../app/services/evaluation/get-review.server.ts";
import { saveTurnEvaluation } from "../../../app/services/evaluation/save-turn-evaluation.server.ts";
import { submitEvaluation } from "../../../app/services/evaluation/submit-evaluation.server.ts";
import { readInstructions } from "../../../app/services/trajectory/read-instructions.server.ts";
import { saveFields } from "../../../app/services/trajectory/save-fields.server.ts";
import { createPerson, describeBothDatabases } from "../../support/context.ts";
import {
  addToStudy,
  answerAll,
  interact,
  newSubmission,
  openStudy,
  startTask,
} from "../../support/session.ts";

const MINUTE_MS = 60_000;

const outcome = (work: Promise<unknown>) =>
  work.then(
    () => "ok",
    (e: unknown) => {
      if (e instanceof RequestError) return e.code;
      throw e;
    },
  );

/** Small, so that a whole session takes no time. */
const ONE_TURN = { horizon: 1 } as const;

describeBothDatabases("coordinators and assignments", (open) => {
  const ctx = () => open().ctx;
  const id = newSubmission;
  const claim = (rater: Parameters<typeof claimAssignment>[1], studyId: string) =>
    claimAssignment(ctx(), rater, { studyId, submissionId: id() });
  const row = async (assignmentId: string) => {
    const { assignments } = ctx().store.t;
    const [found] = await ctx().store.read.select().from(assignments).where(eq(assignments.id, assignmentId));
    if (!found) throw new Error("no such assignment");
    return found;
  };
  const eventTypes = async (assignmentId: string) => {
    const { events } = ctx().store.t;
    const rows = await ctx()
      .store.read.select({ type: events.type })
      .from(events)
      .where(eq(events.assignmentId, assignmentId))
      .orderBy(asc(events.id));
    return rows.map((r) => r.type);
  };
  const audited = async (subjectId: string) => {
    const { auditLog } = ctx().store.t;
    const rows = await ctx()
      .store.read.select({ action: auditLog.action })
      .from(auditLog)
      .where(eq(auditLog.subjectId, subjectId))
      .orderBy(asc(auditLog.id));
    return rows.map((r) => r.action);
  };
  const placesHeld = async (studyId: string) => {
    const { studies } = ctx().store.t;
    const [study] = await ctx().store.read.select().from(studies).where(eq(studies.id, studyId));
    return study?.placesHeld;
  };
  const people = async (options: Parameters<typeof openStudy>[1]) => {
    const study = await openStudy(ctx(), options);
    const [first, second, third] = study.raters;
    if (!first) throw new Error("no rater");
    return { ...study, first, second: second ?? first, third: third ?? first };
  };
  const oneTurnSession = async (rater: Parameters<typeof claimAssignment>[1], studyId: string) => {
    const assignmentId = await startTask(ctx(), rater, studyId);
    await interact(ctx(), rater, assignmentId, 1);
    await answerAll(ctx(), rater, assignmentId, 1);
    await submitEvaluation(ctx(), rater, { assignmentId, submissionId: id() });
    return assignmentId;
  };

  test("an offer holds a place until it is taken, declined or lapses", async () => {
    const { studyId, coordinator, first, second, third } = await people({
      raterCount: 3,
      settings: { targetTrajectories: 2, prompts: { mode: "cue", items: ["animals", "cities"] } },
    });
    const stranger = await createPerson(ctx(), "rater");
    const to = { raterIds: [first, second, third, stranger].map((r) => r.raterId as string) };
    const submissionId = id();
    const result = await offerAssignment(ctx(), coordinator, { studyId, to, submissionId });
    expect(result.offered.map((o) => o.raterId)).toEqual([first.raterId, second.raterId]);
    expect(result.refused).toEqual([
      { raterId: third.raterId, refusal: { code: "STUDY_FULL" } },
      { raterId: stranger.raterId, refusal: { code: "NOT_A_MEMBER" } },
    ]);
    expect(await offerAssignment(ctx(), coordinator, { studyId, to, submissionId })).toEqual(result);
    const [one, two] = result.offered.map((o) => o.assignmentId) as [string, string];
    expect(await outcome(claim(third, studyId))).toBe("STUDY_FULL");
    // Claiming leads to the offer, and nothing can be done in it before it is taken.
    expect(await claim(first, studyId)).toEqual({ assignmentId: one });
    expect(await outcome(readInstructions(ctx(), first, { assignmentId: one, submissionId: id() }))).toBe(
      "OFFER_NOT_TAKEN",
    );
    open().advance(10 * MINUTE_MS);
    const answer = { assignmentId: one, accept: true };
    expect(await answerOffer(ctx(), first, { ...answer, submissionId: id() })).toEqual({ status: "active" });
    expect(await answerOffer(ctx(), first, { ...answer, submissionId: id() })).toEqual({ status: "active" });
    expect((await row(one)).startedAtMs).toBe(ctx().now());
    expect(await outcome(answerOffer(ctx(), second, { ...answer, submissionId: id() }))).toBe("NOT_FOUND");
    await answerOffer(ctx(), second, { assignmentId: two, accept: false, submissionId: id() });
    expect(await eventTypes(two)).toEqual(["assignment.offered", "assignment.declined"]);
    await claim(third, studyId);
    expect(await placesHeld(studyId)).toBe(2);
    expect(await audited(studyId)).toContain("assignment.offered");
  });

  test("an offer that nobody takes lapses, frees its place and cannot be taken late", async () => {
    const { studyId, coordinator, first } = await people({ settings: { targetTrajectories: 1 } });
    const to = { pool: "" };
    const { offered } = await offerAssignment(ctx(), coordinator, {
      studyId,
      to,
      minutes: 30,
      submissionId: id(),
    });
    const assignmentId = offered[0]?.assignmentId as string;
    open().advance(31 * MINUTE_MS);
    const accept = () => answerOffer(ctx(), first, { assignmentId, accept: true, submissionId: id() });
    expect(await outcome(accept())).toBe("ASSIGNMENT_NOT_LIVE");
    await sweepLeases(ctx());
    expect((await row(assignmentId)).status).toBe("returned");
    await getSession(ctx(), first, { assignmentId });
    expect((await row(assignmentId)).status).toBe("returned");
    expect(await placesHeld(studyId)).toBe(0);
  });

  test("only coordinators act, and every action is in the audit log", async () => {
    const { studyId, coordinator, first } = await people({});
    const researcher = await createPerson(ctx(), "researcher");
    const { assignmentId } = await claim(first, studyId);
    for (const actor of [first, researcher]) {
      const act = { assignmentId, submissionId: id() };
      expect(await outcome(pauseAssignment(ctx(), actor, act))).toBe("FORBIDDEN");
      expect(await outcome(extendLease(ctx(), actor, { ...act, minutes: 5 }))).toBe("FORBIDDEN");
      expect(await outcome(rejectAssignment(ctx(), actor, { ...act, reason: "no" }))).toBe("FORBIDDEN");
    }
    const act = { assignmentId, submissionId: id() };
    await pauseAssignment(ctx(), coordinator, act);
    await pauseAssignment(ctx(), coordinator, act);
    expect(await audited(assignmentId)).toEqual(["assignment.paused"]);
    expect(await outcome(pauseAssignment(ctx(), coordinator, { assignmentId, submissionId: id() }))).toBe(
      "ILLEGAL_TRANSITION",
    );
  });

  test("the clock of a paused task stands still, and goes on with a whole lease", async () => {
    const { studyId, coordinator, first } = await people({});
    const assignmentId = await startTask(ctx(), first, studyId);
    await pauseAssignment(ctx(), coordinator, { assignmentId, submissionId: id() });
    expect(await outcome(saveFields(ctx(), first, { assignmentId, writerToken: null, saves: [] }))).toBe(
      "ASSIGNMENT_PAUSED",
    );
    open().advance(24 * 60 * MINUTE_MS);
    await sweepLeases(ctx());
    expect((await row(assignmentId)).status).toBe("paused");
    expect(await placesHeld(studyId)).toBe(1);
    await resumeAssignment(ctx(), coordinator, { assignmentId, submissionId: id() });
    const { status, leaseExpiresAtMs } = await row(assignmentId);
    expect({ status, left: leaseExpiresAtMs - ctx().now() }).toEqual({
      status: "active",
      left: 180 * MINUTE_MS,
    });
  });

  test("more time is counted from the lease's end, and the rater's own requests never shorten it", async () => {
    const { studyId, coordinator, first } = await people({});
    const assignmentId = await startTask(ctx(), first, studyId);
    const extend = (minutes: number) =>
      extendLease(ctx(), coordinator, { assignmentId, minutes, submissionId: id() });
    await extend(600);
    open().advance(5 * MINUTE_MS);
    await getSession(ctx(), first, { assignmentId });
    expect((await row(assignmentId)).leaseExpiresAtMs - ctx().now()).toBe(775 * MINUTE_MS);
    expect(await outcome(extend(0))).toBe("INVALID_INPUT");
    open().advance(800 * MINUTE_MS);
    await sweepLeases(ctx());
    expect((await row(assignmentId)).status).toBe("expired");
    expect(await extend(20)).toMatchObject({ status: "active" });
    expect((await row(assignmentId)).leaseExpiresAtMs - ctx().now()).toBe(20 * MINUTE_MS);
  });

  test("a study may keep expired work closed; a coordinator can still give it back", async () => {
    const { studyId, coordinator, first } = await people({ settings: { expiryPolicy: "final" } });
    const assignmentId = await startTask(ctx(), first, studyId);
    open().advance(181 * MINUTE_MS);
    await sweepLeases(ctx());
    await getSession(ctx(), first, { assignmentId });
    expect((await row(assignmentId)).status).toBe("expired");
    await extendLease(ctx(), coordinator, { assignmentId, minutes: 30, submissionId: id() });
    expect((await row(assignmentId)).status).toBe("active");
  });

  test("a released place can be had at once, and the work is kept", async () => {
    const { studyId, coordinator, first, second } = await people({
      raterCount: 2,
      settings: { targetTrajectories: 1 },
    });
    const assignmentId = await startTask(ctx(), first, studyId);
    await releaseAssignment(ctx(), coordinator, { assignmentId, submissionId: id() });
    await claim(second, studyId);
    expect((await getRaterHome(ctx(), first)).inProgress).toMatchObject([
      { assignmentId, status: "expired" },
    ]);
  });

  test("a reminder is recorded once per lease, when few enough minutes are left", async () => {
    const { studyId, first } = await people({ settings: { leaseMinutes: 60, reminderMinutes: 15 } });
    const assignmentId = await startTask(ctx(), first, studyId);
    const reminders = async () => {
      await remindLeases(ctx());
      await remindLeases(ctx());
      return (await eventTypes(assignmentId)).filter((t) => t === "assignment.reminder_due").length;
    };
    expect(await reminders()).toBe(0);
    open().advance(46 * MINUTE_MS);
    expect(await reminders()).toBe(1);
    // Coming back renews the lease; the next one has its own reminder.
    const session = await getSession(ctx(), first, { assignmentId });
    expect((session.remindAtMs ?? 0) - ctx().now()).toBe(45 * MINUTE_MS);
    open().advance(46 * MINUTE_MS);
    expect(await reminders()).toBe(2);
  });

  test("rejected work gives its place away or keeps it, as the coordinator says", async () => {
    const { studyId, coordinator, first, second } = await people({
      raterCount: 2,
      settings: { ...ONE_TURN, targetTrajectories: 2 },
    });
    const reject = (assignmentId: string, reusePlace?: boolean) =>
      rejectAssignment(ctx(), coordinator, {
        assignmentId,
        reason: "The rationale is empty words.",
        reusePlace,
        submissionId: id(),
      });
    const kept = await oneTurnSession(first, studyId);
    const given = await oneTurnSession(second, studyId);
    expect(
      await outcome(
        rejectAssignment(ctx(), coordinator, { assignmentId: kept, reason: " ", submissionId: id() }),
      ),
    ).toBe("INVALID_INPUT");
    await reject(kept, false);
    expect(await placesHeld(studyId)).toBe(2);
    await reject(given);
    expect(await placesHeld(studyId)).toBe(1);
    expect((await getRaterHome(ctx(), second)).history).toMatchObject([
      { assignmentId: given, status: "rejected", reviewNote: "The rationale is empty words." },
    ]);
    await claim(first, studyId);
    const approve = (assignmentId: string) =>
      approveAssignment(ctx(), coordinator, { assignmentId, submissionId: id() });
    expect(await outcome(approve(given)), "its place is somebody else's now").toBe("STUDY_FULL");
    expect(await approve(kept)).toMatchObject({ status: "approved" });
    expect(await approve(kept)).toMatchObject({ status: "approved" });
    expect(await placesHeld(studyId)).toBe(2);
    expect(await audited(kept)).toEqual(["assignment.rejected", "assignment.approved"]);
  });

  test("work returned for correction goes back to the evaluation with a note, and both versions are kept", async () => {
    const { studyId, coordinator, first, second } = await people({
      raterCount: 2,
      settings: { ...ONE_TURN, targetTrajectories: 2 },
    });
    const assignmentId = await oneTurnSession(first, studyId);
    const correct = (note: string) =>
      returnForCorrection(ctx(), coordinator, { assignmentId, note, submissionId: id() });
    expect(await outcome(correct(""))).toBe("INVALID_INPUT");
    const other = await claim(first, studyId);
    expect(await outcome(correct("Say more."))).toBe("ASSIGNMENT_ALREADY_LIVE");
    await returnAssignment(ctx(), first, { ...other, submissionId: id() });
    await correct("Say more about the colours.");
    expect(await placesHeld(studyId)).toBe(1);
    const session = await getSession(ctx(), first, { assignmentId });
    expect(session).toMatchObject({
      phase: "evaluation",
      assignmentStatus: "active",
      correctionNote: "Say more about the colours.",
    });
    await saveTurnEvaluation(ctx(), first, {
      assignmentId,
      turnNumber: 1,
      answers: { rationale: "The blues are the ones I meant." },
    });
    expect((await getReview(ctx(), first, { assignmentId })).missingCount).toBe(0);
    await submitEvaluation(ctx(), first, { assignmentId, submissionId: id() });
    expect((await row(assignmentId)).status).toBe("submitted");
    const { events } = ctx().store.t;
    const [returned] = await ctx()
      .store.read.select({ data: events.data })
      .from(events)
      .where(
        and(eq(events.assignmentId, assignmentId), eq(events.type, "assignment.returned_for_correction")),
      );
    expect(returned?.data).toMatchObject({
      note: "Say more about the colours.",
      answers: { turns: [{ rationale: "It matches what I imagined." }] },
    });
    expect(await outcome(claim(second, studyId))).toBe("ok");
  });

  test("consent taken back withdraws every task in any state, frees the places and ends the rater's part", async () => {
    const { studyId, first, second } = await people({
      raterCount: 2,
      settings: { ...ONE_TURN, targetTrajectories: 2 },
    });
    const done = await oneTurnSession(first, studyId);
    const givenBack = await claim(first, studyId);
    await returnAssignment(ctx(), first, { ...givenBack, submissionId: id() });
    const live = await claim(first, studyId);
    const submissionId = id();
    const withdraw = () => withdrawConsent(ctx(), first, { studyId, submissionId });
    expect(await withdraw()).toEqual({ withdrawn: 3 });
    expect(await withdraw()).toEqual({ withdrawn: 3 });
    for (const assignmentId of [done, givenBack.assignmentId, live.assignmentId]) {
      expect((await row(assignmentId)).status).toBe("withdrawn");
    }
    expect(await placesHeld(studyId)).toBe(0);
    expect(await outcome(claim(first, studyId))).toBe("NOT_ELIGIBLE");
    expect((await getRaterHome(ctx(), first)).available).toMatchObject([
      { refusal: { code: "CONSENT_WITHDRAWN" } },
    ]);
    expect(await outcome(claim(second, studyId))).toBe("ok");
    expect(await outcome(withdrawConsent(ctx(), second, { studyId: "std_other", submissionId: id() }))).toBe(
      "NOT_FOUND",
    );
    const byStaff = { studyId, raterId: second.raterId as string, submissionId: id() };
    expect(await outcome(withdrawConsent(ctx(), first, byStaff))).toBe("FORBIDDEN");
  });

  test("the counter of places follows every transition, also of rows that others delete", async () => {
    const { studyId, first } = await people({});
    const { assignmentId } = await claim(first, studyId);
    expect(await placesHeld(studyId)).toBe(1);
    const { assignments } = ctx().store.t;
    await ctx().store.tx((tx) => tx.delete(assignments).where(eq(assignments.id, assignmentId)));
    expect(await placesHeld(studyId)).toBe(0);
    const late = await createPerson(ctx(), "rater");
    await addToStudy(ctx(), studyId, late);
    expect(await outcome(claim(late, studyId))).toBe("ok");
  });
});
