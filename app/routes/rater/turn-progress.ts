import { load, positiveInt, requireActor, servicesOf } from "../../server/http.server.ts";
import { getTurnProgress } from "../../services/trajectory/get-turn-progress.server.ts";
import type { Route } from "./+types/turn-progress";

/** How far a turn's images are, as JSON. */
export async function loader(args: Route.LoaderArgs) {
  const actor = requireActor(args, "rate");
  const { assignmentId } = args.params;
  const turnNumber = positiveInt(args.params.turnNumber);
  const progress = await load(() =>
    getTurnProgress(servicesOf(args.context), actor, { assignmentId, turnNumber }),
  );
  return Response.json(progress, { headers: { "cache-control": "no-store" } });
}
