import { load, positiveInt, requireActor, servicesOf } from "../../server/http.server.ts";
import { streamTurn } from "../../server/turn-stream.server.ts";
import { findTurnId } from "../../services/trajectory/find-turn-id.server.ts";
import { getTurnProgress } from "../../services/trajectory/get-turn-progress.server.ts";
import type { Route } from "./+types/turn-events";

/** How far a turn's images are, as server-sent events until they are all there. */
export async function loader(args: Route.LoaderArgs) {
  const actor = requireActor(args, "rate");
  const ctx = servicesOf(args.context);
  const place = { assignmentId: args.params.assignmentId, turnNumber: positiveInt(args.params.turnNumber) };
  const first = await load(() => getTurnProgress(ctx, actor, place));
  const turnId = await load(() => findTurnId(ctx, actor, place));
  return streamTurn(ctx, { turnId, first, signal: args.request.signal });
}
