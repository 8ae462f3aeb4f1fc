import { eq } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { notFound, RequestError } from "../../domain/errors.ts";
import type { ServiceContext } from "../context.ts";
import { recordEvent } from "../record-event.ts";
import { submitOnce } from "../submit-once.ts";
import { checkSettings } from "./check-settings.server.ts";
import { checkStudyName } from "./check-study-name.ts";
import { sameSettings } from "./stored-settings.ts";

export interface UpdateStudySettingsArgs {
  studyId: string;
  /** Left as it is when undefined. */
  name?: string;
  settings: unknown;
  submissionId: string;
}
export interface UpdateStudySettingsResult {
  studyId: string;
  /** False when the draft already said the same. */
  changed: boolean;
}

/** Saves the draft. Published versions never change: the draft counts once it is published. */
export async function updateStudySettings(
  ctx: ServiceContext,
  actor: Actor,
  args: UpdateStudySettingsArgs,
): Promise<UpdateStudySettingsResult> {
  assertCapability(actor, "study.manage");
  const { studyId } = args;
  const { name, settings } = checkAll(ctx, args);
  const submission = {
    actorId: actor.userId,
    submissionId: args.submissionId,
    useCase: "update-study-settings",
    body: { studyId, name: name ?? null, settings },
  };
  return submitOnce(ctx, submission, async (tx) => {
    const { studies } = ctx.store.t;
    const [study] = await tx.forUpdate(tx.select().from(studies).where(eq(studies.id, studyId)));
    if (!study) throw notFound("study");
    const newName = name ?? study.name;
    const changed = newName !== study.name || !sameSettings(settings, study.draftSettings);
    if (changed) {
      await tx
        .update(studies)
        .set({ name: newName, draftSettings: settings, updatedAtMs: ctx.now() })
        .where(eq(studies.id, studyId));
      await recordEvent(ctx, tx, { type: "study.draft_saved", studyId, data: { savedBy: actor.userId } });
    }
    return { studyId, changed };
  });
}

/** Checks name and settings together, so that one answer names every field that is wrong. */
function checkAll(ctx: ServiceContext, args: UpdateStudySettingsArgs) {
  const fields: Record<string, string> = {};
  const collect = <T>(check: () => T): T | undefined => {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof RequestError) || error.code !== "INVALID_INPUT") throw error;
      Object.assign(fields, error.fields);
      return undefined;
    }
  };
  const name = args.name === undefined ? undefined : collect(() => checkStudyName(args.name ?? ""));
  const settings = collect(() => checkSettings(ctx, args.settings));
  const n = Object.keys(fields).length;
  if (n > 0 || settings === undefined) {
    const message = n === 1 ? "One setting needs your attention." : `${n} settings need your attention.`;
    throw new RequestError("INVALID_INPUT", message, fields);
  }
  return { name, settings };
}
