import { ButtonLink } from "../../components/button.tsx";
import { formatNumber } from "../../components/format.ts";
import { PageHeader } from "../../components/page-header.tsx";
import { paths } from "../../domain/paths.ts";
import { trajectoryQuery } from "../../domain/trajectory-query.ts";
import { StudyStatusBadge } from "../../features/console/study-status.tsx";
import { TrajectoryList } from "../../features/results/trajectory-list.tsx";
import { load, requireActor, servicesOf } from "../../server/http.server.ts";
import { listTrajectories } from "../../services/dataset/list-trajectories.server.ts";
import { getStudyHeader } from "../../services/study/get-study-header.server.ts";
import { listStudyArms } from "../../services/study/list-study-arms.server.ts";
import type { Route } from "./+types/study";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: `Data of ${loaderData?.study.name ?? "a study"} · Turnwise` },
];

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const actor = requireActor({ context, url }, "dataset.export");
  const services = servicesOf(context);
  const { studyId } = params;
  const study = await load(() => getStudyHeader(services, actor, { studyId }));
  const query = trajectoryQuery(url.searchParams);
  const [page, arms] = await Promise.all([
    load(() => listTrajectories(services, actor, { studyId, ...query })),
    load(() => listStudyArms(services, actor, { studyId })),
  ]);
  return { study, page, arms };
}

/** The data of one study: its trajectories to replay, and its exports. */
export default function DataStudy({ loaderData }: Route.ComponentProps) {
  const { study, page, arms } = loaderData;
  return (
    <>
      <PageHeader
        title={study.name}
        badge={<StudyStatusBadge status={study.status} version={study.version} />}
        breadcrumbs={[{ label: "Datasets", to: paths.data() }]}
        description={`${formatNumber(study.completed)} of ${formatNumber(study.target)} trajectories completed.`}
        actions={
          <>
            <ButtonLink to={paths.dataTexts(study.studyId)}>Review free text</ButtonLink>
            <ButtonLink to={paths.dataExports(study.studyId)}>Exports</ButtonLink>
            <ButtonLink to={paths.newExport(study.studyId)} variant="primary">
              New export
            </ButtonLink>
          </>
        }
      />
      <div className="grid grid-cols-1 gap-8">
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
