import { data, redirect, type ShouldRevalidateFunctionArgs } from "react-router";
import { paths } from "../../domain/paths.ts";
import { TurnPage } from "../../features/interaction/turn-page.tsx";
import { offlineFailure } from "../../features/rater/offline-failure.ts";
import {
  formText,
  handleFailure,
  positiveInt,
  readForm,
  requireActor,
  servicesOf,
} from "../../server/http.server.ts";
import { getTurn } from "../../services/trajectory/get-turn.server.ts";
import { hideImage } from "../../services/trajectory/hide-image.server.ts";
import { markSlateShown } from "../../services/trajectory/mark-slate-shown.server.ts";
import { retryTurn } from "../../services/trajectory/retry-turn.server.ts";
import { rewriteBlocked } from "../../services/trajectory/rewrite-blocked.server.ts";
import { saveFields } from "../../services/trajectory/save-fields.server.ts";
import { submitChoice } from "../../services/trajectory/submit-choice.server.ts";
import type { Route } from "./+types/turn";
import { loadStep } from "./own-step.server.ts";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = ({ params }) => [{ title: `Turn ${params.turnNumber} · Turnwise` }];

export async function loader(args: Route.LoaderArgs) {
  const actor = requireActor(args, "rate");
  const { assignmentId } = args.params;
  const turnNumber = positiveInt(args.params.turnNumber);
  const view = await loadStep(assignmentId, () =>
    getTurn(servicesOf(args.context), actor, { assignmentId, turnNumber }),
  );
  return { view, submissionId: crypto.randomUUID() };
}

export async function action(args: Route.ActionArgs) {
  const actor = requireActor(args, "rate");
  const ctx = servicesOf(args.context);
  const { assignmentId } = args.params;
  const turnNumber = positiveInt(args.params.turnNumber);
  const form = await readForm(args.request);
  const submissionId = formText(form, "submissionId");
  const intent = formText(form, "intent");
  try {
    const [, toggle, imageId] = /^(hide|show):(.+)$/.exec(intent) ?? [];
    if (imageId) {
      await keepTyped(ctx, actor, { assignmentId, turnNumber, form });
      await hideImage(ctx, actor, { assignmentId, imageId, hidden: toggle === "hide" });
      return redirect(paths.turn(assignmentId, turnNumber), 303);
    }
    switch (intent) {
      case "shown":
        await markSlateShown(ctx, actor, { assignmentId, turnNumber });
        return { error: null };
      case "retry":
        await retryTurn(ctx, actor, { assignmentId, turnNumber, submissionId });
        return redirect(paths.turn(assignmentId, turnNumber), 303);
      case "rewrite":
        await rewriteBlocked(ctx, actor, {
          assignmentId,
          turnNumber,
          submissionId,
          text: formText(form, "text"),
        });
        return redirect(paths.turn(assignmentId, turnNumber), 303);
      case "choose": {
        const { nextTurnNumber } = await submitChoice(ctx, actor, {
          assignmentId,
          turnNumber,
          submissionId,
          columnId: formText(form, "columnId"),
          critique: formText(form, "critique"),
        });
        // After the last choice its slate stays on screen, with the way into the evaluation.
        return redirect(paths.turn(assignmentId, nextTurnNumber ?? turnNumber), 303);
      }
      default:
        return data(
          { error: { code: "BAD_REQUEST", message: "The form was not understood.", fields: {} } },
          { status: 400 },
        );
    }
  } catch (error) {
    return handleFailure(error);
  }
}

/** Without scripts nothing was saved while typing: what stands in the form must outlive a detour. */
async function keepTyped(
  ctx: ReturnType<typeof servicesOf>,
  actor: ReturnType<typeof requireActor>,
  at: { assignmentId: string; turnNumber: number; form: FormData },
) {
  const { assignmentId, turnNumber, form } = at;
  const saves = [
    { field: `column:${turnNumber}`, value: formText(form, "columnId"), baseRevision: 0 },
    { field: `critique:${turnNumber}`, value: formText(form, "critique"), baseRevision: 0 },
  ].filter(({ value }) => value !== "");
  const save = (list: typeof saves) =>
    saveFields(ctx, actor, { assignmentId, writerToken: null, saves: list });
  const { results } = await save(saves);
  // The form was sent on purpose: it wins over what was saved before.
  const again = results.flatMap((result, i) => {
    const sent = saves[i];
    return result.kind === "conflict" && sent ? [{ ...sent, baseRevision: result.revision }] : [];
  });
  if (again.length > 0) await save(again);
}

export async function clientAction({ serverAction }: Route.ClientActionArgs) {
  return serverAction().catch(offlineFailure);
}

export function shouldRevalidate(args: ShouldRevalidateFunctionArgs) {
  const { formData, currentUrl, nextUrl, defaultShouldRevalidate } = args;
  // One that ends while the page is already changing must not stop the next page from loading.
  const stays = currentUrl.pathname === nextUrl.pathname;
  return stays && formData?.get("intent") === "shown" ? false : defaultShouldRevalidate;
}

export default function Turn({ loaderData, actionData }: Route.ComponentProps) {
  return <TurnPage key={loaderData.view.turnId} {...loaderData} error={actionData?.error ?? null} />;
}
