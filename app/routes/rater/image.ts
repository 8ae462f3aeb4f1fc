import { actorContext } from "../../server/context.server.ts";
import { load, servicesOf } from "../../server/http.server.ts";
import { serveObject } from "../../server/serve-object.server.ts";
import { findImage } from "../../services/trajectory/find-image.server.ts";
import type { Route } from "./+types/image";

/** The display size of an image, to its rater and to staff who may replay. */
export async function loader({ context, params, request }: Route.LoaderArgs) {
  const actor = context.get(actorContext);
  if (!actor) return new Response("Sign in to see this image.", { status: 401 });
  const ctx = servicesOf(context);
  const image = await load(() => findImage(ctx, actor, { imageId: params.imageId, variant: "display" }));
  return serveObject(ctx, request, image);
}
