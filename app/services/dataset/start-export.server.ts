import { randomBytes } from "node:crypto";
import { and, eq, inArray } from "drizzle-orm";
import { datasetInfo, ExportError } from "../../../exporters/index.ts";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { notFound, RequestError } from "../../domain/errors.ts";
import type { ExportOptions, ExportOptionsInput } from "../../domain/export-options.ts";
import { paths } from "../../domain/paths.ts";
import { waitsForReview } from "../../domain/text-review.ts";
import type { ServiceContext } from "../context.ts";
import { recordAudit } from "../record-event.ts";
import { submitOnce } from "../submit-once.ts";
import { countUnreviewedTexts } from "./count-unreviewed-texts.server.ts";
import { parseExportOptions } from "./parse-export-options.ts";

export interface StartExportArgs {
  studyId: string;
  options: ExportOptionsInput;
  submissionId: string;
}
export interface StartExportResult {
  exportId: string;
}

/**
 * Puts an export into the queue; a worker does it, and it shows up in the list of exports at once. Throws NOT_FOUND, and
 * INVALID_INPUT with what to mend by field (`formats`, `info.title`, …), and TEXTS_UNDECIDED: a public release waits until
 * somebody has decided about every flagged text.
 */
export async function startExport(
  ctx: ServiceContext,
  actor: Actor,
  { studyId, options: given, submissionId }: StartExportArgs,
): Promise<StartExportResult> {
  assertCapability(actor, "dataset.export");
  const options = parseExportOptions(given);
  await assertTextsDecided(ctx, actor, studyId, options);
  const result = await submitOnce(
    ctx,
    { actorId: actor.userId, submissionId, useCase: "start-export", body: { studyId, options } },
    async (tx) => {
      const { studies, exports, arms } = ctx.store.t;
      const [study] = await tx
        .select({ id: studies.id, name: studies.name })
        .from(studies)
        .where(eq(studies.id, studyId));
      if (!study) throw notFound("study");
      checkInfo(options, study);
      const { armIds } = options.filters;
      if (armIds !== null) {
        const known = await tx
          .select({ id: arms.id })
          .from(arms)
          .where(and(eq(arms.studyId, studyId), inArray(arms.id, armIds)));
        if (known.length < new Set(armIds).size)
          throw invalid("filters.armIds", "Choose arms of this study.");
      }
      const exportId = ctx.newId("exp");
      await tx.insert(exports).values({
        id: exportId,
        studyId,
        requestedBy: actor.userId,
        status: "queued",
        profile: options.profile,
        options,
        releaseSalt: options.linkAs === null ? randomBytes(32).toString("hex") : null,
        createdAtMs: ctx.now(),
      });
      await recordAudit(ctx, tx, {
        actorUserId: actor.userId,
        action: "export.started",
        subjectType: "study",
        subjectId: studyId,
        data: { exportId, profile: options.profile, include: options.include, images: options.images },
      });
      return { exportId };
    },
  );
  ctx.wakeExports();
  return result;
}

/** What the exporters say about title, slug and the rest, said before the work is begun. */
function checkInfo(options: ExportOptions, study: { id: string; name: string }): void {
  try {
    datasetInfo(options.info, { ...study, columnCount: 0, horizon: 0 }, options.profile);
  } catch (error) {
    if (!(error instanceof ExportError)) throw error;
    const field = /^The (\w+)/.exec(error.message)?.[1] ?? "title";
    throw invalid(`info.${field === "address" ? "url" : field}`, error.message);
  }
}

function invalid(field: string, message: string): RequestError {
  return new RequestError("INVALID_INPUT", message, { [field]: message });
}

async function assertTextsDecided(
  ctx: ServiceContext,
  actor: Actor,
  studyId: string,
  options: ExportOptions,
): Promise<void> {
  if (!waitsForReview(options)) return;
  const { undecided } = await countUnreviewedTexts(ctx, actor, { studyId, profile: options.profile });
  if (undecided === 0) return;
  const [what, them] = undecided === 1 ? ["1 text", "it"] : [`${undecided} texts`, "them"];
  throw new RequestError(
    "TEXTS_UNDECIDED",
    `${what} may hold personal data and nobody has decided about ${them}. Review the texts before a public release.`,
    {},
    { undecided, review: paths.dataTexts(studyId) },
  );
}
