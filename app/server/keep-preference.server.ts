import { redirect } from "react-router";
import { RequestError } from "../domain/errors.ts";
import { localPath } from "../features/account/local-path.ts";
import { formText, readForm, toResponse } from "./http.server.ts";

const YEAR_SECONDS = 31_536_000;

/**
 * Keeps the posted field `name` in a cookie of that name for a year and goes back to the page that is named in `next`.
 * Throws 400 for a value that is none.
 */
export async function keepPreference(
  request: Request,
  name: string,
  isValue: (value: unknown) => boolean,
): Promise<Response> {
  const form = await readForm(request);
  const value = formText(form, name);
  if (!isValue(value)) throw toResponse(new RequestError("BAD_REQUEST", `There is no such ${name}.`));
  return redirect(localPath(formText(form, "next"), "/"), {
    status: 303,
    headers: { "set-cookie": `${name}=${value}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax` },
  });
}
