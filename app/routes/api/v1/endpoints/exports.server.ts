import { z } from "zod";
import { EXPORT_FILE_PARTS, type ExportRow } from "../../../../domain/export-job.ts";
import { EXPORT_STATUSES, PRIVACY_PROFILES } from "../../../../domain/vocabulary.ts";
import { endpoint } from "../../../../server/api/endpoint.server.ts";
import { serveExportFile } from "../../../../server/serve-export-file.server.ts";
import { getExport } from "../../../../services/dataset/get-export.server.ts";
import { listExports } from "../../../../services/dataset/list-exports.server.ts";
import { startExport } from "../../../../services/dataset/start-export.server.ts";
import { getStudyHeader } from "../../../../services/study/get-study-header.server.ts";
import { instant } from "./schemas.server.ts";

const exported = z
  .object({
    exportId: z.string(),
    studyId: z.string(),
    status: z.enum(EXPORT_STATUSES),
    profile: z.enum(PRIVACY_PROFILES),
    files: z
      .array(
        z.object({
          name: z.string(),
          part: z.enum(EXPORT_FILE_PARTS),
          rows: z.number().int().nullable().meta({ description: "Null for files without rows." }),
          byteSize: z.number().int(),
          sha256: z.string(),
        }),
      )
      .meta({ description: "Empty until the export is ready." }),
    error: z.string().nullable(),
    createdAtMs: instant,
    finishedAtMs: instant.nullable(),
  })
  .meta({ id: "Export" });

function toReply(row: ExportRow): z.infer<typeof exported> {
  const { exportId, studyId, status, profile, files, error, createdAtMs, finishedAtMs } = row;
  return { exportId, studyId, status, profile, files, error, createdAtMs, finishedAtMs };
}

export const exportEndpoints = [
  endpoint({
    method: "POST",
    path: "/exports",
    operationId: "startExport",
    tag: "Exports",
    summary: "Start an export of a study",
    description:
      "It goes on in the background: read it until its status is `ready`, `failed` or `cancelled`.",
    scope: "exports:write",
    errors: ["NOT_FOUND"],
    body: z
      .strictObject({ studyId: z.string().max(80), profile: z.enum(PRIVACY_PROFILES) })
      .meta({ id: "NewExport" }),
    example: { studyId: "std_…", profile: "internal" },
    status: 202,
    response: exported,
    async handle({ ctx, actor, body, submissionId }) {
      const { studyId, ...options } = body;
      const { exportId } = await startExport(ctx, actor, { studyId, options, submissionId });
      return { value: toReply(await getExport(ctx, actor, { exportId })), location: `/exports/${exportId}` };
    },
  }),
  endpoint({
    method: "GET",
    path: "/studies/{studyId}/exports",
    operationId: "listExports",
    tag: "Exports",
    summary: "List the latest 100 exports of a study",
    scope: "exports:read",
    status: 200,
    response: z.object({ data: z.array(exported) }).meta({ id: "ExportList" }),
    async handle({ ctx, actor, params }) {
      await getStudyHeader(ctx, actor, params);
      const { rows } = await listExports(ctx, actor, { ...params, limit: 100 });
      return { data: rows.map(toReply) };
    },
  }),
  endpoint({
    method: "GET",
    path: "/exports/{exportId}",
    operationId: "getExport",
    tag: "Exports",
    summary: "Read how an export stands, and the files of a finished one",
    scope: "exports:read",
    status: 200,
    response: exported,
    handle: async ({ ctx, actor, params }) => toReply(await getExport(ctx, actor, params)),
  }),
  endpoint({
    method: "GET",
    path: "/exports/{exportId}/files/{name}",
    operationId: "downloadExportFile",
    tag: "Exports",
    summary: "Download one file; a broken download goes on with a range request",
    scope: "exports:read",
    status: 200,
    media: "application/octet-stream",
    handle: ({ ctx, actor, params, request }) => serveExportFile(ctx, actor, request, params),
  }),
];
