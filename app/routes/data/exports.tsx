import { FileDown } from "lucide-react";
import { ButtonLink } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { paths } from "../../domain/paths.ts";
import { ExportHistory } from "../../features/results/export-history.tsx";
import { load, requireActor, servicesOf } from "../../server/http.server.ts";
import { listExports } from "../../services/dataset/list-exports.server.ts";
import { getStudyHeader } from "../../services/study/get-study-header.server.ts";
import type { Route } from "./+types/exports";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: `Exports of ${loaderData?.study.name ?? "a study"} · Turnwise` },
];

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const actor = requireActor({ context, url }, "dataset.export");
  const services = servicesOf(context);
  const { studyId } = params;
  const study = await load(() => getStudyHeader(services, actor, { studyId }));
  const cursor = url.searchParams.get("cursor");
  return { study, page: await load(() => listExports(services, actor, { studyId, cursor })) };
}

/** Every export of a study. */
export default function Exports({ loaderData }: Route.ComponentProps) {
  const { study, page } = loaderData;
  const toNew = (
    <ButtonLink
      to={paths.newExport(study.studyId)}
      variant="primary"
      icon={<FileDown aria-hidden="true" className="size-4" />}
    >
      New export
    </ButtonLink>
  );
  return (
    <>
      <PageHeader
        title="Exports"
        breadcrumbs={[
          { label: "Datasets", to: paths.data() },
          { label: study.name, to: paths.dataStudy(study.studyId) },
        ]}
        description="Each export stays here with its options, counts and checksums."
        actions={toNew}
      />
      {page.rows.length === 0 ? (
        <EmptyState icon={<FileDown />} title="No exports yet">
          Choose whom the data are for and what goes in; what it would hold is counted as you choose.
        </EmptyState>
      ) : (
        <Card padded={false}>
          <ExportHistory rows={page.rows} />
        </Card>
      )}
      {page.nextCursor !== null && (
        <div className="mt-4">
          <ButtonLink to={{ search: `?cursor=${encodeURIComponent(page.nextCursor)}` }}>
            Older exports
          </ButtonLink>
        </div>
      )}
    </>
  );
}
