import { data, redirect } from "react-router";
import { isTheme } from "../../components/theme.ts";
import { localPath } from "../../features/account/local-path.ts";
import { formText, readForm } from "../../server/http.server.ts";
import type { Route } from "./+types/theme";

const YEAR_SECONDS = 31_536_000;

/** Keeps the chosen colours in a cookie and goes back to the page. */
export async function action({ request }: Route.ActionArgs) {
  const form = await readForm(request);
  const theme = formText(form, "theme");
  if (!isTheme(theme)) {
    throw data(
      { error: { code: "BAD_REQUEST", message: "There is no such theme.", fields: {} } },
      { status: 400 },
    );
  }
  return redirect(localPath(formText(form, "next"), "/"), {
    status: 303,
    headers: { "set-cookie": `theme=${theme}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax` },
  });
}

export function loader() {
  throw redirect("/", 303);
}
