import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Actor } from "../../../app/domain/actor.ts";
import { consentSchema } from "../../../app/domain/study-parts.ts";
import { claimAssignment } from "../../../app/services/assignment/claim-assignment.server.ts";
import { getReplay } from "../../../app/services/dataset/get-replay.server.ts";
import { submitEvaluation } from "../../../app/services/evaluation/submit-evaluation.server.ts";
import { giveConsent } from "../../../app/services/onboarding/give-consent.server.ts";
import { tryPractice } from "../../../app/services/onboarding/try-practice.server.ts";
import { admitArrival } from "../../../app/services/recruitment/admit-arrival.server.ts";
import { createRecruitmentLink } from "../../../app/services/recruitment/create-recruitment-link.server.ts";
import { readInstructions } from "../../../app/services/trajectory/read-instructions.server.ts";
import { datasetSource } from "../../../db/repositories/dataset.ts";
import { defaultSplits, writeBundle } from "../../../exporters/index.ts";
import { describeBothDatabases } from "../../support/context.ts";
import { answerAll, interact, newSubmission, openStudy, reachPrompt } from "../../support/session.ts";
import { makeTempDir } from "../../support/temp.ts";

const PID = "pid7secret7of7a7panel";
const SESSION = "session7secret7of7a7panel";

describeBothDatabases("practice and panel ids", (open) => {
  test("are in no file of an export, and practice is not in the replay of the trajectory", async () => {
    const { ctx } = open();
    const { studyId, coordinator } = await openStudy(ctx, {
      settings: {
        optionalPhases: ["consent", "practice"],
        consent: consentSchema.parse({ text: "We keep what you do." }),
      },
      raterCount: 0,
    });
    const { slug } = await createRecruitmentLink(ctx, coordinator, {
      studyId,
      kind: "prolific",
      pool: "",
      maxRaters: "",
      trustsIds: false,
      submissionId: newSubmission(),
    });
    const ids = { externalId: PID, session: SESSION, externalStudy: "study7secret7" };
    const { userId, raterId } = await admitArrival(ctx, { slug, ids, signedInUserId: null, address: "::1" });
    const rater: Actor = { userId, raterId, email: "", name: "Participant", role: "rater" };
    const { assignmentId } = await claimAssignment(ctx, rater, {
      studyId,
      submissionId: newSubmission(),
      externalSession: { session: SESSION, study: ids.externalStudy },
    });
    const step = () => ({ assignmentId, submissionId: newSubmission() });
    await giveConsent(ctx, rater, { ...step(), scopes: ["research_internal"] });
    await readInstructions(ctx, rater, step());
    for (const column of [1, 2, 4, 3]) await tryPractice(ctx, rater, { ...step(), column });
    await reachPrompt(ctx, rater, assignmentId);
    await interact(ctx, rater, assignmentId);
    await answerAll(ctx, rater, assignmentId);
    await submitEvaluation(ctx, rater, step());

    const outDir = join(makeTempDir("practice"), "out");
    await writeBundle(datasetSource(ctx.store), {
      studyId,
      profile: "internal",
      include: "all",
      images: null,
      releaseKey: new Uint8Array(32).fill(9),
      splits: defaultSplits(studyId),
      startedBeforeMs: ctx.now() + 1,
      builtAtMs: ctx.now(),
      softwareVersion: "0.0.0",
      outDir,
    });
    const files = readdirSync(outDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    const turns = files.find((file) => file.endsWith("turns.csv"));
    // Five turns and a header: the tries are no sixth.
    expect(
      readFileSync(turns as string, "utf8")
        .trimEnd()
        .split("\n"),
    ).toHaveLength(6);
    for (const file of files) {
      const text = readFileSync(file).toString("latin1");
      for (const secret of [PID, SESSION, ids.externalStudy, "practice.tried", "panel.invalid"]) {
        expect(text.includes(secret), `${file} holds ${secret}`).toBe(false);
      }
    }
    const { trajectories } = ctx.store.t;
    const [trajectory] = await ctx.store.read.select().from(trajectories);
    const replay = await getReplay(ctx, coordinator, { trajectoryId: trajectory?.id as string });
    expect(replay.events.some((event) => event.type === "consent.given")).toBe(true);
    expect(replay.events.filter((event) => event.type.startsWith("practice."))).toEqual([]);
  });
});
