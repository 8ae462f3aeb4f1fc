import Papa from "papaparse";
import { data } from "react-router";
import { z } from "zod";
import { formText, readForm, requireActor } from "../../server/http.server.ts";
import type { Route } from "./+types/invitation-links";

const linksSchema = z.array(
  z.object({ email: z.string().max(254), url: z.url().max(2000), expiresAtMs: z.int().min(0).max(8.64e15) }),
);

/**
 * Sends invitation links back as a file. They come from the page that shows them, because the server keeps none. Text that
 * a spreadsheet program would take for a formula gets a leading '.
 */
export async function action({ request, context, url }: Route.ActionArgs) {
  requireActor({ context, url }, "rater.invite");
  const links = parseLinks(formText(await readForm(request), "links"));
  const rows = links.map((l) => [l.email, l.url, new Date(l.expiresAtMs).toISOString()]);
  const csv = Papa.unparse([["email", "link", "valid_until"], ...rows], {
    newline: "\r\n",
    escapeFormulae: true,
  });
  return new Response(`\uFEFF${csv}\r\n`, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="invitation-links.csv"',
      "cache-control": "no-store",
    },
  });
}

function parseLinks(text: string): z.infer<typeof linksSchema> {
  try {
    return linksSchema.parse(JSON.parse(text));
  } catch {
    throw data(
      { error: { code: "BAD_REQUEST", message: "These are no links.", fields: {} } },
      { status: 400 },
    );
  }
}
