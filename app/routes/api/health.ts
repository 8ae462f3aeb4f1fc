import { servicesOf } from "../../server/http.server.ts";
import type { Route } from "./+types/health";

/** For load balancers: 200 while the database answers. */
export async function loader({ context }: Route.LoaderArgs) {
  try {
    await servicesOf(context).store.ping();
    return Response.json({ status: "ok" }, { headers: { "cache-control": "no-store" } });
  } catch {
    return Response.json({ status: "database unavailable" }, { status: 503 });
  }
}
