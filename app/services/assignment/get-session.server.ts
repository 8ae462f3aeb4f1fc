import type { Actor } from "../../domain/actor.ts";
import type { SessionHeader } from "../../domain/rater-views.ts";
import type { ServiceContext } from "../context.ts";
import { openSession } from "../trajectory/rater-step.ts";

/** Where the rater stands; also renews the lease. */
export async function getSession(
  ctx: ServiceContext,
  actor: Actor,
  args: { assignmentId: string },
): Promise<SessionHeader> {
  return (await openSession(ctx, actor, args.assignmentId)).header;
}
