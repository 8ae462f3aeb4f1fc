import { redirect } from "react-router";
import { paths } from "../../domain/paths.ts";
import { formText, load, readForm, requireActor, servicesOf } from "../../server/http.server.ts";
import { hideImage } from "../../services/trajectory/hide-image.server.ts";
import type { Route } from "./+types/hidden-images";

/** Hides an image from its rater, or shows it again. */
export async function action(args: Route.ActionArgs) {
  const actor = requireActor(args, "rate");
  const { assignmentId } = args.params;
  const form = await readForm(args.request);
  const result = await load(() =>
    hideImage(servicesOf(args.context), actor, {
      assignmentId,
      imageId: formText(form, "imageId"),
      hidden: formText(form, "hidden") !== "false",
    }),
  );
  return Response.json(result);
}

/** There is nothing to read here; whoever comes is taken to their work. */
export function loader({ params }: Route.LoaderArgs) {
  throw redirect(paths.session(params.assignmentId), 303);
}
