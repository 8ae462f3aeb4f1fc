import { redirect } from "react-router";
import { paths } from "../../domain/paths.ts";
import { signOut } from "../../server/sign-in.server.ts";
import type { Route } from "./+types/sign-out";

export async function action({ request, context }: Route.ActionArgs) {
  return redirect(paths.signIn(), { status: 303, headers: await signOut(request, context) });
}

export function loader() {
  throw redirect("/", 303);
}
