import { FlaskConical, Plus } from "lucide-react";
import { ButtonLink } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { paths } from "../../domain/paths.ts";
import { StudyTable } from "../../features/console/study-table.tsx";
import { load, requireActor, servicesOf } from "../../server/http.server.ts";
import { listStudies } from "../../services/study/list-studies.server.ts";
import type { Route } from "./+types/studies";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = () => [{ title: "Studies · Turnwise" }];

export async function loader({ context, url }: Route.LoaderArgs) {
  const actor = requireActor({ context, url }, "study.manage");
  return { studies: await load(() => listStudies(servicesOf(context), actor)) };
}

/** All studies with their progress. */
export default function Studies({ loaderData }: Route.ComponentProps) {
  const { studies } = loaderData;
  const create = (
    <ButtonLink to={paths.newStudy()} variant="primary" icon={<Plus className="size-4" />}>
      Create study
    </ButtonLink>
  );
  return (
    <>
      <PageHeader
        title="Studies"
        description="Each study collects multi-turn preferences with its own settings, arms and raters."
        actions={
          <>
            <ButtonLink to={paths.consoleApiKeys()}>API keys</ButtonLink>
            {studies.length > 0 && create}
          </>
        }
      />
      <StudyTable
        studies={studies}
        toStudy={paths.study}
        empty={
          <EmptyState icon={<FlaskConical />} title="No studies yet" actions={create}>
            A study starts from the settings of the published rater study. You can change everything before
            you publish it.
          </EmptyState>
        }
      />
    </>
  );
}
