import { beforeAll, expect, it } from "vitest";
import type { Actor } from "../../../app/domain/actor.ts";
import { defaultStudySettings } from "../../../app/domain/study-settings.ts";
import { CONSENT_SCOPES } from "../../../app/domain/vocabulary.ts";
import { countUnreviewedTexts } from "../../../app/services/dataset/count-unreviewed-texts.server.ts";
import { type DecideTextsArgs, decideTexts } from "../../../app/services/dataset/decide-texts.server.ts";
import { getExport } from "../../../app/services/dataset/get-export.server.ts";
import { getTextReview } from "../../../app/services/dataset/get-text-review.server.ts";
import { startExport } from "../../../app/services/dataset/start-export.server.ts";
import { undoTextDecisions } from "../../../app/services/dataset/undo-text-decisions.server.ts";
import { datasetSource } from "../../../db/repositories/dataset.ts";
import { createPerson, describeBothDatabases } from "../../support/context.ts";
import { runQueuedExports } from "../../support/exports.ts";

const STUDY = "std_texts";
const PROFILE = "public";
let serial = 0;
const submission = () => `submission_${++serial}`;

/** Prompt, critique of the first turn, rationale of the first turn. */
const TEXTS: [string, string, string][] = [
  ["a portrait of Jane", "more color", "mail me: jane@example.org"],
  ["a cat", "call 030 1234567", "nice"],
  ["a dog", "call 030 1234567", "nice"],
];

describeBothDatabases("the review of free text", (open) => {
  let researcher: Actor;

  beforeAll(async () => {
    const { ctx } = open();
    researcher = await createPerson(ctx, "researcher");
    const jane = await createPerson(ctx, "rater");
    const { t } = ctx.store;
    const settings = { ...defaultStudySettings(), optionalPhases: ["consent" as const] };
    await ctx.store.tx(async (tx) => {
      await tx.insert(t.studies).values({
        id: STUDY,
        name: "Texts",
        status: "open",
        currentVersion: 1,
        draftSettings: settings,
        createdAtMs: 1,
        updatedAtMs: 1,
      });
      await tx.insert(t.studyVersions).values({ studyId: STUDY, version: 1, settings, publishedAtMs: 1 });
      await tx.update(t.user).set({ name: "Jane Doe" });
      for (const [i, [prompt, critique, rationale]] of [
        ...TEXTS,
        ["Jane", "Jane", "Jane"] as const,
      ].entries()) {
        // The last one did not agree to a public release.
        const scopes = CONSENT_SCOPES.filter((scope) => i < TEXTS.length || scope !== "public_release");
        const owner = i === 0 ? (jane.raterId as string) : `rtr_t${i}`;
        if (i > 0) await tx.insert(t.raters).values({ id: owner, createdAtMs: 1 });
        await tx.insert(t.consents).values({
          id: `cns_${i}`,
          studyId: STUDY,
          raterId: owner,
          consentVersion: 1,
          scopes,
          givenAtMs: 1,
        } as typeof t.consents.$inferInsert);
        await tx.insert(t.assignments).values({
          id: `asg_t${i}`,
          studyId: STUDY,
          studyVersion: 1,
          raterId: owner,
          status: "expired",
          leaseExpiresAtMs: 1,
          completionCode: "X",
          startedAtMs: i,
          updatedAtMs: i,
        });
        const trajectoryId = `trj_t${i}`;
        await tx.insert(t.trajectories).values({
          id: trajectoryId,
          assignmentId: `asg_t${i}`,
          studyId: STUDY,
          studyVersion: 1,
          raterId: owner,
          source: "human",
          phase: "interaction",
          initialPrompt: prompt,
          startedAtMs: i,
        });
        const turnId = `trn_t${i}`;
        await tx.insert(t.turns).values({
          id: turnId,
          trajectoryId,
          turnIndex: 0,
          status: "chosen",
          wordLimit: 20,
          seed: 1,
          requestedAtMs: i,
        });
        await tx.insert(t.slates).values({
          turnId,
          agentVersion: "a/1",
          t2iModel: "m/1",
          displayOrder: { columns: [0], rows: [[]] },
          proposedAtMs: i,
        });
        await tx.insert(t.columns).values({
          id: `col_t${i}`,
          turnId,
          trajectoryId,
          columnIndex: 0,
          displayPosition: 0,
          candidateIndex: 0,
          prompt,
          category: "c",
        });
        await tx
          .insert(t.choices)
          .values({ turnId, trajectoryId, columnId: `col_t${i}`, critique, chosenAtMs: 1 });
        await tx.insert(t.turnEvaluations).values({ turnId, trajectoryId, rationale, updatedAtMs: 1 });
      }
    });
  });

  const look = (args: { queue?: "flagged" | "all" | "decided"; key?: string; after?: string } = {}) =>
    getTextReview(open().ctx, researcher, { studyId: STUDY, profile: PROFILE, queue: "flagged", ...args });
  const count = () => countUnreviewedTexts(open().ctx, researcher, { studyId: STUDY, profile: PROFILE });
  async function decide(key: string, rest: Partial<DecideTextsArgs> = {}) {
    const { text } = await look({ key });
    return decideTexts(open().ctx, researcher, {
      studyId: STUDY,
      profile: PROFILE,
      key,
      textSha256: text?.textSha256 ?? "",
      decision: "kept",
      replacement: "",
      alike: false,
      submissionId: submission(),
      ...rest,
    });
  }

  it("finds addresses, numbers and the rater's own name in the texts that a release would hold", async () => {
    expect(await count()).toEqual({ texts: 9, flagged: 4, undecided: 4, unreviewed: 9 });
    const first = await look();
    expect(first).toMatchObject({ queued: 4, position: 1, previousKey: null, undo: null });
    expect(first.text).toMatchObject({
      key: "trj_t0//initial_prompt",
      field: "initial_prompt",
      turnNumber: null,
      text: "a portrait of Jane",
      findings: [{ kind: "name", start: 14, end: 18 }],
      replacement: "a portrait of [redacted]",
      decision: null,
    });
    expect(first.nextKey).toBe("trj_t0/0/rationale");
    expect((await look({ queue: "all" })).queued).toBe(9);
    expect((await look({ queue: "decided" })).text).toBeNull();
  });

  it("holds a public release back until every flagged text is decided", async () => {
    const start = startExport(open().ctx, researcher, {
      studyId: STUDY,
      options: { profile: "public" },
      submissionId: submission(),
    });
    await expect(start).rejects.toMatchObject({
      code: "TEXTS_UNDECIDED",
      details: { undecided: 4, review: `/data/studies/${STUDY}/texts` },
    });
  });

  it("puts a decision on record with its replacement, once however often it is sent, and goes on behind it", async () => {
    const { ctx } = open();
    const submissionId = submission();
    const args = { decision: "redacted", replacement: "a portrait of a friend", submissionId } as const;
    const made = await decide("trj_t0//initial_prompt", args);
    expect(await decide("trj_t0//initial_prompt", args)).toEqual(made);
    expect((await look({ after: "trj_t0//initial_prompt" })).text?.key).toBe("trj_t0/0/rationale");
    expect((await look({ key: "trj_t0//initial_prompt" })).text?.decision).toMatchObject({
      decision: "redacted",
      replacement: "a portrait of a friend",
      reviewerName: "Jane Doe",
    });
    const find = datasetSource(ctx.store).findDecisions;
    const decided = await find?.(["trj_t0", "trj_t1"], ctx.now());
    expect(decided?.get("trj_t0//initial_prompt")).toMatchObject({
      decision: "redacted",
      replacement: "a portrait of a friend",
    });
    const earlier = await find?.(["trj_t0"], ctx.now() - 1);
    expect(earlier?.size).toBe(0);
  });

  it("decides about all texts with the same words at once, and takes them back together", async () => {
    const { ctx } = open();
    const key = "trj_t1/0/critique";
    expect((await look({ key })).text?.alike).toBe(1);
    const { texts, batchId } = await decide(key, { alike: true });
    expect(texts).toBe(2);
    expect((await count()).undecided).toBe(1);
    expect((await look()).undo).toEqual({ batchId, decision: "kept", texts: 2 });
    const undo = await undoTextDecisions(ctx, researcher, {
      studyId: STUDY,
      batchId,
      submissionId: submission(),
    });
    expect(undo).toEqual({ texts: 2, key });
    expect((await count()).undecided).toBe(3);
    expect((await look()).undo).toBeNull();
    // The record only grows.
    expect(await ctx.store.read.$count(ctx.store.t.textDecisions)).toBe(5);
  });

  it("refuses a replacement that replaces nothing, a text that has changed, and one that no release holds", async () => {
    await expect(
      decide("trj_t1/0/critique", { decision: "redacted", replacement: "call 030 1234567" }),
    ).rejects.toMatchObject({
      code: "INVALID_INPUT",
      fields: { replacement: expect.stringContaining("typed") },
    });
    await expect(decide("trj_t1/0/critique", { textSha256: "0" })).rejects.toMatchObject({
      code: "INVALID_INPUT",
    });
    await expect(decide("trj_t3//initial_prompt")).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("is for researchers and administrators", async () => {
    const { ctx } = open();
    const coordinator = await createPerson(ctx, "coordinator");
    await expect(
      getTextReview(ctx, coordinator, { studyId: STUDY, profile: PROFILE, queue: "flagged" }),
    ).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("lets a public release start when nothing is undecided", async () => {
    for (let { text } = await look(); text; { text } = await look()) await decide(text.key, { alike: true });
    expect(await count()).toMatchObject({ flagged: 4, undecided: 0, unreviewed: 5 });
    const { exportId } = await startExport(open().ctx, researcher, {
      studyId: STUDY,
      options: { profile: "public" },
      submissionId: submission(),
    });
    await runQueuedExports(open().ctx);
    const row = await getExport(open().ctx, researcher, { exportId });
    expect(row).toMatchObject({
      status: "ready",
      summary: { screening: { flagged: 4, undecided: 0, unreviewed: 5 } },
    });
  });
});
