import { and, desc, eq } from "drizzle-orm";
import type { Actor } from "../../domain/actor.ts";
import { isLive } from "../../domain/assignment.ts";
import { RequestError } from "../../domain/errors.ts";
import { paths } from "../../domain/paths.ts";
import type { ArrivalIds, Exit } from "../../domain/recruitment.ts";
import { claimAssignment } from "../assignment/claim-assignment.server.ts";
import type { ServiceContext } from "../context.ts";
import { settingsOfVersion } from "../study/settings-of-version.ts";
import { exitFor } from "./get-arrival.server.ts";

export type StartedArrival =
  /** `path`: where the rater goes on. */
  | { kind: "ready"; path: string }
  | { kind: "refused"; code: string; text: string; untilMs?: number; exit: Exit | null };

/**
 * Brings a rater who arrived by a link to their work: what they have under way, the code of what they have finished in
 * this session of the panel, or else a new task. What there is no place for is refused with its true reason.
 */
export async function startArrival(
  ctx: ServiceContext,
  actor: Actor,
  args: { studyId: string; ids: ArrivalIds; submissionId: string },
): Promise<StartedArrival> {
  const { studyId, ids } = args;
  const existing = await findExisting(ctx, actor, studyId, ids.session);
  if (existing) return { kind: "ready", path: existing };
  try {
    const { assignmentId } = await claimAssignment(ctx, actor, {
      studyId,
      submissionId: args.submissionId,
      externalSession: { session: ids.session, study: ids.externalStudy },
    });
    return { kind: "ready", path: paths.session(assignmentId) };
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    const refusal = error.details.refusal as { code: string; untilMs?: number } | undefined;
    if (!refusal) throw error;
    const { studies } = ctx.store.t;
    const [study] = await ctx.store.read.select().from(studies).where(eq(studies.id, studyId));
    const settings = await settingsOfVersion(ctx, ctx.store.read, studyId, study?.currentVersion ?? 1);
    return {
      kind: "refused",
      text: error.userMessage,
      ...refusal,
      exit: exitFor(refusal.code, settings, ids),
    };
  }
}

/** The rater's latest task of the study, where coming back means going on with it. */
async function findExisting(
  ctx: ServiceContext,
  actor: Actor,
  studyId: string,
  session: string,
): Promise<string | null> {
  const { assignments, trajectories } = ctx.store.t;
  const [latest] = await ctx.store.read
    .select({ assignment: assignments, phase: trajectories.phase })
    .from(assignments)
    .innerJoin(trajectories, eq(trajectories.assignmentId, assignments.id))
    .where(and(eq(assignments.studyId, studyId), eq(assignments.raterId, actor.raterId ?? "")))
    .orderBy(desc(assignments.startedAtMs), desc(assignments.id))
    .limit(1);
  if (!latest) return null;
  const { id, status, externalSession } = latest.assignment;
  if (status === "offered") return paths.raterHome();
  // Work whose lease ran out is taken up again on its own page, which says so where there is no place left.
  if (isLive(status) || status === "expired") return paths.session(id);
  const isSameVisit = (externalSession?.session ?? "") === session;
  return latest.phase === "done" && status !== "withdrawn" && isSameVisit ? paths.done(id) : null;
}
