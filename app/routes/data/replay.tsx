import type { ShouldRevalidateFunctionArgs } from "react-router";
import { PageHeader } from "../../components/page-header.tsx";
import { paths } from "../../domain/paths.ts";
import { Replay } from "../../features/results/replay.tsx";
import { replayTitle } from "../../features/results/replay-title.ts";
import { load, requireActor, servicesOf } from "../../server/http.server.ts";
import { getReplay } from "../../services/dataset/get-replay.server.ts";
import type { Route } from "./+types/replay";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: `${replayTitle(loaderData?.replay.initialPrompt ?? "")} · Turnwise` },
];

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const actor = requireActor({ context, url }, "dataset.export");
  const { trajectoryId } = params;
  return { replay: await load(() => getReplay(servicesOf(context), actor, { trajectoryId })) };
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
export default function ReplayPage({ loaderData: { replay } }: Route.ComponentProps) {
  return (
    <>
      <PageHeader
        title={replayTitle(replay.initialPrompt)}
        breadcrumbs={[
          { label: "Datasets", to: paths.data() },
          { label: replay.studyName, to: paths.dataStudy(replay.studyId) },
        ]}
      />
      <Replay replay={replay} />
    </>
  );
}
