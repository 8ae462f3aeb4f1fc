import { data, redirect } from "react-router";
import { localPath } from "../../features/account/local-path.ts";
import { isLocale } from "../../i18n/locales.ts";
import { formText, readForm } from "../../server/http.server.ts";
import type { Route } from "./+types/language";

const YEAR_SECONDS = 31_536_000;

/** Keeps the chosen language in a cookie and goes back to the page. */
export async function action({ request }: Route.ActionArgs) {
  const form = await readForm(request);
  const language = formText(form, "language");
  if (!isLocale(language)) {
    throw data(
      { error: { code: "BAD_REQUEST", message: "There is no such language.", fields: {} } },
      { status: 400 },
    );
  }
  return redirect(localPath(formText(form, "next"), "/"), {
    status: 303,
    headers: { "set-cookie": `language=${language}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax` },
  });
}

export function loader() {
  throw redirect("/", 303);
}
