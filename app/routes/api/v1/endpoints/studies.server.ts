import { z } from "zod";
import { RequestError } from "../../../../domain/errors.ts";
import { STUDY_ACTIONS, STUDY_STATUSES, type StudyAction } from "../../../../domain/study.ts";
import { defaultStudySettings, studySettingsSchema } from "../../../../domain/study-settings.ts";
import { type ApiCall, endpoint } from "../../../../server/api/endpoint.server.ts";
import { cutPage } from "../../../../services/dataset/keyset.ts";
import { createStudy } from "../../../../services/study/create-study.server.ts";
import { getStudySettings } from "../../../../services/study/get-study-settings.server.ts";
import { listStudies } from "../../../../services/study/list-studies.server.ts";
import { setStudyStatus } from "../../../../services/study/set-study-status.server.ts";
import { updateStudySettings } from "../../../../services/study/update-study-settings.server.ts";
import { instant, pageOf, pageQuery } from "./schemas.server.ts";

const settings = studySettingsSchema.meta({ id: "StudySettings" });
const studyStatus = z.enum(STUDY_STATUSES).meta({ id: "StudyStatus" });
const actions = z.array(z.enum(STUDY_ACTIONS)).meta({ description: "What can be done with the study now." });
const version = z.number().int().meta({ description: "Published version; 0 = never published." });
const name = z.string().meta({ description: "At most 120 characters." });

const studyRow = z
  .object({
    studyId: z.string(),
    name: z.string(),
    status: studyStatus,
    version,
    target: z.number().int().meta({ description: "Completed trajectories wanted." }),
    completed: z.number().int(),
    live: z.number().int().meta({ description: "Assignments that raters can work on now." }),
    raters: z.number().int(),
    createdAtMs: instant,
  })
  .meta({ id: "StudySummary" });

const study = z
  .object({
    studyId: z.string(),
    name: z.string(),
    status: studyStatus,
    version,
    hasUnpublishedChanges: z.boolean(),
    actions,
    draft: settings,
  })
  .meta({ id: "Study" });

type StudyCall = Pick<ApiCall<"/studies/{studyId}", unknown, unknown>, "ctx" | "actor" | "params">;
const readStudy = ({ ctx, actor, params }: StudyCall) => getStudySettings(ctx, actor, params);

const actionTexts: Record<StudyAction, string> = {
  publish: "Publish the draft as the next version",
  pause: "Pause a study: no new assignments",
  resume: "Resume a paused study",
  close: "Close a study",
  reopen: "Reopen a closed study",
};

export const studyEndpoints = [
  endpoint({
    method: "GET",
    path: "/studies",
    operationId: "listStudies",
    tag: "Studies",
    summary: "List studies, the newest first",
    scope: "studies:read",
    query: pageQuery,
    status: 200,
    response: pageOf("StudyPage", studyRow),
    async handle({ ctx, actor, query }) {
      const rows = await listStudies(ctx, actor, { cursor: query.cursor, limit: query.limit + 1 });
      const page = cutPage(rows, query.limit, (row) => ({ ms: row.createdAtMs, id: row.studyId }));
      return { data: page.rows, nextCursor: page.nextCursor };
    },
  }),
  endpoint({
    method: "POST",
    path: "/studies",
    operationId: "createStudy",
    tag: "Studies",
    summary: "Create a study as a draft",
    description: "Settings that are left out are those of the published rater study.",
    scope: "studies:write",
    body: z.strictObject({ name, settings: settings.optional() }).meta({ id: "NewStudy" }),
    example: { name: "Pilot", settings: { targetTrajectories: 40, arms: defaultStudySettings().arms } },
    status: 201,
    response: study,
    async handle({ ctx, actor, body, submissionId }) {
      const { studyId } = await withSettingsFields(() => createStudy(ctx, actor, { ...body, submissionId }));
      const value = await readStudy({ ctx, actor, params: { studyId } });
      return { value, location: `/studies/${studyId}` };
    },
  }),
  endpoint({
    method: "GET",
    path: "/studies/{studyId}",
    operationId: "getStudy",
    tag: "Studies",
    summary: "Read a study with its draft settings",
    scope: "studies:read",
    status: 200,
    response: study,
    handle: readStudy,
  }),
  endpoint({
    method: "PATCH",
    path: "/studies/{studyId}",
    operationId: "updateStudy",
    tag: "Studies",
    summary: "Change the name or the draft settings",
    description:
      "`settings` replaces the whole draft: read it first, change it, send it back. Published versions never change; the draft counts once it is published.",
    scope: "studies:write",
    body: z
      .strictObject({ name: name.optional(), settings: settings.optional() })
      .meta({ id: "StudyChange" }),
    example: { name: "Pilot, second round" },
    status: 200,
    response: study,
    async handle(call) {
      const { ctx, actor, params, body, submissionId } = call;
      const draft = body.settings ?? (await readStudy(call)).draft;
      await withSettingsFields(() =>
        updateStudySettings(ctx, actor, { ...params, name: body.name, settings: draft, submissionId }),
      );
      return readStudy(call);
    },
  }),
  ...STUDY_ACTIONS.map((action) =>
    endpoint({
      method: "POST",
      path: `/studies/{studyId}/${action}`,
      operationId: `${action}Study`,
      tag: "Studies",
      summary: actionTexts[action],
      scope: "studies:write",
      errors: ["ILLEGAL_TRANSITION"],
      status: 200,
      response: study,
      async handle({ ctx, actor, params, submissionId }) {
        const { studyId } = params as { studyId: string };
        await setStudyStatus(ctx, actor, { studyId, action, submissionId });
        return readStudy({ ctx, actor, params: { studyId } });
      },
    }),
  ),
];

/** The use cases name a setting by its own path; here the settings are one field of the body. */
async function withSettingsFields<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RequestError) || error.code !== "INVALID_INPUT") throw error;
    const fields = Object.entries(error.fields).map(([field, message]) => [
      field === "name" ? field : `settings.${field}`,
      message,
    ]);
    throw new RequestError(error.code, error.userMessage, Object.fromEntries(fields));
  }
}
