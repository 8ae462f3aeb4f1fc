import { data, redirect } from "react-router";
import { ButtonLink } from "../../components/button.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { RequestError } from "../../domain/errors.ts";
import { paths } from "../../domain/paths.ts";
import { REVIEW_QUEUES, TEXT_DECISIONS } from "../../domain/text-review.ts";
import { failureOf } from "../../features/console/failure.ts";
import { TextReview } from "../../features/results/text-review.tsx";
import {
  formText,
  handleFailure,
  load,
  readForm,
  requireActor,
  servicesOf,
} from "../../server/http.server.ts";
import { decideTexts } from "../../services/dataset/decide-texts.server.ts";
import { getTextReview } from "../../services/dataset/get-text-review.server.ts";
import { undoTextDecisions } from "../../services/dataset/undo-text-decisions.server.ts";
import { getStudyHeader } from "../../services/study/get-study-header.server.ts";
import type { Route } from "./+types/texts";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: `Free text of ${loaderData?.study.name ?? "a study"} · Turnwise` },
];

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const actor = requireActor({ context, url }, "dataset.export");
  const services = servicesOf(context);
  const { studyId } = params;
  const study = await load(() => getStudyHeader(services, actor, { studyId }));
  const queue = queueOf(url.searchParams);
  const profile = profileOf(url.searchParams);
  const key = url.searchParams.get("text");
  const after = url.searchParams.get("after");
  const review = await load(() => getTextReview(services, actor, { studyId, profile, queue, key, after }));
  return { study, review, queue, profile, submissionId: services.newId("sub") };
}

export async function action({ request, context, params, url }: Route.ActionArgs) {
  const actor = requireActor({ context, url }, "dataset.export");
  const services = servicesOf(context);
  const form = await readForm(request);
  const intent = formText(form, "intent");
  const args = { studyId: params.studyId, submissionId: formText(form, "submissionId") };
  // Browsers send line breaks of a form as CR LF.
  const typed = {
    replacement: formText(form, "replacement").replaceAll("\r\n", "\n"),
    alike: formText(form, "alike") === "yes",
  };
  const back = new URLSearchParams({
    profile: profileOf(url.searchParams),
    queue: queueOf(url.searchParams),
  });
  try {
    if (intent === "undo") {
      const { key } = await undoTextDecisions(services, actor, {
        ...args,
        batchId: formText(form, "batchId"),
      });
      back.set("text", key);
    } else {
      const decision = TEXT_DECISIONS.find((one) => one === intent);
      if (!decision) throw new RequestError("BAD_REQUEST", "This page has no such button.");
      const key = formText(form, "key");
      const textSha256 = formText(form, "textSha256");
      await decideTexts(services, actor, {
        ...args,
        ...typed,
        profile: profileOf(url.searchParams),
        key,
        textSha256,
        decision,
      });
      back.set("after", key);
    }
    return redirect(`${paths.dataTexts(params.studyId)}?${back}`, 303);
  } catch (error) {
    const failure = handleFailure(error);
    return data({ ...failure.data, typed }, failure.init ?? undefined);
  }
}

/** Free text that is decided about before it leaves the team. */
export default function Texts({ loaderData, actionData }: Route.ComponentProps) {
  const { study, review, queue, profile, submissionId } = loaderData;
  const other = profile === "public" ? "shared" : "public";
  return (
    <>
      <PageHeader
        title="Free text"
        description={`What raters typed and a ${profile} release would hold. Patterns flag what may tell who somebody is; you decide.`}
        breadcrumbs={[
          { label: "Datasets", to: paths.data() },
          { label: study.name, to: paths.dataStudy(study.studyId) },
        ]}
        actions={
          <ButtonLink to={`?${new URLSearchParams({ profile: other, queue })}`}>
            Texts of a {other} release
          </ButtonLink>
        }
      />
      <TextReview
        review={review}
        queue={queue}
        submissionId={submissionId}
        failure={failureOf(actionData)}
        typed={actionData && "typed" in actionData ? actionData.typed : null}
      />
    </>
  );
}

function queueOf(params: URLSearchParams) {
  return REVIEW_QUEUES.find((queue) => queue === params.get("queue")) ?? "flagged";
}

/** Internal exports are left as they are, so there is nothing to decide for them. */
function profileOf(params: URLSearchParams): "public" | "shared" {
  return params.get("profile") === "shared" ? "shared" : "public";
}
