import { PageHeader } from "../../components/page-header.tsx";
import { paths } from "../../domain/paths.ts";
import { Replay } from "../../features/results/replay.tsx";
import { ReplayNeighbours } from "../../features/results/replay-neighbours.tsx";
import { replayTitle } from "../../features/results/replay-title.ts";
import { requireActor, servicesOf } from "../../server/http.server.ts";
import { loadReplay } from "../../server/load-replay.server.ts";
import type { Route } from "./+types/replay";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";
export { shouldRevalidate } from "../../features/results/replay-revalidation.ts";

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: `${replayTitle(loaderData?.replay.initialPrompt ?? "")} · Turnwise` },
];

export function loader({ context, params, url }: Route.LoaderArgs) {
  const actor = requireActor({ context, url }, "dataset.export");
  return loadReplay(servicesOf(context), actor, { ...params, list: url.searchParams });
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
