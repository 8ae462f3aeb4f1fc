import { and, eq, ne } from "drizzle-orm";
import { transitionTurn } from "../../domain/turn.ts";
import type { ServiceContext } from "../context.ts";
import { recordEvent } from "../record-event.ts";
import { settingsOfVersion } from "../study/settings-of-version.ts";
import type { ClaimedStep } from "./claim-steps.server.ts";
import { completeStep } from "./finish-step.ts";
import { prepareImage } from "./prepare-image.ts";

/** Makes one image: render, check, store, record; the last image of a slate makes the turn ready. */
export async function runRenderStep(
  ctx: ServiceContext,
  step: ClaimedStep,
  signal: AbortSignal,
): Promise<void> {
  const { image, prompt, trajectory } = await loadWork(ctx, step);
  const settings = await settingsOfVersion(ctx, ctx.store.read, trajectory.studyId, trajectory.studyVersion);
  const model = ctx.t2iModels.get(step.provider);
  if (!model) throw new Error(`this server has no T2I model "${step.provider}"`);
  const rendered = await model.render({ prompt, seed: image.seed, sizePx: settings.imageSizePx }, signal);
  const { original, display } = await prepareImage(rendered);
  // Bytes first, row second: a row never points at bytes that are not there.
  const objects = ctx.objects.inStudy(trajectory.studyId);
  await Promise.all([original, display].map((file) => objects.put(file.sha256, file.bytes, { signal })));
  const now = ctx.now();
  await ctx.store.tx(async (tx) => {
    const { turns, images, objects: objectRows } = ctx.store.t;
    // Locked first: two last images that finish together must see each other.
    const [turn] = await tx.forUpdate(tx.select().from(turns).where(eq(turns.id, step.turnId)));
    if (!turn || !(await completeStep(ctx, tx, step))) return;
    await tx
      .insert(objectRows)
      .values(
        [original, display].map(({ bytes, sha256, mimeType, widthPx, heightPx }) => ({
          sha256,
          mimeType,
          widthPx,
          heightPx,
          byteSize: bytes.byteLength,
          createdAtMs: now,
        })),
      )
      .onConflictDoNothing();
    await tx
      .update(images)
      .set({
        status: "ready",
        sha256: original.sha256,
        displaySha256: display.sha256,
        readyAtMs: now,
        model: `${model.id}/${model.version}`,
        parameters: rendered.parameters ?? null,
      })
      .where(eq(images.id, image.id));
    const waiting = await tx.$count(images, and(eq(images.turnId, turn.id), ne(images.status, "ready")));
    const status = Number(waiting) === 0 ? transitionTurn(turn.status, { type: "all_rendered" }) : null;
    if (!status) return;
    await tx.update(turns).set({ status, readyAtMs: now }).where(eq(turns.id, turn.id));
    await recordEvent(ctx, tx, {
      type: "slate.ready",
      studyId: trajectory.studyId,
      raterId: trajectory.raterId,
      assignmentId: trajectory.assignmentId,
      trajectoryId: trajectory.id,
      turnId: turn.id,
      data: { durationMs: now - turn.requestedAtMs },
    });
  });
}

async function loadWork(ctx: ServiceContext, step: ClaimedStep) {
  const { images, columns, trajectories } = ctx.store.t;
  const [row] = await ctx.store.read
    .select({ image: images, prompt: columns.prompt, trajectory: trajectories })
    .from(images)
    .innerJoin(columns, eq(columns.id, images.columnId))
    .innerJoin(trajectories, eq(trajectories.id, images.trajectoryId))
    .where(eq(images.id, step.imageId ?? ""));
  if (!row) throw new Error(`the image of step ${step.id} is gone`);
  return row;
}
