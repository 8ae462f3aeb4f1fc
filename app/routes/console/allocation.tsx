import { data } from "react-router";
import { Alert } from "../../components/alert.tsx";
import { Time } from "../../components/time.tsx";
import { areAllPaused } from "../../domain/arm-status.ts";
import { RequestError } from "../../domain/errors.ts";
import { AllArmsPaused } from "../../features/console/all-arms-paused.tsx";
import { AllocationArms } from "../../features/console/allocation-arms.tsx";
import { AllocationStages } from "../../features/console/allocation-stages.tsx";
import { AllocationStrata } from "../../features/console/allocation-strata.tsx";
import { failureOf } from "../../features/console/failure.ts";
import { UnlockAnalysis } from "../../features/console/unlock-analysis.tsx";
import {
  formText,
  handleFailure,
  load,
  readForm,
  requireActor,
  servicesOf,
} from "../../server/http.server.ts";
import { getStudyAllocation } from "../../services/study/get-study-allocation.server.ts";
import { setArmStatus } from "../../services/study/set-arm-status.server.ts";
import { unlockAnalysis } from "../../services/study/unlock-analysis.server.ts";
import type { Route } from "./+types/allocation";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = () => [{ title: "Allocation · Turnwise" }];

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const actor = requireActor({ context, url }, "study.manage");
  const services = servicesOf(context);
  const { studyId } = params;
  const cursor = url.searchParams.get("cursor");
  return {
    view: await load(() => getStudyAllocation(services, actor, { studyId, cursor })),
    submissionId: services.newId("sub"),
  };
}

export async function action({ request, context, params, url }: Route.ActionArgs) {
  const actor = requireActor({ context, url }, "study.manage");
  const services = servicesOf(context);
  const form = await readForm(request);
  const { studyId } = params;
  const submissionId = formText(form, "submissionId");
  const letter = formText(form, "letter");
  const reason = formText(form, "reason");
  try {
    switch (formText(form, "intent")) {
      case "pause":
        await setArmStatus(services, actor, { studyId, letter, status: "paused", submissionId });
        return { done: "The arm is paused: no new prompt gets it." };
      case "open":
        await setArmStatus(services, actor, { studyId, letter, status: "open", submissionId });
        return { done: "The arm is open again." };
      case "unlock":
        await unlockAnalysis(services, actor, { studyId, reason, submissionId });
        return { done: "The analysis is unlocked: arms have their names." };
      default:
        throw new RequestError("BAD_REQUEST", "This page has no such button.");
    }
  } catch (error) {
    const failure = handleFailure(error);
    return data({ ...failure.data, typed: { reason } }, failure.init ?? undefined);
  }
}

/** How trajectories are spread over arms, and whether anything is wrong with it. */
export default function Allocation({ loaderData, actionData, params }: Route.ComponentProps) {
  const { view, submissionId } = loaderData;
  const failure = failureOf(actionData);
  const done = actionData && "done" in actionData ? actionData.done : null;
  const typed = actionData && "typed" in actionData ? actionData.typed : null;
  return (
    <div className="grid grid-cols-1 gap-5">
      <h2 className="text-lg font-semibold">Allocation</h2>
      {failure && !failure.fields.reason && <Alert tone="danger">{failure.message}</Alert>}
      {done && <Alert tone="success">{done}</Alert>}
      {view.armsHidden ? (
        <Alert title="Arms are letters until the analysis is unlocked">
          Letters do not follow the order in the settings. Replaying a trajectory can tell its arm, and is
          recorded.
        </Alert>
      ) : (
        view.unlockedAtMs !== null && (
          <Alert>
            The analysis was unlocked <Time atMs={view.unlockedAtMs} />: arms have their names.
          </Alert>
        )
      )}
      {areAllPaused(view.arms) && <AllArmsPaused studyId={params.studyId} />}
      <AllocationArms view={view} submissionId={submissionId} />
      {view.arms.length > 0 && (
        <>
          <AllocationStages view={view} />
          <AllocationStrata view={view} />
        </>
      )}
      {view.armsHidden && view.version > 0 && (
        <UnlockAnalysis
          submissionId={submissionId}
          typedReason={typed?.reason ?? ""}
          error={failure?.fields.reason}
        />
      )}
    </div>
  );
}
