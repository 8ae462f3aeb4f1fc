import { redirect } from "react-router";
import { RequestError } from "../../domain/errors.ts";
import { paths } from "../../domain/paths.ts";
import { localPath } from "../../features/account/local-path.ts";
import { formText, readForm, requireActor, servicesOf, toResponse } from "../../server/http.server.ts";
import { reportProblem } from "../../services/problem/report-problem.server.ts";
import type { Route } from "./+types/problems";

/** Takes a problem report: JSON for scripts that ask for it, otherwise back to the page that it came from. */
export async function action(args: Route.ActionArgs) {
  const actor = requireActor(args, "rate");
  const { assignmentId } = args.params;
  const form = await readForm(args.request);
  const wantsJson = args.request.headers.get("accept")?.includes("application/json") ?? false;
  const turnNumber = formText(form, "turnNumber");
  try {
    const reported = await reportProblem(servicesOf(args.context), actor, {
      assignmentId,
      kind: formText(form, "kind"),
      text: formText(form, "text"),
      submissionId: formText(form, "submissionId"),
      // A turn that cannot be is left out: what the person wrote counts.
      ...(/^[1-9]\d{0,5}$/.test(turnNumber) ? { turnNumber: Number(turnNumber) } : {}),
      ...(formText(form, "imageId") ? { imageId: formText(form, "imageId") } : {}),
    });
    if (wantsJson) return Response.json(reported);
    const next = localPath(formText(form, "next"), paths.session(assignmentId));
    return redirect(`${next}${next.includes("?") ? "&" : "?"}reported`, 303);
  } catch (error) {
    if (wantsJson && error instanceof RequestError) {
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
