import { Database } from "lucide-react";
import { ButtonLink } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { paths } from "../../domain/paths.ts";
import { StudyTable } from "../../features/console/study-table.tsx";
import { load, requireActor, servicesOf } from "../../server/http.server.ts";
import { listStudies } from "../../services/study/list-studies.server.ts";
import type { Route } from "./+types/studies";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = () => [{ title: "Datasets · Turnwise" }];

export async function loader({ context, url }: Route.LoaderArgs) {
  const actor = requireActor({ context, url }, "dataset.export");
  return { studies: await load(() => listStudies(servicesOf(context), actor)) };
}

/** The studies whose data can be looked at and exported. */
export default function DataStudies({ loaderData }: Route.ComponentProps) {
  return (
    <>
      <PageHeader
        title="Datasets"
        description="Open a study to replay its trajectories turn by turn and to export its data."
        actions={<ButtonLink to={paths.dataApiKeys()}>API keys</ButtonLink>}
      />
      <StudyTable
        studies={loaderData.studies}
        toStudy={paths.dataStudy}
        empty={
          <EmptyState icon={<Database />} title="No studies yet">
            A study appears here as soon as a coordinator creates it.
          </EmptyState>
        }
      />
    </>
  );
}
