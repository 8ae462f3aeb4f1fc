import { data } from "react-router";
import { Alert } from "../../components/alert.tsx";
import { RequestError } from "../../domain/errors.ts";
import { paths } from "../../domain/paths.ts";
import { SOURCES } from "../../domain/vocabulary.ts";
import { failureOf } from "../../features/console/failure.ts";
import { InvitationsTable } from "../../features/console/invitations-table.tsx";
import { InviteForm } from "../../features/console/invite-form.tsx";
import { InviteResult } from "../../features/console/invite-result.tsx";
import { MembersTable } from "../../features/console/members-table.tsx";
import { splitEmails } from "../../features/console/split-emails.ts";
import {
  formText,
  handleFailure,
  load,
  readForm,
  requireActor,
  servicesOf,
} from "../../server/http.server.ts";
import { inviteRaters } from "../../services/identity/invite-raters.server.ts";
import { listInvitations } from "../../services/identity/list-invitations.server.ts";
import { listStudyRaters } from "../../services/identity/list-study-raters.server.ts";
import { revokeInvitation } from "../../services/identity/revoke-invitation.server.ts";
import { setStudyRaterStatus } from "../../services/identity/set-study-rater-status.server.ts";
import type { Route } from "./+types/raters";

export { RouteError as ErrorBoundary } from "../../components/error-page.tsx";

export const meta: Route.MetaFunction = () => [{ title: "Raters · Turnwise" }];

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const actor = requireActor({ context, url }, "rater.invite");
  const services = servicesOf(context);
  const { studyId } = params;
  const cursor = url.searchParams.get("cursor");
  const invitationCursor = url.searchParams.get("invitations");
  const [members, invitations] = await Promise.all([
    load(() => listStudyRaters(services, actor, { studyId, cursor })),
    load(() => listInvitations(services, actor, { studyId, openOnly: true, cursor: invitationCursor })),
  ]);
  return {
    members,
    invitations,
    origin: url.origin,
    nowMs: services.now(),
    submissionId: services.newId("sub"),
  };
}

export async function action({ request, context, params, url }: Route.ActionArgs) {
  const actor = requireActor({ context, url }, "rater.invite");
  const services = servicesOf(context);
  const form = await readForm(request);
  const { studyId } = params;
  const submissionId = formText(form, "submissionId");
  const raterId = formText(form, "raterId");
  const typed = { emails: formText(form, "emails"), source: formText(form, "source") };
  try {
    switch (formText(form, "intent")) {
      case "invite": {
        const source = SOURCES.find((s) => s === typed.source) ?? "human";
        const emails = splitEmails(typed.emails);
        return { invited: await inviteRaters(services, actor, { studyId, emails, source, submissionId }) };
      }
      case "revoke": {
        const invitationId = formText(form, "invitationId");
        const { email } = await revokeInvitation(services, actor, { studyId, invitationId, submissionId });
        return { done: `The invitation of ${email} is revoked: its link no longer works.` };
      }
      case "block":
        await setStudyRaterStatus(services, actor, { studyId, raterId, status: "blocked", submissionId });
        return { done: "The rater is blocked: no new tasks. A task under way can still be finished." };
      case "unblock":
        await setStudyRaterStatus(services, actor, { studyId, raterId, status: "active", submissionId });
        return { done: "The rater can start tasks again." };
      default:
        throw new RequestError("BAD_REQUEST", "This page has no such button.");
    }
  } catch (error) {
    const failure = handleFailure(error);
    return data({ ...failure.data, typed }, failure.init ?? undefined);
  }
}

/** Who rates in a study, and how more people get in. */
export default function Raters({ loaderData, actionData, params }: Route.ComponentProps) {
  const { members, invitations, origin, nowMs, submissionId } = loaderData;
  const failure = failureOf(actionData);
  const invited = actionData && "invited" in actionData ? actionData.invited : null;
  const done = actionData && "done" in actionData ? actionData.done : null;
  const typed = actionData && "typed" in actionData ? actionData.typed : null;
  return (
    <div className="grid grid-cols-1 gap-5">
      {failure && !failure.fields.emails && <Alert tone="danger">{failure.message}</Alert>}
      {done && <Alert tone="success">{done}</Alert>}
      {invited && (
        <InviteResult {...invited} origin={origin} filePath={paths.invitationLinks(params.studyId)} />
      )}
      <div className="grid grid-cols-1 items-start gap-5 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="grid grid-cols-1 gap-5">
          <MembersTable studyId={params.studyId} members={members} submissionId={submissionId} />
          <InvitationsTable invitations={invitations} nowMs={nowMs} submissionId={submissionId} />
        </div>
        <InviteForm
          importPath={paths.importInvitations(params.studyId)}
          sent={invited}
          submissionId={submissionId}
          emails={typed?.emails}
          source={typed?.source}
          error={failure?.fields.emails}
        />
      </div>
    </div>
  );
}
