import { redirect } from "react-router";
import { paths, phasePath } from "../../domain/paths.ts";
import { load, requireActor, servicesOf } from "../../server/http.server.ts";
import { getSession } from "../../services/assignment/get-session.server.ts";
import type { Route } from "./+types/session";

/** Sends the rater to the page where they stand. */
export async function loader(args: Route.LoaderArgs) {
  const actor = requireActor(args, "rate");
  const { assignmentId } = args.params;
  const session = await load(() => getSession(servicesOf(args.context), actor, { assignmentId }));
  // An offer is taken, or not, on the rater's home.
  throw redirect(session.assignmentStatus === "offered" ? paths.raterHome() : phasePath(session), 303);
}
