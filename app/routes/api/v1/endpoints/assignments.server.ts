import { z } from "zod";
import { ASSIGNMENT_STATUSES } from "../../../../domain/assignment.ts";
import type { RequestErrorCode } from "../../../../domain/errors.ts";
import { type ApiCall, endpoint } from "../../../../server/api/endpoint.server.ts";
import { approveAssignment } from "../../../../services/assignment/approve-assignment.server.ts";
import { extendLease } from "../../../../services/assignment/extend-lease.server.ts";
import { getAssignment } from "../../../../services/assignment/get-assignment.server.ts";
import { listAssignments } from "../../../../services/assignment/list-assignments.server.ts";
import { offerAssignment } from "../../../../services/assignment/offer-assignment.server.ts";
import { pauseAssignment } from "../../../../services/assignment/pause-assignment.server.ts";
import { rejectAssignment } from "../../../../services/assignment/reject-assignment.server.ts";
import { releaseAssignment } from "../../../../services/assignment/release-assignment.server.ts";
import { resumeAssignment } from "../../../../services/assignment/resume-assignment.server.ts";
import { returnForCorrection } from "../../../../services/assignment/return-for-correction.server.ts";
import { instant, pageOf, pageQuery } from "./schemas.server.ts";

const assignment = z
  .object({
    assignmentId: z.string(),
    studyId: z.string(),
    studyVersion: z.number().int(),
    raterId: z.string().meta({ description: "Pseudonymous." }),
    trajectoryId: z.string().nullable(),
    status: z.enum(ASSIGNMENT_STATUSES),
    startedAtMs: instant,
    updatedAtMs: instant,
    leaseExpiresAtMs: instant,
    submittedAtMs: instant.nullable(),
    reviewNote: z.string().meta({ description: "What was written to the rater." }),
    reviewedAtMs: instant.nullable(),
  })
  .meta({ id: "Assignment" });

const minutes = z.number().int().min(1);
const note = z.string().max(4000);

type ActionCall = ApiCall<"/assignments/{assignmentId}", undefined, unknown>;

/** Answers with the assignment as it is after the action. */
function action<Body extends z.ZodType>(
  name: string,
  declared: {
    operationId: string;
    summary: string;
    description?: string;
    errors?: RequestErrorCode[];
    example?: z.input<Body>;
    act(
      call: Pick<ActionCall, "ctx" | "actor">,
      args: { assignmentId: string; submissionId: string },
      body: z.output<Body>,
    ): Promise<unknown>;
  },
  body?: Body,
) {
  const { act, errors = [], ...described } = declared;
  return endpoint({
    ...described,
    method: "POST",
    path: `/assignments/{assignmentId}/${name}`,
    tag: "Assignments",
    scope: "assignments:write",
    errors: ["ILLEGAL_TRANSITION", ...errors],
    body,
    status: 200,
    response: assignment,
    async handle(call) {
      const { ctx, actor, submissionId } = call;
      const { assignmentId } = call.params as { assignmentId: string };
      await act({ ctx, actor }, { assignmentId, submissionId }, call.body as z.output<Body>);
      return getAssignment(ctx, actor, { assignmentId });
    },
  });
}

export const assignmentEndpoints = [
  endpoint({
    method: "GET",
    path: "/studies/{studyId}/assignments",
    operationId: "listAssignments",
    tag: "Assignments",
    summary: "List the assignments of a study, the latest first",
    scope: "assignments:read",
    query: pageQuery.extend({
      status: z.enum(ASSIGNMENT_STATUSES).optional(),
      raterId: z.string().max(80).optional(),
    }),
    status: 200,
    response: pageOf("AssignmentPage", assignment),
    async handle({ ctx, actor, params, query }) {
      const { rows, nextCursor } = await listAssignments(ctx, actor, { ...params, ...query });
      return { data: rows, nextCursor };
    },
  }),
  endpoint({
    method: "GET",
    path: "/assignments/{assignmentId}",
    operationId: "getAssignment",
    tag: "Assignments",
    summary: "Read one assignment",
    scope: "assignments:read",
    status: 200,
    response: assignment,
    handle: ({ ctx, actor, params }) => getAssignment(ctx, actor, params),
  }),
  endpoint({
    method: "POST",
    path: "/studies/{studyId}/assignments",
    operationId: "offerAssignments",
    tag: "Assignments",
    summary: "Offer a task to some raters, or to a group of them",
    description: "A place is held for each until they take it, decline it, or the offer lapses.",
    scope: "assignments:write",
    errors: ["STUDY_NOT_OPEN"],
    body: z
      .strictObject({
        to: z.union([
          z.strictObject({ raterIds: z.array(z.string().max(80)).min(1) }),
          z.strictObject({ pool: z.string().max(80) }),
        ]),
        minutes: minutes
          .optional()
          .meta({ description: "How long the offer stands; the lease if left out." }),
      })
      .meta({ id: "NewOffers" }),
    example: { to: { raterIds: ["rtr_…"] }, minutes: 1440 },
    status: 200,
    response: z
      .object({
        offered: z.array(z.object({ raterId: z.string(), assignmentId: z.string() })),
        hasMore: z.boolean(),
        refused: z.array(
          z.object({
            raterId: z.string(),
            refusal: z.looseObject({ code: z.string() }).meta({ description: "Why, and until when." }),
          }),
        ),
      })
      .meta({ id: "Offers" }),
    handle: ({ ctx, actor, params, body, submissionId }) =>
      offerAssignment(ctx, actor, { ...params, ...body, submissionId }),
  }),
  action(
    "extend",
    {
      operationId: "extendAssignment",
      summary: "Give a rater more time; an expired task comes back while a place is free",
      errors: ["ASSIGNMENT_ALREADY_LIVE", "STUDY_FULL"],
      example: { minutes: 60 },
      act: ({ ctx, actor }, args, body) => extendLease(ctx, actor, { ...args, ...body }),
    },
    z.strictObject({ minutes }).meta({ id: "Extension" }),
  ),
  action("pause", {
    operationId: "pauseAssignment",
    summary: "Stop the clock of a task",
    act: ({ ctx, actor }, args) => pauseAssignment(ctx, actor, args),
  }),
  action("resume", {
    operationId: "resumeAssignment",
    summary: "Start the clock of a paused task again",
    act: ({ ctx, actor }, args) => resumeAssignment(ctx, actor, args),
  }),
  action("release", {
    operationId: "releaseAssignment",
    summary: "Free the place of a task now; the work is kept",
    act: ({ ctx, actor }, args) => releaseAssignment(ctx, actor, args),
  }),
  action("approve", {
    operationId: "approveAssignment",
    summary: "Accept work that was handed in",
    errors: ["STUDY_FULL"],
    act: ({ ctx, actor }, args) => approveAssignment(ctx, actor, args),
  }),
  action(
    "reject",
    {
      operationId: "rejectAssignment",
      summary: "Refuse work that was handed in, with a reason that the rater reads",
      example: { reason: "The rationales do not fit the images." },
      act: ({ ctx, actor }, args, body) => rejectAssignment(ctx, actor, { ...args, ...body }),
    },
    z
      .strictObject({
        reason: note,
        reusePlace: z
          .boolean()
          .optional()
          .meta({ description: "Whether somebody else gets the place; the study's own rule if left out." }),
      })
      .meta({ id: "Rejection" }),
  ),
  action(
    "return-for-correction",
    {
      operationId: "returnAssignmentForCorrection",
      summary: "Give handed-in work back to its rater, with a note",
      errors: ["ASSIGNMENT_ALREADY_LIVE"],
      example: { note: "Please say more about turn 3." },
      act: ({ ctx, actor }, args, body) => returnForCorrection(ctx, actor, { ...args, ...body }),
    },
    z.strictObject({ note, minutes: minutes.optional() }).meta({ id: "Correction" }),
  ),
];
