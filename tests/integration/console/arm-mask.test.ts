import { asc, eq } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import type { Actor } from "../../../app/domain/actor.ts";
import { listAudit } from "../../../app/services/audit/list-audit.server.ts";
import { getReplay } from "../../../app/services/dataset/get-replay.server.ts";
import { listTrajectories } from "../../../app/services/dataset/list-trajectories.server.ts";
import { getStudyMonitor } from "../../../app/services/study/get-study-monitor.server.ts";
import { getStudyProgress } from "../../../app/services/study/get-study-progress.server.ts";
import { listStudyArms } from "../../../app/services/study/list-study-arms.server.ts";
import { setArmStatus } from "../../../app/services/study/set-arm-status.server.ts";
import { setStudyStatus } from "../../../app/services/study/set-study-status.server.ts";
import { unlockAnalysis } from "../../../app/services/study/unlock-analysis.server.ts";
import { updateStudySettings } from "../../../app/services/study/update-study-settings.server.ts";
import { createPerson, describeBothDatabases, quickSettings } from "../../support/context.ts";
import { newSubmission, openStudy, runDueSteps, sendPrompt, startTask } from "../../support/session.ts";
import { refusal } from "./helpers.ts";

describeBothDatabases("arms under their letters", (open) => {
  let studyId: string;
  let coordinator: Actor;
  let researcher: Actor;
  let trajectoryId: string;
  const names = quickSettings().arms.map((arm) => arm.label);
  const reason = "All trajectories are in, and the plan is registered.";

  beforeAll(async () => {
    const { ctx } = open();
    let raters: Actor[];
    ({ studyId, coordinator, raters } = await openStudy(ctx, { raterCount: 1 }));
    researcher = await createPerson(ctx, "researcher");
    const rater = raters[0] as Actor;
    const task = await startTask(ctx, rater, studyId);
    await sendPrompt(ctx, rater, task, "a white cat");
    await runDueSteps(ctx);
    const { rows } = await listTrajectories(ctx, researcher, { studyId });
    trajectoryId = rows[0]?.trajectoryId ?? "";
  });

  async function seenBy(actor: Actor) {
    const { ctx } = open();
    return {
      monitor: (await getStudyMonitor(ctx, actor, { studyId })).arms,
      progress: (await getStudyProgress(ctx, actor, { studyId })).arms,
      filter: await listStudyArms(ctx, actor, { studyId }),
      list: (await listTrajectories(ctx, actor, { studyId })).rows.map((row) => row.armLabel),
      replayed: (await getReplay(ctx, actor, { trajectoryId })).armLabel,
    };
  }

  it("tells a coordinator no arm's name, key, agent or model, in the order of the letters", async () => {
    const { ctx } = open();
    const seen = await seenBy(coordinator);
    const text = JSON.stringify(seen);
    for (const arm of quickSettings().arms) {
      expect(text).not.toContain(arm.label);
      expect(text).not.toContain(`"${arm.key}"`);
    }
    expect(seen.monitor.map((arm) => arm.label)).toEqual(["Arm A", "Arm B"]);
    expect(seen.filter.map((arm) => arm.label)).toEqual(["Arm A", "Arm B"]);
    expect(seen.progress.map((arm) => [arm.arm, arm.name])).toEqual([
      ["A", null],
      ["B", null],
    ]);
    expect(seen.list).toEqual([expect.stringMatching(/^Arm [AB]$/)]);
    expect(seen.replayed).toBe(seen.list[0]);
    const replay = await getReplay(ctx, coordinator, { trajectoryId });
    expect(replay).toMatchObject({ armsHidden: true, agentVersion: null, t2iModel: null });
  });

  it("writes down that a coordinator looked at a replay before the analysis was unlocked", async () => {
    const { ctx } = open();
    await getReplay(ctx, coordinator, { trajectoryId });
    const { auditLog } = ctx.store.t;
    const looks = await ctx.store.read
      .select({ who: auditLog.actorUserId, data: auditLog.data })
      .from(auditLog)
      .where(eq(auditLog.subjectId, trajectoryId));
    expect(looks).toContainEqual({ who: coordinator.userId, data: { blind: true } });
  });

  it("names arms to researchers", async () => {
    const seen = await seenBy(researcher);
    expect(seen.monitor.map((arm) => arm.label).sort()).toEqual([...names].sort());
    expect(seen.progress.map((arm) => arm.name).sort()).toEqual([...names].sort());
    expect(names).toContain(seen.replayed);
  });

  it("gives letters that do not follow the order of the settings", async () => {
    const { ctx } = open();
    const { arms } = ctx.store.t;
    const orders = new Set<string>();
    for (let i = 0; i < 12 && orders.size < 2; i++) {
      const { studyId } = await openStudy(ctx, { raterCount: 0 });
      const { arms: shown } = await getStudyMonitor(ctx, researcher, { studyId });
      const letterOf = new Map(shown.map((arm) => [arm.armId, arm.letter]));
      const rows = await ctx.store.read
        .select({ id: arms.id })
        .from(arms)
        .where(eq(arms.studyId, studyId))
        .orderBy(asc(arms.armKey));
      orders.add(rows.map((row) => letterOf.get(row.id)).join());
    }
    expect([...orders].sort()).toEqual(["A,B", "B,A"]);
  });

  it("unlocks once, with a reason, and then the pages and the API name the arms under the same letters", async () => {
    const { ctx } = open();
    const unlock = (actor: Actor, why: string) =>
      unlockAnalysis(ctx, actor, { studyId, reason: why, submissionId: newSubmission() });
    expect((await refusal(unlock(researcher, reason))).code).toBe("FORBIDDEN");
    expect((await refusal(unlock(coordinator, "  why  "))).fields.reason).toMatch(/at least 10/);
    const before = await seenBy(coordinator);
    const letters = new Map(before.monitor.map((arm) => [arm.armId, arm.letter]));

    await unlock(coordinator, reason);
    const after = await seenBy(coordinator);
    for (const arm of after.monitor) expect(arm.letter).toBe(letters.get(arm.armId));
    expect(after.monitor.map((arm) => arm.label).sort()).toEqual([...names].sort());
    expect(after.progress.map((arm) => arm.name)).toEqual(after.monitor.map((arm) => arm.label));
    expect(names).toContain(after.replayed);
    expect((await refusal(unlock(coordinator, reason))).code).toBe("ILLEGAL_TRANSITION");

    const { auditLog } = ctx.store.t;
    const entries = await ctx.store.read
      .select({ who: auditLog.actorUserId, data: auditLog.data })
      .from(auditLog)
      .where(eq(auditLog.action, "analysis.unlocked"));
    expect(entries).toEqual([{ who: coordinator.userId, data: { reason } }]);
  });

  it("tells of arms in the audit log once their study is unlocked, and warns while every arm is paused", async () => {
    const { ctx } = open();
    const { studyId, coordinator } = await openStudy(ctx, { raterCount: 0 });
    const monitor = () => getStudyMonitor(ctx, coordinator, { studyId });
    const logged = async () => {
      const { rows } = await listAudit(ctx, coordinator, { action: "arm.paused" });
      return rows.filter((row) => row.subjectId === studyId).map((row) => Object.keys(row.data));
    };
    const { arms } = await monitor();
    for (const [i, { letter }] of arms.entries()) {
      expect((await monitor()).allArmsPaused, `with ${i} of ${arms.length} paused`).toBe(false);
      await setArmStatus(ctx, coordinator, {
        studyId,
        letter,
        status: "paused",
        submissionId: newSubmission(),
      });
    }
    expect((await monitor()).allArmsPaused).toBe(true);
    expect((await monitor()).arms.map((arm) => arm.status)).toEqual(arms.map(() => "paused"));
    expect(await logged()).toEqual(arms.map(() => []));
    await unlockAnalysis(ctx, coordinator, { studyId, reason, submissionId: newSubmission() });
    expect(await logged()).toEqual(arms.map(() => ["armKey"]));
  });

  it("keeps the letters of arms when another version adds one", async () => {
    const { ctx } = open();
    const { studyId, coordinator } = await openStudy(ctx, { raterCount: 0 });
    const lettersOf = async () => {
      const { arms } = await getStudyMonitor(ctx, researcher, { studyId });
      return new Map(arms.map((arm) => [arm.label, arm.letter]));
    };
    const before = await lettersOf();
    const settings = quickSettings();
    const [first] = settings.arms;
    if (!first) throw new Error("no arm");
    settings.arms = [{ ...first, key: "aaa-new", label: "A new arm" }, ...settings.arms];
    await updateStudySettings(ctx, coordinator, { studyId, settings, submissionId: newSubmission() });
    await setStudyStatus(ctx, coordinator, { studyId, action: "publish", submissionId: newSubmission() });
    const after = await lettersOf();
    expect(after.get("A new arm")).toBe("C");
    for (const [label, letter] of before) expect(after.get(label)).toBe(letter);
  });
});
