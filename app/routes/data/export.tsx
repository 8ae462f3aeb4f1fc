import { text } from "node:stream/consumers";
import { Form, redirect } from "react-router";
import { Alert } from "../../components/alert.tsx";
import { StatusBadge } from "../../components/badge.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import type { Actor } from "../../domain/actor.ts";
import { RequestError } from "../../domain/errors.ts";
import type { ExportRow } from "../../domain/export-job.ts";
import { paths } from "../../domain/paths.ts";
import { failureOf } from "../../features/console/failure.ts";
import { Disclosure } from "../../features/results/disclosure.tsx";
import { ExportCounts, ExportOptionsCard } from "../../features/results/export-counts.tsx";
import { ExportCommands, ExportFiles } from "../../features/results/export-files.tsx";
import { ExportStanding } from "../../features/results/export-progress.tsx";
import {
  formText,
  handleFailure,
  load,
  readForm,
  requireActor,
  servicesOf,
} from "../../server/http.server.ts";
import type { ServiceContext } from "../../services/context.ts";
import { cancelExport } from "../../services/dataset/cancel-export.server.ts";
import { findPreviousExport } from "../../services/dataset/find-previous-export.server.ts";
import { getExport } from "../../services/dataset/get-export.server.ts";
import { openExportFile } from "../../services/dataset/open-export-file.server.ts";
import { removeExportFiles } from "../../services/dataset/remove-export-files.server.ts";
import { getStudyHeader } from "../../services/study/get-study-header.server.ts";
import { listStudyArms } from "../../services/study/list-study-arms.server.ts";
import type { Route } from "./+types/export";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

/** Longer ones are downloaded, not shown. */
const MANIFEST_SHOWN_MAX_BYTES = 200_000;

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: `Export of ${loaderData?.study.name ?? "a study"} · Turnwise` },
];

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const actor = requireActor({ context, url }, "dataset.export");
  const services = servicesOf(context);
  const row = await load(() => getExport(services, actor, params));
  const { studyId } = row;
  const [study, arms, previous, manifest] = await Promise.all([
    load(() => getStudyHeader(services, actor, { studyId })),
    load(() => listStudyArms(services, actor, { studyId })),
    load(() => findPreviousExport(services, actor, row)),
    readManifest(services, actor, row),
  ]);
  return { row, study, arms, previous, manifest };
}

/** Null when there is none, or it is too long to be looked at. */
async function readManifest(services: ServiceContext, actor: Actor, row: ExportRow): Promise<string | null> {
  const listed = row.files.find((file) => file.name === "manifest.json");
  if (!listed || listed.byteSize > MANIFEST_SHOWN_MAX_BYTES) return null;
  try {
    const file = await openExportFile(services, actor, { exportId: row.exportId, name: listed.name });
    return await text(await file.open());
  } catch (error) {
    // The page tells everything else without it.
    services.log.warn({ err: error, exportId: row.exportId }, "a manifest could not be read");
    return null;
  }
}

export async function action({ request, context, params, url }: Route.ActionArgs) {
  const actor = requireActor({ context, url }, "dataset.export");
  const intent = formText(await readForm(request), "intent");
  try {
    if (intent === "cancel") await cancelExport(servicesOf(context), actor, params);
    else if (intent === "remove") await removeExportFiles(servicesOf(context), actor, params);
    else throw new RequestError("BAD_REQUEST", "This page has no such button.");
    return redirect(paths.dataExport(params.exportId), 303);
  } catch (error) {
    return handleFailure(error);
  }
}

/** One export: how far it is, its files, what it holds and how it was asked for. */
export default function ExportPage({ loaderData, actionData }: Route.ComponentProps) {
  const { row, study, arms, previous, manifest } = loaderData;
  const failure = failureOf(actionData);
  return (
    <>
      <PageHeader
        title="Export"
        badge={<StatusBadge status={row.status} />}
        breadcrumbs={[
          { label: "Datasets", to: paths.data() },
          { label: study.name, to: paths.dataStudy(study.studyId) },
          { label: "Exports", to: paths.dataExports(study.studyId) },
        ]}
        actions={
          row.status === "ready" && (
            <ButtonLink to={paths.newExport(row.studyId, row.exportId)}>
              Again with the same options
            </ButtonLink>
          )
        }
      />
      <div className="grid grid-cols-1 gap-6">
        {failure && <Alert tone="danger">{failure.message}</Alert>}
        <ExportStanding row={row} />
        {row.files.length > 0 && <ExportFiles row={row} />}
        {row.files.length > 0 && <ExportCommands />}
        <ExportCounts row={row} previous={previous} />
        <ExportOptionsCard row={row} arms={arms} />
        {manifest !== null && (
          <Disclosure title="manifest.json">
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable by keyboard. */}
            <pre tabIndex={0} className="max-h-120 overflow-auto px-5 py-4 font-mono text-xs">
              {manifest}
            </pre>
          </Disclosure>
        )}
        {row.files.length > 0 && (
          <Disclosure title="Remove the files">
            <Form method="post" className="grid justify-items-start gap-3 px-5 py-4">
              <p className="text-sm text-muted">
                Nobody can download them afterwards. The export stays in the history with its counts.
              </p>
              <Button type="submit" name="intent" value="remove" variant="danger">
                Remove the files for good
              </Button>
            </Form>
          </Disclosure>
        )}
      </div>
    </>
  );
}
