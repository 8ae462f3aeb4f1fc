import { type Actor, assertCapability } from "../../domain/actor.ts";
import { defaultStudySettings } from "../../domain/study-settings.ts";
import type { ServiceContext } from "../context.ts";
import { recordAudit, recordEvent } from "../record-event.ts";
import { submitOnce } from "../submit-once.ts";
import { checkSettings } from "./check-settings.server.ts";
import { checkStudyName } from "./check-study-name.ts";

export interface CreateStudyArgs {
  name: string;
  /** The paper's own study when left out. */
  settings?: unknown;
  submissionId: string;
}
export interface CreateStudyResult {
  studyId: string;
}

/** Makes a study as a draft; nobody can rate in it before it is published. */
export async function createStudy(
  ctx: ServiceContext,
  actor: Actor,
  args: CreateStudyArgs,
): Promise<CreateStudyResult> {
  assertCapability(actor, "study.manage");
  const name = checkStudyName(args.name);
  const draftSettings = checkSettings(ctx, args.settings ?? defaultStudySettings());
  const submission = {
    actorId: actor.userId,
    submissionId: args.submissionId,
    useCase: "create-study",
    body: { name, draftSettings },
  };
  return submitOnce(ctx, submission, async (tx) => {
    const now = ctx.now();
    const studyId = ctx.newId("std");
    await tx.insert(ctx.store.t.studies).values({
      id: studyId,
      name,
      draftSettings,
      createdBy: actor.userId,
      createdAtMs: now,
      updatedAtMs: now,
    });
    await recordEvent(ctx, tx, { type: "study.created", studyId });
    await recordAudit(ctx, tx, {
      actorUserId: actor.userId,
      action: "study.created",
      subjectType: "study",
      subjectId: studyId,
      data: { name },
    });
    return { studyId };
  });
}
