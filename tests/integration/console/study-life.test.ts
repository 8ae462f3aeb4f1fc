import { eq } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import type { Actor } from "../../../app/domain/actor.ts";
import { defaultStudySettings } from "../../../app/domain/study-settings.ts";
import { createStudy } from "../../../app/services/study/create-study.server.ts";
import { getStudyHeader } from "../../../app/services/study/get-study-header.server.ts";
import { getStudySettings } from "../../../app/services/study/get-study-settings.server.ts";
import { listStudies } from "../../../app/services/study/list-studies.server.ts";
import { listStudyArms } from "../../../app/services/study/list-study-arms.server.ts";
import { setStudyStatus } from "../../../app/services/study/set-study-status.server.ts";
import { updateStudySettings } from "../../../app/services/study/update-study-settings.server.ts";
import { createPerson, describeBothDatabases } from "../../support/context.ts";
import { newSubmission } from "../../support/session.ts";
import { refusal } from "./helpers.ts";

describeBothDatabases("life of a study", (open) => {
  let coordinator: Actor;
  beforeAll(async () => {
    coordinator = await createPerson(open().ctx, "coordinator");
  });

  const create = async (name = "Study") =>
    (await createStudy(open().ctx, coordinator, { name, submissionId: newSubmission() })).studyId;
  const act = (
    studyId: string,
    action: "publish" | "pause" | "resume" | "close" | "reopen",
    submissionId = newSubmission(),
  ) => setStudyStatus(open().ctx, coordinator, { studyId, action, submissionId });

  it("starts as a draft with the paper's settings", async () => {
    const { ctx } = open();
    const studyId = await create("  The   paper's study ");
    const view = await getStudySettings(ctx, coordinator, { studyId });
    expect(view).toMatchObject({
      name: "The paper's study",
      status: "draft",
      version: 0,
      hasUnpublishedChanges: true,
      actions: ["publish"],
    });
    expect(view.draft).toEqual(defaultStudySettings());
    expect(view.choices.t2iModels.map((m) => m.id)).toContain("sketch");
  });

  it("gives one study to a repeated submission, and refuses its id with another body", async () => {
    const { ctx } = open();
    const submissionId = newSubmission();
    const first = await createStudy(ctx, coordinator, { name: "Once", submissionId });
    const again = await createStudy(ctx, coordinator, { name: "Once", submissionId });
    expect(again).toEqual(first);
    const other = await refusal(createStudy(ctx, coordinator, { name: "Twice", submissionId }));
    expect(other.code).toBe("SUBMISSION_ID_REUSED");
  });

  it.each(["", "   ", "x".repeat(121)])("refuses the name %j beside its field", async (name) => {
    const error = await refusal(
      createStudy(open().ctx, coordinator, { name, submissionId: newSubmission() }),
    );
    expect(error).toMatchObject({ code: "INVALID_INPUT", status: 422 });
    expect(error.fields.name).toBeTruthy();
  });

  it.each(["rater", "researcher"] as const)("lets no %s create or change a study", async (role) => {
    const { ctx } = open();
    const actor = await createPerson(ctx, role);
    const studyId = await create();
    const settings = defaultStudySettings();
    const submissionId = newSubmission();
    for (const work of [
      createStudy(ctx, actor, { name: "No", submissionId }),
      updateStudySettings(ctx, actor, { studyId, settings, submissionId }),
      setStudyStatus(ctx, actor, { studyId, action: "publish", submissionId }),
    ]) {
      expect((await refusal(work)).code).toBe("FORBIDDEN");
    }
  });

  it("freezes the draft when it is published, and makes the next version for later assignments", async () => {
    const { ctx } = open();
    const studyId = await create();
    expect(await act(studyId, "publish")).toEqual({ status: "open", version: 1 });

    const settings = { ...defaultStudySettings(), horizon: 3 };
    const saved = await updateStudySettings(ctx, coordinator, {
      studyId,
      settings,
      submissionId: newSubmission(),
    });
    expect(saved.changed).toBe(true);
    expect(await getStudyHeader(ctx, coordinator, { studyId })).toMatchObject({
      version: 1,
      hasUnpublishedChanges: true,
      actions: ["publish", "pause", "close"],
    });

    expect(await act(studyId, "publish")).toEqual({ status: "open", version: 2 });
    const { studyVersions } = ctx.store.t;
    const versions = await ctx.store.read
      .select()
      .from(studyVersions)
      .where(eq(studyVersions.studyId, studyId))
      .orderBy(studyVersions.version);
    expect(versions.map((v) => v.settings.horizon)).toEqual([5, 3]);
    const arms = await listStudyArms(ctx, coordinator, { studyId });
    expect(arms.map((arm) => arm.version)).toEqual([2, 2, 1, 1]);
  });

  it("has nothing to publish while the draft is what is published", async () => {
    const { ctx } = open();
    const studyId = await create();
    await act(studyId, "publish");
    const same = await updateStudySettings(ctx, coordinator, {
      studyId,
      settings: structuredClone(defaultStudySettings()),
      submissionId: newSubmission(),
    });
    expect(same.changed).toBe(false);
    expect((await getStudyHeader(ctx, coordinator, { studyId })).hasUnpublishedChanges).toBe(false);
    expect((await refusal(act(studyId, "publish"))).code).toBe("ILLEGAL_TRANSITION");
  });

  it("pauses, resumes, closes and reopens, and refuses what does not fit", async () => {
    const studyId = await create();
    expect((await refusal(act(studyId, "pause"))).code).toBe("ILLEGAL_TRANSITION");
    await act(studyId, "publish");
    expect((await act(studyId, "pause")).status).toBe("paused");
    expect((await refusal(act(studyId, "pause"))).code).toBe("ILLEGAL_TRANSITION");
    expect((await act(studyId, "resume")).status).toBe("open");
    expect((await act(studyId, "close")).status).toBe("closed");
    expect((await act(studyId, "reopen")).status).toBe("open");
  });

  it("has one effect when one action is sent twice at the same moment", async () => {
    const { ctx } = open();
    const studyId = await create();
    const submissionId = newSubmission();
    const [a, b] = await Promise.all([
      act(studyId, "publish", submissionId),
      act(studyId, "publish", submissionId),
    ]);
    expect(a).toEqual(b);
    const { auditLog } = ctx.store.t;
    const entries = await ctx.store.read.select().from(auditLog).where(eq(auditLog.subjectId, studyId));
    expect(entries.map((e) => e.action)).toEqual(["study.created", "study.publish"]);
  });

  it("publishes once when two coordinators publish at the same moment", async () => {
    const studyId = await create();
    const results = await Promise.allSettled([act(studyId, "publish"), act(studyId, "publish")]);
    expect(results.map((r) => r.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect((await getStudyHeader(open().ctx, coordinator, { studyId })).version).toBe(1);
  });

  it("lists studies newest first with the published target", async () => {
    const { ctx, advance } = open();
    advance(1000);
    const older = await create("Older");
    advance(1000);
    const newer = await create("Newer");
    await act(older, "publish");
    await updateStudySettings(ctx, coordinator, {
      studyId: older,
      settings: { ...defaultStudySettings(), targetTrajectories: 7 },
      submissionId: newSubmission(),
    });
    const rows = await listStudies(ctx, coordinator);
    expect(rows.slice(0, 2).map((r) => r.studyId)).toEqual([newer, older]);
    expect(rows[1]).toMatchObject({
      name: "Older",
      status: "open",
      version: 1,
      target: 100,
      completed: 0,
      live: 0,
    });
  });

  it("knows no study by a made-up id", async () => {
    const { ctx } = open();
    expect((await refusal(getStudyHeader(ctx, coordinator, { studyId: "std_none" }))).code).toBe("NOT_FOUND");
    expect((await refusal(act("std_none", "publish"))).code).toBe("NOT_FOUND");
  });
});
