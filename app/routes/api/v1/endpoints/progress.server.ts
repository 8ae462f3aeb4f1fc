import { z } from "zod";
import { endpoint } from "../../../../server/api/endpoint.server.ts";
import { getStudyProgress } from "../../../../services/study/get-study-progress.server.ts";

const progress = z
  .object({
    studyId: z.string(),
    status: z.string(),
    version: z.number().int(),
    counts: z.object({
      target: z.number().int(),
      live: z.number().int(),
      completed: z.number().int(),
      expired: z.number().int(),
      raters: z.number().int(),
      openProblems: z.number().int(),
    }),
    funnel: z
      .array(z.object({ stage: z.string(), count: z.number().int() }))
      .meta({ description: "How many trajectories got to each stage." }),
    arms: z
      .array(
        z.object({
          arm: z.string().meta({ description: "A, B, …: always the same for one arm." }),
          name: z
            .string()
            .nullable()
            .meta({ description: "The arm's name; null for coordinators until the analysis is unlocked." }),
          assigned: z.number().int(),
          live: z.number().int(),
          completed: z.number().int(),
        }),
      )
      .meta({ description: "Progress of each arm." }),
  })
  .meta({ id: "StudyProgress" });

export const progressEndpoints = [
  endpoint({
    method: "GET",
    path: "/studies/{studyId}/progress",
    operationId: "getStudyProgress",
    tag: "Progress",
    summary: "Read counts, funnel and arms of a study, as of now",
    scope: "progress:read",
    status: 200,
    response: progress,
    handle: ({ ctx, actor, params }) => getStudyProgress(ctx, actor, params),
  }),
];
