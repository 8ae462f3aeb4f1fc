import type { MiddlewareFunction } from "react-router";
import type { Actor } from "../domain/actor.ts";
import { isRole } from "../domain/roles.ts";
import { findActor } from "../services/identity/find-actor.server.ts";
import { actorContext, authContext, servicesContext } from "./context.server.ts";

/** Looks up who is signed in, once per request. */
export const actorMiddleware: MiddlewareFunction<Response> = async ({ request, context }, next) => {
  const refreshed: string[] = [];
  if (request.headers.has("cookie")) {
    const { response: session, headers } = await context
      .get(authContext)
      .api.getSession({ headers: request.headers, returnHeaders: true });
    // A session that is used lives on: its cookie has to be sent again when the row is extended.
    refreshed.push(...headers.getSetCookie());
    const user = session?.user;
    if (user && isRole(user.role)) {
      const actor: Actor = await findActor(context.get(servicesContext), {
        userId: user.id,
        email: user.email,
        name: user.name,
        role: user.role,
      });
      context.set(actorContext, actor);
    }
  }
  const response = await next();
  for (const cookie of refreshed) response.headers.append("set-cookie", cookie);
  return response;
};
