import { data, redirect } from "react-router";
import { PageHeader } from "../../components/page-header.tsx";
import { RequestError } from "../../domain/errors.ts";
import { paths } from "../../domain/paths.ts";
import { waitsForReview } from "../../domain/text-review.ts";
import { type FormFailure, failureOf } from "../../features/console/failure.ts";
import { type Counted, ExportBuilder } from "../../features/results/export-builder.tsx";
import {
  type ExportFormValues,
  exportFormOf,
  NEW_EXPORT,
  readExportForm,
  toExportOptions,
} from "../../features/results/export-form-values.ts";
import {
  formText,
  handleFailure,
  load,
  readForm,
  requireActor,
  servicesOf,
} from "../../server/http.server.ts";
import { countUnreviewedTexts } from "../../services/dataset/count-unreviewed-texts.server.ts";
import { estimateExport } from "../../services/dataset/estimate-export.server.ts";
import { getExport } from "../../services/dataset/get-export.server.ts";
import { startExport } from "../../services/dataset/start-export.server.ts";
import { getStudyHeader } from "../../services/study/get-study-header.server.ts";
import { listStudyArms } from "../../services/study/list-study-arms.server.ts";
import type { Route } from "./+types/new-export";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: `New export of ${loaderData?.study.name ?? "a study"} · Turnwise` },
];

/** `?from=` an earlier export begins with its options. */
export async function loader({ context, params, url }: Route.LoaderArgs) {
  const actor = requireActor({ context, url }, "dataset.export");
  const services = servicesOf(context);
  const { studyId } = params;
  const from = url.searchParams.get("from");
  const [study, arms, earlier] = await Promise.all([
    load(() => getStudyHeader(services, actor, { studyId })),
    load(() => listStudyArms(services, actor, { studyId })),
    from ? load(() => getExport(services, actor, { exportId: from })) : null,
  ]);
  const values = earlier?.studyId === studyId ? exportFormOf(earlier.options) : NEW_EXPORT;
  const estimate = await load(() =>
    estimateExport(services, actor, { studyId, options: toExportOptions(values) }),
  );
  const counted: Counted = { estimate, undecided: null };
  return { study, arms, values, counted, submissionId: services.newId("sub") };
}

export async function action({ request, context, params, url }: Route.ActionArgs) {
  const actor = requireActor({ context, url }, "dataset.export");
  const services = servicesOf(context);
  const { studyId } = params;
  const form = await readForm(request);
  const values = readExportForm(form);
  const options = toExportOptions(values);
  try {
    switch (formText(form, "intent")) {
      case "count": {
        const estimate = await estimateExport(services, actor, { studyId, options });
        const undecided = waitsForReview(options)
          ? (await countUnreviewedTexts(services, actor, { studyId, profile: options.profile })).undecided
          : null;
        return data({ values, counted: { estimate, undecided } satisfies Counted });
      }
      case "export": {
        const submissionId = formText(form, "submissionId");
        const { exportId } = await startExport(services, actor, { studyId, options, submissionId });
        return redirect(paths.dataExport(exportId), 303);
      }
      default:
        throw new RequestError("BAD_REQUEST", "This page has no such button.");
    }
  } catch (error) {
    const failure = handleFailure(error);
    return data({ ...failure.data, values }, { status: failure.init?.status });
  }
}

/** Where a researcher says what an export is to hold. */
export default function NewExport({ loaderData, actionData }: Route.ComponentProps) {
  const { study, arms, submissionId } = loaderData;
  const posted = actionData as
    | { values: ExportFormValues; counted?: Counted; error?: FormFailure }
    | undefined;
  return (
    <>
      <PageHeader
        title="New export"
        breadcrumbs={[
          { label: "Datasets", to: paths.data() },
          { label: study.name, to: paths.dataStudy(study.studyId) },
          { label: "Exports", to: paths.dataExports(study.studyId) },
        ]}
        description="A bundle of files with checksums, a data sheet and metadata, with pseudonyms in place of ids."
      />
      <ExportBuilder
        values={posted?.values ?? loaderData.values}
        counted={posted ? (posted.counted ?? null) : loaderData.counted}
        failure={failureOf(actionData)}
        arms={arms}
        version={study.version}
        submissionId={submissionId}
      />
    </>
  );
}
