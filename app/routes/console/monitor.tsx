import { Link } from "react-router";
import { Alert } from "../../components/alert.tsx";
import { ButtonLink } from "../../components/button.tsx";
import { paths } from "../../domain/paths.ts";
import { AllArmsPaused } from "../../features/console/all-arms-paused.tsx";
import { ArmsTable } from "../../features/console/arms-table.tsx";
import { FaultsCard } from "../../features/console/faults-card.tsx";
import { Funnel } from "../../features/console/funnel.tsx";
import { GenerationCard } from "../../features/console/generation-card.tsx";
import { LiveStatus } from "../../features/console/live-status.tsx";
import { LiveTable } from "../../features/console/live-table.tsx";
import { MonitorOverview } from "../../features/console/monitor-overview.tsx";
import { load, requireActor, servicesOf } from "../../server/http.server.ts";
import { getStudyMonitor } from "../../services/study/get-study-monitor.server.ts";
import type { Route } from "./+types/monitor";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: `${loaderData?.monitor.name ?? "Study"} · Turnwise` },
];

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const actor = requireActor({ context, url }, "study.manage");
  const { studyId } = params;
  return { monitor: await load(() => getStudyMonitor(servicesOf(context), actor, { studyId })) };
}

/** How a study is going now. */
export default function Monitor({ loaderData: { monitor } }: Route.ComponentProps) {
  const isNew = monitor.status === "draft" && monitor.version === 0;
  return (
    <div className="grid grid-cols-1 gap-5">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-lg font-semibold">Progress</h2>
        <LiveStatus nowMs={monitor.nowMs} />
      </div>
      {isNew ? (
        <Alert
          title="This study is a draft"
          actions={
            <>
              <ButtonLink size="sm" to={paths.studySettings(monitor.studyId)}>
                Check the settings
              </ButtonLink>
              <ButtonLink size="sm" to={paths.studyRaters(monitor.studyId)}>
                Invite raters
              </ButtonLink>
            </>
          }
        >
          Check its settings, invite raters, then publish it. Nobody can start before that.
        </Alert>
      ) : (
        monitor.hasUnpublishedChanges && (
          <Alert>
            The draft has changes that are not published.{" "}
            <Link to={paths.studySettings(monitor.studyId)}>Look at the settings</Link>, or publish them as
            version {monitor.version + 1}.
          </Alert>
        )
      )}
      {monitor.allArmsPaused && <AllArmsPaused studyId={monitor.studyId} />}
      <MonitorOverview monitor={monitor} />
      <LiveTable monitor={monitor} />
      <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-2">
        <Funnel funnel={monitor.funnel} />
        <div className="grid grid-cols-1 gap-5">
          <ArmsTable arms={monitor.arms} hidden={monitor.armsHidden} />
          <GenerationCard generation={monitor.generation} />
          <FaultsCard faults={monitor.faults} nowMs={monitor.nowMs} />
        </div>
      </div>
    </div>
  );
}
