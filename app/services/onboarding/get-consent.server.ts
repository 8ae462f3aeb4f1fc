import type { Actor } from "../../domain/actor.ts";
import type { ConsentView } from "../../domain/rater-views.ts";
import type { ServiceContext } from "../context.ts";
import { openSession } from "../trajectory/rater-step.ts";

/** The page that asks for consent. */
export async function getConsent(
  ctx: ServiceContext,
  actor: Actor,
  args: { assignmentId: string },
): Promise<ConsentView> {
  const { header, settings } = await openSession(ctx, actor, args.assignmentId);
  const { consent } = settings;
  return { ...header, text: consent.text, version: consent.version, scopes: consent.scopes };
}
