import type { ShouldRevalidateFunctionArgs } from "react-router";
import { PageHeader } from "../../components/page-header.tsx";
import { paths } from "../../domain/paths.ts";
import { trajectoryQuery } from "../../domain/trajectory-query.ts";
import { Replay } from "../../features/results/replay.tsx";
import { ReplayNeighbours } from "../../features/results/replay-neighbours.tsx";
import { replayTitle } from "../../features/results/replay-title.ts";
import { load, requireActor, servicesOf } from "../../server/http.server.ts";
import { findNeighbours } from "../../services/dataset/find-neighbours.server.ts";
import { getReplay } from "../../services/dataset/get-replay.server.ts";
import type { Route } from "./+types/replay";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: `${replayTitle(loaderData?.replay.initialPrompt ?? "")} · Turnwise` },
];

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const actor = requireActor({ context, url }, "dataset.export");
  const { trajectoryId } = params;
  const services = servicesOf(context);
  const { cursor: _, ...query } = trajectoryQuery(url.searchParams);
  const [replay, neighbours] = await Promise.all([
    load(() => getReplay(services, actor, { trajectoryId })),
    load(() => findNeighbours(services, actor, { trajectoryId, ...query })),
  ]);
  return { replay, neighbours };
}

/** Going to another turn of the same trajectory is one look, not several. */
export function shouldRevalidate({
  currentUrl,
  nextUrl,
  defaultShouldRevalidate,
}: ShouldRevalidateFunctionArgs): boolean {
  return currentUrl.pathname !== nextUrl.pathname && defaultShouldRevalidate;
}

/** One trajectory, turn by turn. */
export default function ReplayPage({ loaderData: { replay, neighbours } }: Route.ComponentProps) {
  return (
    <>
      <PageHeader
        title={replayTitle(replay.initialPrompt)}
        breadcrumbs={[
          { label: "Datasets", to: paths.data() },
          { label: replay.studyName, to: paths.dataStudy(replay.studyId) },
        ]}
      />
      <div className="mb-5">
        <ReplayNeighbours
          neighbours={neighbours}
          toTrajectory={paths.dataTrajectory}
          listPath={paths.dataStudy(replay.studyId)}
        />
      </div>
      <Replay replay={replay} />
    </>
  );
}
