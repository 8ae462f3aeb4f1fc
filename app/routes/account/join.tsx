import { data, redirect } from "react-router";
import { RequestError } from "../../domain/errors.ts";
import { JoinPage, type JoinRefusal } from "../../features/account/join-page.tsx";
import { actorContext, clientAddressContext } from "../../server/context.server.ts";
import { formText, load, readForm, servicesOf, toResponse } from "../../server/http.server.ts";
import { signInRater } from "../../server/sign-in.server.ts";
import { findActor } from "../../services/identity/find-actor.server.ts";
import { admitArrival } from "../../services/recruitment/admit-arrival.server.ts";
import { getArrival } from "../../services/recruitment/get-arrival.server.ts";
import { readArrival } from "../../services/recruitment/read-arrival.server.ts";
import { startArrival } from "../../services/recruitment/start-arrival.server.ts";
import type { Route } from "./+types/join";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = () => [{ title: "Take part · Turnwise" }];

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const actor = context.get(actorContext);
  const { isOwnId, ...arrival } = await load(() =>
    getArrival(servicesOf(context), {
      slug: params.slug,
      parameters: url.searchParams,
      signedInUserId: actor?.userId ?? null,
    }),
  );
  return {
    arrival,
    signedInAs: actor && !isOwnId ? actor.name : null,
    submissionId: crypto.randomUUID(),
  };
}

/** Lets the person in: an account, a session, a place, and on to the first page of their task. */
export async function action({ request, context, params, url }: Route.ActionArgs) {
  const ctx = servicesOf(context);
  const form = await readForm(request);
  try {
    const ids = await readArrival(ctx, { slug: params.slug, parameters: url.searchParams });
    const { userId, studyId } = await admitArrival(ctx, {
      slug: params.slug,
      ids,
      signedInUserId: context.get(actorContext)?.userId ?? null,
      address: context.get(clientAddressContext),
    });
    const headers = await signInRater(request, context, userId);
    const actor = await findActor(ctx, { userId, email: "", name: "", role: "rater" });
    const submissionId = formText(form, "submissionId");
    const started = await startArrival(ctx, actor, { studyId, ids, submissionId });
    if (started.kind === "ready") return redirect(started.path, { status: 303, headers });
    const { kind: _, ...refused } = started;
    return data<{ refused: JoinRefusal }>({ refused }, { status: 409, headers });
  } catch (error) {
    if (!(error instanceof RequestError) || error.status === 404) throw toResponse(error);
    const refused = { code: error.code, text: error.userMessage, exit: null };
    return data<{ refused: JoinRefusal }>({ refused }, { status: error.status });
  }
}

export default function Join({ loaderData, actionData }: Route.ComponentProps) {
  return <JoinPage {...loaderData} refused={actionData?.refused ?? null} />;
}
