import { data, redirect } from "react-router";
import { paths } from "../../domain/paths.ts";
import { homePathOf } from "../../domain/roles.ts";
import { InvitePage } from "../../features/account/invite-page.tsx";
import { actorContext } from "../../server/context.server.ts";
import { formText, handleFailure, load, readForm, servicesOf } from "../../server/http.server.ts";
import { signInNewAccount } from "../../server/sign-in.server.ts";
import { acceptInvitation } from "../../services/identity/accept-invitation.server.ts";
import { acceptInvitationAs } from "../../services/identity/accept-invitation-as.server.ts";
import { getInvitation } from "../../services/identity/get-invitation.server.ts";
import type { Route } from "./+types/invite";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = () => [{ title: "Invitation · Turnwise" }];

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const invitation = await load(() => getInvitation(servicesOf(context), { token: params.token }));
  return {
    invitation,
    signedInAs: context.get(actorContext)?.email ?? null,
    signInPath: paths.signIn(url.pathname),
  };
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const form = await readForm(request);
  const { token } = params;
  const actor = context.get(actorContext);
  try {
    if (actor && formText(form, "intent") === "join") {
      await acceptInvitationAs(servicesOf(context), actor, { token });
      return redirect(homePathOf(actor.role), 303);
    }
    const password = formText(form, "password");
    const { email, role } = await acceptInvitation(servicesOf(context), {
      token,
      name: formText(form, "name"),
      password,
    });
    const headers = await signInNewAccount(request, context, { email, password });
    return redirect(homePathOf(role), { status: 303, headers });
  } catch (error) {
    const failure = handleFailure(error);
    return data({ ...failure.data, typedName: formText(form, "name") }, failure.init ?? undefined);
  }
}

export default function Invite({ loaderData, actionData }: Route.ComponentProps) {
  return (
    <InvitePage {...loaderData} typedName={actionData?.typedName ?? null} error={actionData?.error ?? null} />
  );
}
