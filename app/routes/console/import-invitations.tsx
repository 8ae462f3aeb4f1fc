import { data, Link } from "react-router";
import { Alert } from "../../components/alert.tsx";
import { RequestError } from "../../domain/errors.ts";
import { paths } from "../../domain/paths.ts";
import { SOURCES } from "../../domain/vocabulary.ts";
import { failureOf } from "../../features/console/failure.ts";
import { ImportForm } from "../../features/console/import-form.tsx";
import { ImportReport, type ImportReportProps } from "../../features/console/import-report.tsx";
import { InviteResult } from "../../features/console/invite-result.tsx";
import { decodeText } from "../../server/decode-text.ts";
import {
  formText,
  handleFailure,
  load,
  readForm,
  requireActor,
  servicesOf,
} from "../../server/http.server.ts";
import type { ServiceContext } from "../../services/context.ts";
import { checkInvitationFile } from "../../services/identity/check-invitation-file.server.ts";
import { importInvitations } from "../../services/identity/import-invitations.server.ts";
import { getStudyHeader } from "../../services/study/get-study-header.server.ts";
import type { Route } from "./+types/import-invitations";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = () => [{ title: "Invite from a file · Turnwise" }];

const FILE_BYTES_MAX = 2 * 1024 * 1024;

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const actor = requireActor({ context, url }, "rater.invite");
  const { studyId } = params;
  await load(() => getStudyHeader(servicesOf(context), actor, { studyId }));
  return { origin: url.origin };
}

export async function action({ request, context, params, url }: Route.ActionArgs) {
  const actor = requireActor({ context, url }, "rater.invite");
  const services = servicesOf(context);
  const form = await readForm(request);
  const { studyId } = params;
  const source = SOURCES.find((s) => s === formText(form, "source")) ?? "human";
  let report: ImportReportProps | null = null;
  try {
    const text = await textOf(form);
    const intent = formText(form, "intent");
    if (intent === "invite") {
      try {
        const invited = await importInvitations(services, actor, {
          studyId,
          text,
          source,
          agreedRows: Number(formText(form, "agreedRows")),
          submissionId: formText(form, "submissionId"),
        });
        return { invited, source };
      } catch (error) {
        // The report below shows how things stand now; the file need not be chosen again.
        report = await reportOn(services, { text, source, check: () => check(text) });
        throw error;
      }
    }
    if (intent !== "check") throw new RequestError("BAD_REQUEST", "This page has no such button.");
    return { report: await reportOn(services, { text, source, check: () => check(text) }), source };
  } catch (error) {
    const failure = handleFailure(error);
    return data({ ...failure.data, report, source }, failure.init ?? undefined);
  }

  function check(text: string) {
    return checkInvitationFile(services, actor, { studyId, text });
  }
}

/** The file that was chosen, or the text of the one that the report is about. */
async function textOf(form: FormData): Promise<string> {
  const file = form.get("file");
  if (!(file instanceof File)) return formText(form, "text");
  const refuse = (message: string) => new RequestError("INVALID_INPUT", message, { file: message });
  if (file.size === 0) throw refuse(file.name ? "The file is empty." : "Choose a file.");
  if (file.size > FILE_BYTES_MAX) throw refuse("The file is larger than 2 MB. Cut it into several.");
  return decodeText(new Uint8Array(await file.arrayBuffer())).replaceAll("\u0000", "");
}

async function reportOn(
  services: ServiceContext,
  args: { text: string; source: string; check(): ReturnType<typeof checkInvitationFile> },
): Promise<ImportReportProps> {
  const { people, problems, badRows, ignoredColumns } = await args.check();
  return {
    good: people.length,
    badRows,
    problems,
    ignoredColumns,
    effects: people.flatMap(({ row, email, effect }) => (effect === "link" ? [] : [{ row, email, effect }])),
    text: args.text,
    source: args.source,
    submissionId: services.newId("sub"),
  };
}

/** A file of people to invite: first a report, then the invitations. */
export default function ImportInvitations({ loaderData, actionData, params }: Route.ComponentProps) {
  const failure = failureOf(actionData);
  const invited = actionData && "invited" in actionData ? actionData.invited : null;
  const report = actionData && "report" in actionData ? actionData.report : null;
  return (
    <div className="grid grid-cols-1 gap-5">
      <p>
        <Link to={paths.studyRaters(params.studyId)} className="text-accent-ink hover:underline">
          ← Raters
        </Link>
      </p>
      {failure && !failure.fields.file && <Alert tone="danger">{failure.message}</Alert>}
      {invited && (
        <InviteResult
          {...invited}
          origin={loaderData.origin}
          filePath={paths.invitationLinks(params.studyId)}
        />
      )}
      <ImportForm source={actionData?.source ?? "human"} error={failure?.fields.file} />
      {report && <ImportReport key={report.submissionId} {...report} />}
    </div>
  );
}
