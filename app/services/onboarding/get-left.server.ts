import { type Actor, assertCapability } from "../../domain/actor.ts";
import { RequestError } from "../../domain/errors.ts";
import type { LeftView } from "../../domain/rater-views.ts";
import { loadSession } from "../assignment/load-session.ts";
import type { ServiceContext } from "../context.ts";
import { exitOf } from "../recruitment/exit-of.ts";

/** The goodbye to somebody who declined the consent. The lease is not renewed: there is none any more. */
export async function getLeft(
  ctx: ServiceContext,
  actor: Actor,
  args: { assignmentId: string },
): Promise<LeftView> {
  assertCapability(actor, "rate");
  const session = await loadSession(ctx, ctx.store.read, actor, args.assignmentId);
  const { assignment, trajectory, header } = session;
  if (!["returned", "expired"].includes(assignment.status) || trajectory.phase !== "consent") {
    throw new RequestError("WRONG_PHASE", "This task was not declined.");
  }
  return {
    ...header,
    exit: await exitOf(ctx, ctx.store.read, actor, session, { kind: "screened_out" }),
  };
}
