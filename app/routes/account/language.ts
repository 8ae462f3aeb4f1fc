import { redirect } from "react-router";
import { isLocale } from "../../i18n/locales.ts";
import { keepPreference } from "../../server/keep-preference.server.ts";
import type { Route } from "./+types/language";

/** Keeps the chosen language in a cookie and goes back to the page. */
export function action({ request }: Route.ActionArgs) {
  return keepPreference(request, "language", isLocale);
}

export function loader() {
  throw redirect("/", 303);
}
