import { and, eq } from "drizzle-orm";
import type { Tx } from "../../../db/store.ts";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { notFound, RequestError } from "../../domain/errors.ts";
import { type StudyAction, type StudyStatus, transitionStudy } from "../../domain/study.ts";
import type { StudySettings } from "../../domain/study-settings.ts";
import type { ServiceContext } from "../context.ts";
import { recordAudit, recordEvent } from "../record-event.ts";
import { submitOnce } from "../submit-once.ts";
import { checkSettings } from "./check-settings.server.ts";
import { getStudyState } from "./get-study-state.server.ts";

export interface SetStudyStatusArgs {
  studyId: string;
  action: StudyAction;
  submissionId: string;
}
export interface SetStudyStatusResult {
  status: StudyStatus;
  version: number;
}

/**
 * Publishes, pauses, resumes, closes or reopens a study. Publishing freezes the draft as the next version; in a
 * running study the version counts for assignments from then on, and those under way keep theirs. An imported study is
 * never opened (ILLEGAL_TRANSITION).
 */
export async function setStudyStatus(
  ctx: ServiceContext,
  actor: Actor,
  args: SetStudyStatusArgs,
): Promise<SetStudyStatusResult> {
  assertCapability(actor, "study.manage");
  const { studyId, action } = args;
  const submission = {
    actorId: actor.userId,
    submissionId: args.submissionId,
    useCase: "set-study-status",
    body: { studyId, action },
  };
  return submitOnce(ctx, submission, async (tx) => {
    const { studies } = ctx.store.t;
    const [locked] = await tx.forUpdate(
      tx.select({ id: studies.id, imported: studies.imported }).from(studies).where(eq(studies.id, studyId)),
    );
    if (locked?.imported) {
      const message =
        "This study was imported: it stays closed, so that new data never mix with a dataset's.";
      throw new RequestError("ILLEGAL_TRANSITION", message);
    }
    const state = await getStudyState(ctx, tx, studyId);
    const { study } = state;
    const to = statusAfter(study.status, action, state.hasUnpublishedChanges);
    const version = action === "publish" ? study.currentVersion + 1 : study.currentVersion;
    if (action === "publish") await freeze(ctx, tx, actor, studyId, version, state.draft);
    const moved = await tx
      .update(studies)
      .set({ status: to, currentVersion: version, updatedAtMs: ctx.now() })
      .where(
        and(
          eq(studies.id, studyId),
          eq(studies.status, study.status),
          eq(studies.currentVersion, study.currentVersion),
        ),
      )
      .returning({ id: studies.id });
    if (moved.length === 0) throw notFound("study");
    const data = { action, from: study.status, to, version };
    await recordEvent(ctx, tx, { type: `study.${action}`, studyId, data });
    await recordAudit(ctx, tx, {
      actorUserId: actor.userId,
      action: `study.${action}`,
      subjectType: "study",
      subjectId: studyId,
      data,
    });
    return { status: to, version };
  });
}

function statusAfter(from: StudyStatus, action: StudyAction, hasChanges: boolean): StudyStatus {
  const to = transitionStudy(from, action);
  if (to) return to;
  const running = from === "open" || from === "paused";
  if (action === "publish" && running) {
    if (hasChanges) return from;
    throw new RequestError(
      "ILLEGAL_TRANSITION",
      "There are no changes to publish: the draft is what is published.",
    );
  }
  throw new RequestError(
    "ILLEGAL_TRANSITION",
    `The study is ${from} now, so you cannot ${action} it. Reload the page to see its state.`,
  );
}

/** Copies the draft into `study_versions` with its arms. */
async function freeze(
  ctx: ServiceContext,
  tx: Tx,
  actor: Actor,
  studyId: string,
  version: number,
  draft: StudySettings,
): Promise<void> {
  const { studyVersions, arms } = ctx.store.t;
  // An agent may have left this server since the draft was saved.
  const settings = checkSettings(ctx, draft);
  await tx.insert(studyVersions).values({
    studyId,
    version,
    settings,
    publishedBy: actor.userId,
    publishedAtMs: ctx.now(),
  });
  // A paused arm stays paused: publishing another change must not open it.
  const paused = await tx
    .select({ armKey: arms.armKey })
    .from(arms)
    .where(and(eq(arms.studyId, studyId), eq(arms.studyVersion, version - 1), eq(arms.status, "paused")));
  const pausedKeys = new Set(paused.map((arm) => arm.armKey));
  await tx.insert(arms).values(
    settings.arms.map((arm) => ({
      id: ctx.newId("arm"),
      studyId,
      studyVersion: version,
      armKey: arm.key,
      label: arm.label,
      weight: arm.weight,
      agent: arm.agent,
      status: pausedKeys.has(arm.key) ? ("paused" as const) : ("open" as const),
    })),
  );
}
