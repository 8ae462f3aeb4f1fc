import { redirect } from "react-router";
import { isTheme } from "../../components/theme.ts";
import { keepPreference } from "../../server/keep-preference.server.ts";
import type { Route } from "./+types/theme";

/** Keeps the chosen colours in a cookie and goes back to the page. */
export function action({ request }: Route.ActionArgs) {
  return keepPreference(request, "theme", isTheme);
}

export function loader() {
  throw redirect("/", 303);
}
