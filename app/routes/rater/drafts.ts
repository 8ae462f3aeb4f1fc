import { redirect } from "react-router";
import { z } from "zod";
import { paths } from "../../domain/paths.ts";
import { answerJson, formText, readForm, requireActor, servicesOf } from "../../server/http.server.ts";
import { MAX_SAVES, saveFields } from "../../services/trajectory/save-fields.server.ts";
import type { Route } from "./+types/drafts";

const savesSchema = z
  .array(
    z.object({
      field: z.string().max(100),
      value: z.string().max(20_000),
      baseRevision: z.number().int().min(0),
    }),
  )
  .min(1)
  .max(MAX_SAVES);

/** Keeps what is being typed and picked, field by field. */
export async function action(args: Route.ActionArgs) {
  const actor = requireActor(args, "rate");
  const form = await readForm(args.request);
  const saves = savesSchema.safeParse(parseJson(formText(form, "saves")));
  const token = formText(form, "writerToken");
  if (!saves.success || !/^\d{1,9}$/.test(token)) {
    const error = { code: "BAD_REQUEST", message: "The answers were not understood. Reload the page." };
    return Response.json({ error }, { status: 400 });
  }
  return answerJson(() =>
    saveFields(servicesOf(args.context), actor, {
      assignmentId: args.params.assignmentId,
      writerToken: Number(token),
      saves: saves.data,
    }),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** There is nothing to read here; whoever comes is taken to their work. */
export function loader({ params }: Route.LoaderArgs) {
  throw redirect(paths.session(params.assignmentId), 303);
}
