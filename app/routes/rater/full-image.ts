import { load, requireActor, servicesOf } from "../../server/http.server.ts";
import { serveMadeBytes } from "../../server/serve-object.server.ts";
import { makeFullImage } from "../../services/trajectory/make-full-image.server.ts";
import type { Route } from "./+types/full-image";

/** Every pixel of an image, to its rater. */
export async function loader({ context, params, request, url }: Route.LoaderArgs) {
  const actor = requireActor({ context, url }, "rate");
  const ctx = servicesOf(context);
  const image = await load(() => makeFullImage(ctx, actor, { imageId: params.imageId }));
  return serveMadeBytes(ctx, request, image);
}
