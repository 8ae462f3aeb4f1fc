import { z } from "zod";
import { ASSIGNMENT_STATUSES } from "../../../../domain/assignment.ts";
import { endpoint } from "../../../../server/api/endpoint.server.ts";
import { getAssignment } from "../../../../services/assignment/get-assignment.server.ts";
import { listAssignments } from "../../../../services/assignment/list-assignments.server.ts";
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
];
