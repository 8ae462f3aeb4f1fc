import { paths } from "../../domain/paths.ts";
import { trajectoryQuery } from "../../domain/trajectory-query.ts";
import { TrajectoryList } from "../../features/results/trajectory-list.tsx";
import { load, requireActor, servicesOf } from "../../server/http.server.ts";
import { listTrajectories } from "../../services/dataset/list-trajectories.server.ts";
import { listStudyArms } from "../../services/study/list-study-arms.server.ts";
import type { Route } from "./+types/trajectories";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = () => [{ title: "Trajectories · Turnwise" }];

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const actor = requireActor({ context, url }, "study.manage");
  const services = servicesOf(context);
  const { studyId } = params;
  const query = trajectoryQuery(url.searchParams);
  const [page, arms] = await Promise.all([
    load(() => listTrajectories(services, actor, { studyId, ...query })),
    load(() => listStudyArms(services, actor, { studyId })),
  ]);
  return { page, arms };
}

/** Every trajectory of a study, to be opened and replayed. */
export default function Trajectories({ loaderData }: Route.ComponentProps) {
  return (
    <TrajectoryList
      page={loaderData.page}
      arms={loaderData.arms}
      toTrajectory={paths.trajectory}
      emptyHint="A trajectory appears here as soon as a rater starts."
    />
  );
}
