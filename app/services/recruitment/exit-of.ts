import { and, eq } from "drizzle-orm";
import type { Actor } from "../../domain/actor.ts";
import { type Exit, fillExit } from "../../domain/recruitment.ts";
import type { LoadedSession } from "../assignment/load-session.ts";
import type { AnyReader, ServiceContext } from "../context.ts";

/**
 * Where a rater whom a panel sent goes when they leave: with the completion code once everything is handed in, otherwise
 * as screened out. Null for raters who came in another way, and where the coordinator named no address.
 */
export async function exitOf(
  ctx: ServiceContext,
  reader: AnyReader,
  actor: Actor,
  session: LoadedSession,
  leaving: { kind: "completed"; code: string } | { kind: "screened_out" },
): Promise<Exit | null> {
  const { recruitment } = session.settings;
  const template = leaving.kind === "completed" ? recruitment.completedUrl : recruitment.screenedOutUrl;
  if (template === "") return null;
  const { externalIds } = ctx.store.t;
  const [sent] = await reader
    .select({ externalId: externalIds.externalId })
    .from(externalIds)
    .where(and(eq(externalIds.userId, actor.userId), eq(externalIds.studyId, session.assignment.studyId)));
  if (!sent) return null;
  const { externalSession } = session.assignment;
  return fillExit(template, {
    code: leaving.kind === "completed" ? leaving.code : "",
    pid: sent.externalId,
    study: externalSession?.study ?? "",
    session: externalSession?.session ?? "",
  });
}
