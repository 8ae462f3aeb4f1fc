import { useEffect } from "react";
import { redirect, useRevalidator } from "react-router";
import { ButtonLink } from "../../components/button.tsx";
import { formatNumber } from "../../components/format.ts";
import { PageHeader } from "../../components/page-header.tsx";
import { RequestError } from "../../domain/errors.ts";
import { isUnfinishedExport } from "../../domain/export-job.ts";
import { paths } from "../../domain/paths.ts";
import { trajectoryQuery } from "../../domain/trajectory-query.ts";
import { PRIVACY_PROFILES } from "../../domain/vocabulary.ts";
import { failureOf } from "../../features/console/failure.ts";
import { StudyStatusBadge } from "../../features/console/study-status.tsx";
import { ExportPanel } from "../../features/results/export-panel.tsx";
import { TrajectoryList } from "../../features/results/trajectory-list.tsx";
import {
  formText,
  handleFailure,
  load,
  readForm,
  requireActor,
  servicesOf,
} from "../../server/http.server.ts";
import { listExports } from "../../services/dataset/list-exports.server.ts";
import { listTrajectories } from "../../services/dataset/list-trajectories.server.ts";
import { startExport } from "../../services/dataset/start-export.server.ts";
import { getStudyHeader } from "../../services/study/get-study-header.server.ts";
import { listStudyArms } from "../../services/study/list-study-arms.server.ts";
import type { Route } from "./+types/study";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

const LOOK_AGAIN_MS = 1500;

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: `Data of ${loaderData?.study.name ?? "a study"} · Turnwise` },
];

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const actor = requireActor({ context, url }, "dataset.export");
  const services = servicesOf(context);
  const { studyId } = params;
  const study = await load(() => getStudyHeader(services, actor, { studyId }));
  const query = trajectoryQuery(url.searchParams);
  const [page, arms, { rows: exports }] = await Promise.all([
    load(() => listTrajectories(services, actor, { studyId, ...query })),
    load(() => listStudyArms(services, actor, { studyId })),
    load(() => listExports(services, actor, { studyId })),
  ]);
  return { study, page, arms, exports, submissionId: services.newId("sub") };
}

export async function action({ request, context, params, url }: Route.ActionArgs) {
  const actor = requireActor({ context, url }, "dataset.export");
  const form = await readForm(request);
  const { studyId } = params;
  try {
    if (formText(form, "intent") !== "export") {
      throw new RequestError("BAD_REQUEST", "This page has no such button.");
    }
    const profile = PRIVACY_PROFILES.find((p) => p === formText(form, "profile"));
    if (!profile) throw new RequestError("INVALID_INPUT", "Choose whom the export is made for.");
    await startExport(servicesOf(context), actor, {
      studyId,
      options: { profile },
      submissionId: formText(form, "submissionId"),
    });
    return redirect(paths.dataStudy(studyId), 303);
  } catch (error) {
    return handleFailure(error);
  }
}

/** The data of one study: its trajectories to replay, and its exports. */
export default function DataStudy({ loaderData, actionData }: Route.ComponentProps) {
  const { study, page, arms, exports, submissionId } = loaderData;
  useLookAgain(exports.some((row) => isUnfinishedExport(row.status)));
  return (
    <>
      <PageHeader
        title={study.name}
        badge={<StudyStatusBadge status={study.status} version={study.version} />}
        breadcrumbs={[{ label: "Datasets", to: paths.data() }]}
        description={`${formatNumber(study.completed)} of ${formatNumber(study.target)} trajectories completed.`}
        actions={<ButtonLink to={paths.dataTexts(study.studyId)}>Review free text</ButtonLink>}
      />
      <div className="grid grid-cols-1 gap-8">
        <ExportPanel
          exports={exports}
          submissionId={submissionId}
          error={failureOf(actionData)?.message ?? null}
        />
        <section className="grid grid-cols-1 gap-3">
          <h2 className="text-lg font-semibold">Trajectories</h2>
          <TrajectoryList
            page={page}
            arms={arms}
            toTrajectory={paths.dataTrajectory}
            emptyHint="A trajectory appears here as soon as a rater starts."
          />
        </section>
      </div>
    </>
  );
}

/** While an export is being written, looks every now and then whether it is done. */
function useLookAgain(wanted: boolean) {
  const { revalidate, state } = useRevalidator();
  useEffect(() => {
    if (!wanted || state !== "idle") return;
    const timer = setTimeout(() => void revalidate(), LOOK_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [wanted, state, revalidate]);
}
