import { redirect } from "react-router";
import { paths } from "../../domain/paths.ts";
import { ContinuePage } from "../../features/account/continue-page.tsx";
import { handleFailure, readForm, servicesOf } from "../../server/http.server.ts";
import { signInRater } from "../../server/sign-in.server.ts";
import { redeemPersonalLink } from "../../services/recruitment/redeem-personal-link.server.ts";
import type { Route } from "./+types/continue";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = () => [{ title: "Go on here · Turnwise" }];

/** Uses the link up only when its button is pressed: previews of links in chat programs open them, too. */
export async function action({ request, context, params }: Route.ActionArgs) {
  await readForm(request);
  try {
    const { userId } = await redeemPersonalLink(servicesOf(context), { token: params.token });
    const headers = await signInRater(request, context, userId);
    return redirect(paths.raterHome(), { status: 303, headers });
  } catch (error) {
    return handleFailure(error);
  }
}

export default function Continue({ actionData }: Route.ComponentProps) {
  return <ContinuePage error={actionData?.error.message ?? null} />;
}
