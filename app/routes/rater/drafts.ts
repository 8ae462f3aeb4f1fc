import { redirect } from "react-router";
import { RequestError } from "../../domain/errors.ts";
import { paths } from "../../domain/paths.ts";
import { formText, readForm, requireActor, servicesOf, toResponse } from "../../server/http.server.ts";
import { saveDraft } from "../../services/trajectory/save-draft.server.ts";
import type { Route } from "./+types/drafts";

/** Keeps what is being typed. */
export async function action(args: Route.ActionArgs) {
  const actor = requireActor(args, "rate");
  const form = await readForm(args.request);
  try {
    const saved = await saveDraft(servicesOf(args.context), actor, {
      assignmentId: args.params.assignmentId,
      field: formText(form, "field"),
      value: formText(form, "value"),
    });
    return Response.json(saved);
  } catch (error) {
    if (error instanceof RequestError) {
      const { code, userMessage: message, fields, status } = error;
      return Response.json({ error: { code, message, fields } }, { status });
    }
    throw toResponse(error);
  }
}

/** There is nothing to read here; whoever comes is taken to their work. */
export function loader({ params }: Route.LoaderArgs) {
  throw redirect(paths.session(params.assignmentId), 303);
}
