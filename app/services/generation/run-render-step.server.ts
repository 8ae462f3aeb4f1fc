import { and, eq, ne } from "drizzle-orm";
import type { Tx } from "../../../db/store.ts";
import { isLive } from "../../domain/assignment.ts";
import type { ProviderCall } from "../../domain/provider-call.ts";
import { transitionTurn } from "../../domain/turn.ts";
import { BlockedError } from "../../safety/port.ts";
import type { ServiceContext } from "../context.ts";
import { recordEvent } from "../record-event.ts";
import { settingsOfVersion } from "../study/settings-of-version.ts";
import type { ClaimedStep } from "./claim-steps.server.ts";
import { completeStep } from "./finish-step.ts";
import { patiently } from "./patience.ts";
import { BadImageError, type PreparedFile, prepareImage } from "./prepare-image.ts";
import { recordCalls } from "./provider-gate.ts";
import { need } from "./run-agent.ts";
import { cancelTurn } from "./sweep-turns.server.ts";
import { timed } from "./timed-call.ts";

/**
 * Makes one image: render, check, store, record; the last image of a slate makes the turn ready. Upstream calls are added
 * to `calls`. What was rendered is stored however long storage or database need (within `signal`): the model is not
 * asked twice because of them. `onReply` is called when the model has done its part.
 */
export async function runRenderStep(
  ctx: ServiceContext,
  step: ClaimedStep,
  signal: AbortSignal,
  calls: ProviderCall[] = [],
  onReply: () => Promise<void> = async () => {},
): Promise<void> {
  const work = await loadWork(ctx, step);
  const { image, prompt, trajectory } = work;
  if (!work.isLive) return void (await cancelTurn(ctx, step.turnId));
  const settings = await settingsOfVersion(ctx, ctx.store.read, trajectory.studyId, trajectory.studyVersion);
  const model = need(ctx.t2iModels.get(step.provider), "T2I model", step.provider);
  const request = { prompt, seed: image.seed, sizePx: settings.imageSizePx };
  const { rendered, original, display, placeholder } = await timed(
    ctx,
    step.provider,
    calls,
    async (report) => {
      const rendered = await model.render(request, signal, report);
      await onReply();
      return { rendered, ...(await prepareImage(rendered)) };
    },
  ).catch((error: unknown) => {
    // The reply came, and was not what it had to be.
    const last = calls.at(-1);
    if (error instanceof BadImageError && last) last.fault = "malformed";
    throw error;
  });
  await screenImage(ctx, display.bytes, signal);
  // Bytes first, row second: a row never points at bytes that are not there.
  const objects = ctx.objects.inStudy(trajectory.studyId);
  const put = (file: PreparedFile) =>
    patiently(ctx, () => objects.put(file.sha256, file.bytes, { signal }), signal);
  await Promise.all([original, display].map(put));
  const save = async (tx: Tx) => {
    const now = ctx.now();
    const { turns, images, objects: objectRows } = ctx.store.t;
    // Locked first: two last images that finish together must see each other.
    const [turn] = await tx.forUpdate(tx.select().from(turns).where(eq(turns.id, step.turnId)));
    if (!turn) return;
    const of = { studyId: trajectory.studyId, turnId: turn.id, stepId: step.id };
    await recordCalls(ctx, tx, of, calls);
    if (!(await completeStep(ctx, tx, step))) return;
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
        placeholder,
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
  };
  await patiently(ctx, () => ctx.store.tx(save), signal);
}

/** Throws {@link BlockedError} when a filter does not want the image to be seen. */
async function screenImage(ctx: ServiceContext, bytes: Buffer, signal: AbortSignal): Promise<void> {
  for (const filter of ctx.imageFilters) {
    const { reason } = await filter.check({ bytes }, signal);
    if (reason !== null) throw new BlockedError(filter.id, reason);
  }
}

async function loadWork(ctx: ServiceContext, step: ClaimedStep) {
  const { images, columns, trajectories, assignments } = ctx.store.t;
  const [row] = await ctx.store.read
    .select({ image: images, prompt: columns.prompt, trajectory: trajectories, status: assignments.status })
    .from(images)
    .innerJoin(columns, eq(columns.id, images.columnId))
    .innerJoin(trajectories, eq(trajectories.id, images.trajectoryId))
    .innerJoin(assignments, eq(assignments.id, trajectories.assignmentId))
    .where(eq(images.id, step.imageId ?? ""));
  if (!row) throw new Error(`the image of step ${step.id} is gone`);
  return { ...row, isLive: isLive(row.status) };
}
