import { redirect } from "react-router";
import { z } from "zod";
import { paths } from "../../domain/paths.ts";
import { PHASES } from "../../domain/phase.ts";
import { answerJson, readForm, requireActor, servicesOf } from "../../server/http.server.ts";
import { recordWorkTime } from "../../services/assignment/record-work-time.server.ts";
import { releaseWriter, takeOver } from "../../services/assignment/take-over.server.ts";
import type { Route } from "./+types/writer";

const ms = z.coerce.number().int().min(0).max(86_400_000);
const token = z.coerce.number().int().min(0);

const bodySchema = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("take-over"), writerId: z.string(), onPurpose: z.enum(["true", "false"]) }),
  z.object({ intent: z.literal("release"), writerToken: token }),
  z.object({
    intent: z.literal("time"),
    writerId: z.string().min(8).max(64),
    writerToken: token,
    phase: z.enum(PHASES),
    turnNumber: z.coerce.number().int().min(1).max(100).optional(),
    activeMs: ms,
    idleMs: ms,
    waitingMs: ms,
  }),
]);

/** Which tab holds the task, and how long it was worked on there. */
export async function action(args: Route.ActionArgs) {
  const actor = requireActor(args, "rate");
  const ctx = servicesOf(args.context);
  const { assignmentId } = args.params;
  const parsed = bodySchema.safeParse(Object.fromEntries(await readForm(args.request)));
  if (!parsed.success) return Response.json({ error: { code: "BAD_REQUEST" } }, { status: 400 });
  const body = parsed.data;
  return answerJson(async () => {
    switch (body.intent) {
      case "take-over":
        return takeOver(ctx, actor, {
          assignmentId,
          writerId: body.writerId,
          onPurpose: body.onPurpose === "true",
        });
      case "release":
        await releaseWriter(ctx, actor, { assignmentId, writerToken: body.writerToken });
        return { released: true };
      case "time": {
        const { writerId, writerToken, phase, turnNumber = null, ...time } = body;
        await recordWorkTime(ctx, actor, { assignmentId, writerId, writerToken, phase, turnNumber, time });
        return { recorded: true };
      }
    }
  });
}

/** There is nothing to read here; whoever comes is taken to their work. */
export function loader({ params }: Route.LoaderArgs) {
  throw redirect(paths.session(params.assignmentId), 303);
}
