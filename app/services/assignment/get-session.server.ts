import { type Actor, assertCapability } from "../../domain/actor.ts";
import type { SessionHeader } from "../../domain/rater-views.ts";
import type { ServiceContext } from "../context.ts";
import { loadSession } from "./load-session.ts";
import { renewLease } from "./renew-lease.ts";

/** Where the rater stands; also renews the lease. */
export async function getSession(
  ctx: ServiceContext,
  actor: Actor,
  args: { assignmentId: string },
): Promise<SessionHeader> {
  assertCapability(actor, "rate");
  const session = await loadSession(ctx, ctx.store.read, actor, args.assignmentId);
  await renewLease(ctx, session);
  return session.header;
}
