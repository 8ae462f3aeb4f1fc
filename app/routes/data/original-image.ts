import { load, requireActor, servicesOf } from "../../server/http.server.ts";
import { serveObject } from "../../server/serve-object.server.ts";
import { findImage } from "../../services/trajectory/find-image.server.ts";
import type { Route } from "./+types/original-image";

/** The image as the model made it. */
export async function loader({ context, params, request, url }: Route.LoaderArgs) {
  const actor = requireActor({ context, url }, "trajectory.replay");
  const ctx = servicesOf(context);
  const image = await load(() => findImage(ctx, actor, { imageId: params.imageId, variant: "original" }));
  return serveObject(ctx, request, image);
}
