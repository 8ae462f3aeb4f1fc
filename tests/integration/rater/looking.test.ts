import { eq } from "drizzle-orm";
import sharp from "sharp";
import { thumbHashToRGBA } from "thumbhash";
import { beforeAll, expect, test } from "vitest";
import type { Actor } from "../../../app/domain/actor.ts";
import { getTurn } from "../../../app/services/trajectory/get-turn.server.ts";
import { hideImage } from "../../../app/services/trajectory/hide-image.server.ts";
import { makeFullImage } from "../../../app/services/trajectory/make-full-image.server.ts";
import { createPerson, describeBothDatabases } from "../../support/context.ts";
import { addToStudy, openStudy, runDueSteps, sendPrompt, startTask } from "../../support/session.ts";

describeBothDatabases("looking at a slate", (open) => {
  let rater: Actor;
  let studyId: string;
  let assignmentId: string;
  const ctx = () => open().ctx;
  const slate = async () =>
    (await getTurn(ctx(), rater, { assignmentId, turnNumber: 1 })).columns.flatMap((c) => c.images);

  beforeAll(async () => {
    const study = await openStudy(ctx());
    studyId = study.studyId;
    rater = study.raters[0] as Actor;
    assignmentId = await startTask(ctx(), rater, studyId);
    await sendPrompt(ctx(), rater, assignmentId);
    await runDueSteps(ctx());
  });

  test("each image comes with a placeholder of its own colours, a few bytes long", async () => {
    for (const { placeholder } of await slate()) {
      const bytes = Buffer.from(placeholder ?? "", "base64");
      expect(bytes.length).toBeGreaterThan(5);
      expect(bytes.length).toBeLessThanOrEqual(25);
      const { rgba } = thumbHashToRGBA(bytes);
      expect(rgba.every((value, i) => i % 4 !== 3 || value === 255)).toBe(true);
    }
  });

  test("an image from before there were placeholders is shown without one, and so is a hidden one", async () => {
    const [old, unwanted] = await slate();
    const { images } = ctx().store.t;
    await ctx().store.tx((tx) =>
      tx
        .update(images)
        .set({ placeholder: null })
        .where(eq(images.id, old?.imageId ?? "")),
    );
    await hideImage(ctx(), rater, { assignmentId, imageId: unwanted?.imageId ?? "", hidden: true });
    const now = await slate();
    expect(now[0]).toEqual({ imageId: old?.imageId, label: old?.label, ready: true });
    expect(now[1]).toEqual({ imageId: unwanted?.imageId, label: unwanted?.label, ready: true, hidden: true });
  });

  test("its rater gets every pixel of an image as WebP, and nobody else's rater does", async () => {
    const [image] = await slate();
    const imageId = image?.imageId ?? "";
    const { t, read } = ctx().store;
    const [stored] = await read
      .select({ widthPx: t.objects.widthPx })
      .from(t.images)
      .innerJoin(t.objects, eq(t.objects.sha256, t.images.sha256))
      .where(eq(t.images.id, imageId));
    const full = await makeFullImage(ctx(), rater, { imageId });
    expect(await sharp(await full.read()).metadata()).toMatchObject({
      format: "webp",
      width: stored?.widthPx,
    });
    const other = await createPerson(ctx(), "rater");
    await addToStudy(ctx(), studyId, other);
    await expect(makeFullImage(ctx(), other, { imageId })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
