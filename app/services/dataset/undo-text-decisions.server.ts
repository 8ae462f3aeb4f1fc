import { and, asc, eq } from "drizzle-orm";
import { readStudyDecisions } from "../../../db/repositories/text-decisions.ts";
import { chunk } from "../../../db/store.ts";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { notFound } from "../../domain/errors.ts";
import { textKey } from "../../domain/text-review.ts";
import type { ServiceContext } from "../context.ts";
import { recordAudit } from "../record-event.ts";
import { submitOnce } from "../submit-once.ts";

/**
 * Takes back decisions that were made together; those that were decided anew since stay. The texts are undecided then,
 * and the record keeps both. Returns a text that was among them. Throws NOT_FOUND.
 */
export async function undoTextDecisions(
  ctx: ServiceContext,
  actor: Actor,
  args: { studyId: string; batchId: string; submissionId: string },
): Promise<{ texts: number; key: string }> {
  assertCapability(actor, "dataset.export");
  const { studyId, batchId, submissionId } = args;
  const { textDecisions: t } = ctx.store.t;
  const made = await ctx.store.read
    .select()
    .from(t)
    .where(and(eq(t.studyId, studyId), eq(t.batchId, batchId)))
    .orderBy(asc(t.id));
  const [first] = made;
  if (!first) throw notFound("decision");
  const standing = await readStudyDecisions(ctx.store, studyId);
  const undone = made.filter((row) => standing.get(textKey(row))?.batchId === batchId);
  return submitOnce(
    ctx,
    { actorId: actor.userId, submissionId, useCase: "undo-text-decisions", body: { studyId, batchId } },
    async (tx) => {
      const rows = undone.map(({ id: _, ...row }) => ({
        ...row,
        decision: "undone" as const,
        replacement: null,
        batchId: `${batchId}_undone`,
        decidedBy: actor.userId,
        decidedAtMs: ctx.now(),
      }));
      for (const part of chunk(rows)) await tx.insert(t).values(part);
      await recordAudit(ctx, tx, {
        actorUserId: actor.userId,
        action: "texts.undecided",
        subjectType: "study",
        subjectId: studyId,
        data: { batchId, texts: rows.length },
      });
      return { texts: rows.length, key: textKey(first) };
    },
  );
}
