import { z } from "zod";
import { SOURCES, STUDY_RATER_STATUSES } from "../../../../domain/vocabulary.ts";
import { endpoint } from "../../../../server/api/endpoint.server.ts";
import { addStudyRater } from "../../../../services/identity/add-study-rater.server.ts";
import { inviteRaters } from "../../../../services/identity/invite-raters.server.ts";
import { listInvitations } from "../../../../services/identity/list-invitations.server.ts";
import { listStudyRaters } from "../../../../services/identity/list-study-raters.server.ts";
import { revokeInvitation } from "../../../../services/identity/revoke-invitation.server.ts";
import { setStudyRaterStatus } from "../../../../services/identity/set-study-rater-status.server.ts";
import { instant, pageOf, pageQuery } from "./schemas.server.ts";

const status = z.enum(STUDY_RATER_STATUSES);
const source = z.enum(SOURCES);

const rater = z
  .object({
    raterId: z.string().meta({ description: "Pseudonymous." }),
    name: z.string(),
    email: z.string().meta({ description: "Empty once the person is erased." }),
    status,
    source,
    completed: z.number().int(),
    live: z.number().int(),
    addedAtMs: instant,
  })
  .meta({ id: "StudyRater" });
const membership = z.object({ studyId: z.string(), raterId: z.string(), status }).meta({ id: "Membership" });

const invitation = z
  .object({
    invitationId: z.string(),
    email: z.string(),
    state: z.enum(["open", "accepted", "expired", "revoked"]),
    createdAtMs: instant,
    expiresAtMs: instant,
  })
  .meta({ id: "Invitation" });

export const raterEndpoints = [
  endpoint({
    method: "GET",
    path: "/studies/{studyId}/raters",
    operationId: "listStudyRaters",
    tag: "Raters",
    summary: "List the raters of a study, the latest first",
    scope: "raters:read",
    query: pageQuery,
    status: 200,
    response: pageOf("StudyRaterPage", rater),
    async handle({ ctx, actor, params, query }) {
      const { rows, nextCursor } = await listStudyRaters(ctx, actor, { ...params, ...query });
      return { data: rows, nextCursor };
    },
  }),
  endpoint({
    method: "POST",
    path: "/studies/{studyId}/raters",
    operationId: "addStudyRater",
    tag: "Raters",
    summary: "Let somebody who rated in another study rate in this one",
    description: "New people are invited instead. A blocked member stays blocked.",
    scope: "raters:write",
    body: z.strictObject({ raterId: z.string().max(80) }).meta({ id: "NewStudyRater" }),
    example: { raterId: "rtr_…" },
    status: 200,
    response: membership,
    async handle({ ctx, actor, params, body, submissionId }) {
      return {
        ...params,
        ...body,
        ...(await addStudyRater(ctx, actor, { ...params, ...body, submissionId })),
      };
    },
  }),
  endpoint({
    method: "PATCH",
    path: "/studies/{studyId}/raters/{raterId}",
    operationId: "setStudyRaterStatus",
    tag: "Raters",
    summary: "Block a rater from new work, or let them in again",
    scope: "raters:write",
    body: z.strictObject({ status }).meta({ id: "StudyRaterChange" }),
    example: { status: "blocked" },
    status: 200,
    response: membership,
    async handle({ ctx, actor, params, body, submissionId }) {
      return { ...params, ...(await setStudyRaterStatus(ctx, actor, { ...params, ...body, submissionId })) };
    },
  }),
  endpoint({
    method: "GET",
    path: "/studies/{studyId}/invitations",
    operationId: "listInvitations",
    tag: "Invitations",
    summary: "List invitations, the latest first; never their links",
    scope: "invitations:read",
    query: pageQuery.extend({
      open: z.enum(["true", "false"]).optional().meta({ description: "`true`: only those still open." }),
    }),
    status: 200,
    response: pageOf("InvitationPage", invitation),
    async handle({ ctx, actor, params, query }) {
      const { open, ...page } = query;
      const openOnly = open === "true";
      const { rows, nextCursor } = await listInvitations(ctx, actor, { ...params, ...page, openOnly });
      return { data: rows, nextCursor };
    },
  }),
  endpoint({
    method: "POST",
    path: "/studies/{studyId}/invitations",
    operationId: "inviteRaters",
    tag: "Invitations",
    summary: "Invite one person or many: all of them, or nobody when one entry is wrong",
    description:
      "Each link is shown this once; only its hash is stored. People who have a rater account are added at once and need no link. An open invitation of the same address is replaced.",
    scope: "invitations:write",
    errors: ["STUDY_NOT_OPEN"],
    body: z
      .strictObject({
        emails: z.array(z.string().max(400)).min(1, "Give at least one address.").max(500),
        source: source.default("human"),
      })
      .meta({ id: "NewInvitations" }),
    example: { emails: ["ada@example.org", "bo@example.org"] },
    status: 200,
    response: z
      .object({
        invitations: z.array(
          z.object({
            invitationId: z.string(),
            email: z.string(),
            url: z.string().nullable().meta({
              description: "Null when the same request is repeated so late that the link is forgotten.",
            }),
            expiresAtMs: instant,
          }),
        ),
        alreadyMembers: z.array(z.string()).meta({ description: "In the study now, without a link." }),
      })
      .meta({ id: "InvitedRaters" }),
    async handle({ ctx, actor, params, body, submissionId, baseUrl }) {
      const made = await inviteRaters(ctx, actor, { ...params, ...body, submissionId });
      return {
        alreadyMembers: made.alreadyMembers,
        invitations: made.invitations.map(({ path, ...one }) => ({ ...one, url: path && baseUrl + path })),
      };
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/studies/{studyId}/invitations/{invitationId}",
    operationId: "revokeInvitation",
    tag: "Invitations",
    summary: "Revoke an invitation: its link stops working",
    scope: "invitations:write",
    errors: ["ILLEGAL_TRANSITION"],
    status: 204,
    async handle({ ctx, actor, params, submissionId }) {
      await revokeInvitation(ctx, actor, { ...params, submissionId });
      return undefined;
    },
  }),
];
