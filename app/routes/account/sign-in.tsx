import { data, redirect } from "react-router";
import { homePathOf } from "../../domain/roles.ts";
import { localPath } from "../../features/account/local-path.ts";
import { SignInPage } from "../../features/account/sign-in-page.tsx";
import { actorContext, demoContext } from "../../server/context.server.ts";
import { formText, readForm } from "../../server/http.server.ts";
import { signIn } from "../../server/sign-in.server.ts";
import type { Route } from "./+types/sign-in";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = () => [{ title: "Sign in · Turnwise" }];

export function loader({ context, url }: Route.LoaderArgs) {
  const next = localPath(url.searchParams.get("next") ?? "", "");
  const actor = context.get(actorContext);
  if (actor) throw redirect(next || homePathOf(actor.role), 303);
  return { next, demo: context.get(demoContext), newAccount: url.searchParams.get("email") };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await readForm(request);
  const email = formText(form, "email").trim();
  const password = formText(form, "password");
  const fields: Record<string, string> = {};
  if (email === "") fields.email = "Type your e-mail address.";
  if (password === "") fields.password = "Type your password.";
  if (Object.keys(fields).length > 0) {
    return data({ email, fields, message: null }, { status: 422 });
  }
  const result = await signIn(request, context, { email, password });
  if (result.kind === "refused") {
    return data({ email, fields, message: result.message }, { status: result.status });
  }
  const next = localPath(formText(form, "next"), homePathOf(result.role));
  return redirect(next, { status: 303, headers: result.headers });
}

export default function SignIn({ loaderData, actionData }: Route.ComponentProps) {
  return <SignInPage {...loaderData} refused={actionData ?? null} />;
}
