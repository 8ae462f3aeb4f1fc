import { z } from "zod";
import { EXPORT_FILE_PARTS, type ExportRow } from "../../../../domain/export-job.ts";
import { exportOptionsSchema, TABLE_FORMATS, TABLE_NAMES } from "../../../../domain/export-options.ts";
import { EXPORT_STAGES, EXPORT_STATUSES, PRIVACY_PROFILES } from "../../../../domain/vocabulary.ts";
import { endpoint } from "../../../../server/api/endpoint.server.ts";
import { serveExportArchive } from "../../../../server/serve-export-archive.server.ts";
import { serveExportFile } from "../../../../server/serve-export-file.server.ts";
import { cancelExport } from "../../../../services/dataset/cancel-export.server.ts";
import { estimateExport } from "../../../../services/dataset/estimate-export.server.ts";
import { getExport } from "../../../../services/dataset/get-export.server.ts";
import { listExports } from "../../../../services/dataset/list-exports.server.ts";
import { removeExportFiles } from "../../../../services/dataset/remove-export-files.server.ts";
import { startExport } from "../../../../services/dataset/start-export.server.ts";
import { getStudyHeader } from "../../../../services/study/get-study-header.server.ts";
import { instant, pageOf, pageQuery } from "./schemas.server.ts";

const options = exportOptionsSchema.meta({ id: "ExportOptions" });
const counted = z.record(z.string(), z.number().int());

const exported = z
  .object({
    exportId: z.string(),
    studyId: z.string(),
    status: z.enum(EXPORT_STATUSES),
    profile: z.enum(PRIVACY_PROFILES),
    options,
    progress: z
      .object({
        stage: z.enum(EXPORT_STAGES).nullable().meta({ description: "Null until a worker has it." }),
        done: z.number().int(),
        total: z.number().int().meta({ description: "0 = not known yet." }),
        secondsLeft: z.number().nullable().meta({ description: "Null = too early to say." }),
      })
      .meta({ description: "Of the stage: trajectories, images or bytes." }),
    summary: z
      .object({ version: z.string(), counts: counted, excluded: counted })
      .nullable()
      .meta({ description: "What went in and what was left out, in trajectories; null until ready." }),
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
    snapshotAtMs: instant.nullable(),
    finishedAtMs: instant.nullable(),
    expiresAtMs: instant.nullable().meta({ description: "When the files go by themselves." }),
    filesRemovedAtMs: instant.nullable(),
  })
  .meta({ id: "Export" });

function toReply(row: ExportRow): z.input<typeof exported> {
  return row;
}

const newExport = z
  .strictObject({ studyId: z.string().max(80), ...exportOptionsSchema.shape })
  .meta({ id: "NewExport" });

const estimate = z
  .object({
    trajectories: z.number().int(),
    complete: z.number().int(),
    partial: z.number().int(),
    raters: z.number().int(),
    excluded: counted.meta({ description: "Trajectories that stay out, by reason." }),
    tables: z.array(
      z.object({
        table: z.enum(TABLE_NAMES),
        rows: z.number().int(),
        formats: z.array(z.enum(TABLE_FORMATS)),
        bytes: z.number().int(),
      }),
    ),
    images: z.object({ files: z.number().int(), bytes: z.number().int() }),
    bytes: z.number().int().meta({ description: "About; of all files together." }),
  })
  .meta({ id: "ExportEstimate" });

export const exportEndpoints = [
  endpoint({
    method: "POST",
    path: "/exports/estimate",
    operationId: "estimateExport",
    tag: "Exports",
    summary: "Count what an export would hold, without making it",
    scope: "exports:read",
    errors: ["NOT_FOUND"],
    body: newExport,
    example: { studyId: "std_…", profile: "public", include: "complete" },
    status: 200,
    response: estimate,
    async handle({ ctx, actor, body }) {
      const { studyId, ...options } = body;
      return estimateExport(ctx, actor, { studyId, options });
    },
  }),
  endpoint({
    method: "POST",
    path: "/exports",
    operationId: "startExport",
    tag: "Exports",
    summary: "Start an export of a study",
    description:
      "It goes on in the background: read it until its status is `ready`, `failed` or `cancelled`. Options that are left out are those of a whole export.",
    scope: "exports:write",
    errors: ["NOT_FOUND"],
    body: newExport,
    example: {
      studyId: "std_…",
      profile: "shared",
      include: "complete",
      source: "human",
      formats: ["parquet"],
      images: true,
    },
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
    summary: "List the exports of a study, the newest first",
    scope: "exports:read",
    query: pageQuery,
    status: 200,
    response: pageOf("ExportPage", exported),
    async handle({ ctx, actor, params, query }) {
      await getStudyHeader(ctx, actor, params);
      const { rows, nextCursor } = await listExports(ctx, actor, { ...params, ...query });
      return { data: rows.map(toReply), nextCursor };
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
    method: "POST",
    path: "/exports/{exportId}/cancel",
    operationId: "cancelExport",
    tag: "Exports",
    summary: "End an export that waits or runs",
    scope: "exports:write",
    errors: ["ILLEGAL_TRANSITION"],
    status: 200,
    response: exported,
    async handle({ ctx, actor, params }) {
      await cancelExport(ctx, actor, params);
      return toReply(await getExport(ctx, actor, params));
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/exports/{exportId}/files",
    operationId: "removeExportFiles",
    tag: "Exports",
    summary: "Remove the files of a finished export; it stays in the list",
    scope: "exports:write",
    errors: ["ILLEGAL_TRANSITION"],
    status: 204,
    async handle({ ctx, actor, params }) {
      await removeExportFiles(ctx, actor, params);
      return undefined;
    },
  }),
  endpoint({
    method: "GET",
    path: "/exports/{exportId}/archive/{format}",
    operationId: "downloadExportArchive",
    tag: "Exports",
    summary: "Download the whole bundle as one `zip` or `tar`",
    description: "It is made while it is sent, so that it has no ranges; its length is told before.",
    scope: "exports:read",
    status: 200,
    media: "application/octet-stream",
    handle: ({ ctx, actor, params, request }) => serveExportArchive(ctx, actor, request, params),
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
