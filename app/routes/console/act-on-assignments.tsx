import { data } from "react-router";
import { isCoordinatorAction } from "../../domain/coordinator-action.ts";
import { RequestError } from "../../domain/errors.ts";
import { failureOf } from "../../features/console/failure.ts";
import { WorkAction } from "../../features/console/work-action.tsx";
import {
  formText,
  handleFailure,
  load,
  readForm,
  requireActor,
  servicesOf,
  toResponse,
} from "../../server/http.server.ts";
import { actOnMany } from "../../services/assignment/act-on-many.server.ts";
import { listWork } from "../../services/assignment/list-work.server.ts";
import type { Route } from "./+types/act-on-assignments";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = () => [{ title: "Assignments · Turnwise" }];

function readAction(url: URL) {
  const action = url.searchParams.get("do");
  if (isCoordinatorAction(action)) return action;
  throw toResponse(new RequestError("BAD_REQUEST", "There is no such action."));
}

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const actor = requireActor({ context, url }, "study.manage");
  const services = servicesOf(context);
  const action = readAction(url);
  const assignmentIds = url.searchParams.getAll("on").slice(0, 100);
  const { rows } = await load(() =>
    listWork(services, actor, { studyId: params.studyId, assignmentIds, limit: 100 }),
  );
  return { action, rows, back: url.searchParams.get("back") ?? "", submissionId: services.newId("sub") };
}

export async function action({ request, context, params, url }: Route.ActionArgs) {
  const actor = requireActor({ context, url }, "study.manage");
  const form = await readForm(request);
  const typed = {
    reason: formText(form, "reason"),
    note: formText(form, "note"),
    minutes: formText(form, "minutes"),
    place: formText(form, "place"),
  };
  const submissionId = formText(form, "submissionId");
  try {
    const outcomes = await actOnMany(servicesOf(context), actor, {
      studyId: params.studyId,
      action: readAction(url),
      assignmentIds: form.getAll("on").filter((id) => typeof id === "string"),
      reason: typed.reason,
      note: typed.note,
      reusePlace: typed.place === "" ? undefined : typed.place === "reuse",
      minutes: /^\d{1,6}$/.test(typed.minutes.trim()) ? Number(typed.minutes) : undefined,
      submissionId,
    });
    return { outcomes };
  } catch (error) {
    const failure = handleFailure(error);
    return data({ ...failure.data, typed, submissionId }, failure.init ?? undefined);
  }
}

/** Says what an action on some assignments means for their raters, does it, and reports row by row. */
export default function ActOnAssignments({ loaderData, actionData, params }: Route.ComponentProps) {
  // After a fault some rows may be done: the same id keeps them from being done twice.
  const again = actionData && "submissionId" in actionData ? { submissionId: actionData.submissionId } : {};
  return (
    <WorkAction
      {...loaderData}
      {...again}
      studyId={params.studyId}
      failure={failureOf(actionData)}
      typed={actionData && "typed" in actionData ? actionData.typed : null}
      outcomes={actionData && "outcomes" in actionData ? actionData.outcomes : null}
    />
  );
}
