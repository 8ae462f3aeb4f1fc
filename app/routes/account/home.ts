import { redirect } from "react-router";
import { paths } from "../../domain/paths.ts";
import { homePathOf } from "../../domain/roles.ts";
import { actorContext } from "../../server/context.server.ts";
import type { Route } from "./+types/home";

/** "/" is nobody's page: everyone is sent to where their work starts. */
export function loader({ context }: Route.LoaderArgs) {
  const actor = context.get(actorContext);
  throw redirect(actor ? homePathOf(actor.role) : paths.signIn(), 303);
}
