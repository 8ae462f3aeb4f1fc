import { data } from "react-router";
import { failureOf } from "../../features/console/failure.ts";
import { OfferForm } from "../../features/console/offer-form.tsx";
import {
  formText,
  handleFailure,
  load,
  readForm,
  requireActor,
  servicesOf,
} from "../../server/http.server.ts";
import { listOfferChoices } from "../../services/assignment/list-offer-choices.server.ts";
import { offerAssignment } from "../../services/assignment/offer-assignment.server.ts";
import type { Route } from "./+types/offer-assignments";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = () => [{ title: "Offer tasks · Turnwise" }];

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const actor = requireActor({ context, url }, "study.manage");
  const services = servicesOf(context);
  const choices = await load(() => listOfferChoices(services, actor, { studyId: params.studyId }));
  return { choices, submissionId: services.newId("sub") };
}

export async function action({ request, context, params, url }: Route.ActionArgs) {
  const actor = requireActor({ context, url }, "study.manage");
  const form = await readForm(request);
  const raterId = formText(form, "raterId");
  const typed = {
    kind: formText(form, "kind"),
    raterId,
    pool: formText(form, "pool"),
    minutes: formText(form, "minutes").trim(),
  };
  try {
    const offers = await offerAssignment(servicesOf(context), actor, {
      studyId: params.studyId,
      to: typed.kind === "pool" ? { pool: typed.pool } : { raterIds: raterId === "" ? [] : [raterId] },
      minutes: typed.minutes === "" ? undefined : Number(typed.minutes),
      submissionId: formText(form, "submissionId"),
    });
    return { offers, typed };
  } catch (error) {
    const failure = handleFailure(error);
    return data({ ...failure.data, typed }, failure.init ?? undefined);
  }
}

/** Holds places for a rater or a group. */
export default function OfferAssignments({ loaderData, actionData, params }: Route.ComponentProps) {
  return (
    <OfferForm
      {...loaderData}
      studyId={params.studyId}
      failure={failureOf(actionData)}
      typed={actionData?.typed ?? null}
      offers={actionData && "offers" in actionData ? actionData.offers : null}
    />
  );
}
