import { randomBytes } from "node:crypto";
import { type Reply, SimulationError } from "./client.ts";
import { alertText, type Form, parseForms } from "./html.ts";

/** Made once per intended effect, as a browser's form does. */
export function newSubmissionId(): string {
  return `sim_${randomBytes(15).toString("base64url")}`;
}

/**
 * The form that posts to the page itself, has all `names` and sends the `presets` by itself. Throws when there is
 * none.
 */
export function getForm(
  page: Reply,
  names: readonly string[] = [],
  presets: Record<string, string> = {},
): Form {
  const own = new URL(page.path, "http://page");
  const form = parseForms(page.text()).find(
    (one) =>
      one.method === "post" &&
      pathOf(new URL(one.action || own.href, own)) === pathOf(own) &&
      names.every((name) => one.names.has(name)) &&
      Object.entries(presets).every(([name, value]) =>
        one.defaults.some((d) => d[0] === name && d[1] === value),
      ),
  );
  if (form) return form;
  const wanted = [...names, ...Object.keys(presets)].join(", ");
  throw new SimulationError(
    "unexpected page",
    `${page.path} has no form${wanted && ` with ${wanted}`}: ${alertText(page.text())}`,
  );
}

/** Without the query (React Router's "?index") and a closing slash. */
function pathOf({ pathname }: URL): string {
  return pathname === "/" ? pathname : pathname.replace(/\/$/, "");
}

/** All forms of a page. */
export function getForms(page: Reply): Form[] {
  return parseForms(page.text());
}

/** What a browser would send: the form's own values, replaced by the given ones, with a submission id. */
export function fillForm(
  form: Form,
  values: Record<string, string> | [string, string][],
): [string, string][] {
  const given = Array.isArray(values) ? values : Object.entries(values);
  const out = form.defaults.filter(([name]) => !given.some(([other]) => other === name));
  out.push(...given);
  const at = out.findIndex(([name]) => name === "submissionId");
  if (at === -1) out.push(["submissionId", newSubmissionId()]);
  else if (out[at]?.[1] === "") out[at] = ["submissionId", newSubmissionId()];
  return out;
}
