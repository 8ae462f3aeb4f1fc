import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "../../../app/domain/actor.ts";
import type { ArrivalIds } from "../../../app/domain/recruitment.ts";
import { consentSchema, recruitmentSchema } from "../../../app/domain/study-parts.ts";
import { getDone } from "../../../app/services/evaluation/get-done.server.ts";
import { submitEvaluation } from "../../../app/services/evaluation/submit-evaluation.server.ts";
import { declineConsent } from "../../../app/services/onboarding/decline-consent.server.ts";
import { getLeft } from "../../../app/services/onboarding/get-left.server.ts";
import { getYourData } from "../../../app/services/onboarding/get-your-data.server.ts";
import { admitArrival } from "../../../app/services/recruitment/admit-arrival.server.ts";
import { createPersonalLink } from "../../../app/services/recruitment/create-personal-link.server.ts";
import { createRecruitmentLink } from "../../../app/services/recruitment/create-recruitment-link.server.ts";
import { getArrival } from "../../../app/services/recruitment/get-arrival.server.ts";
import { listRecruitmentLinks } from "../../../app/services/recruitment/list-recruitment-links.server.ts";
import { redeemPersonalLink } from "../../../app/services/recruitment/redeem-personal-link.server.ts";
import { setRecruitmentLinkStatus } from "../../../app/services/recruitment/set-recruitment-link-status.server.ts";
import { startArrival } from "../../../app/services/recruitment/start-arrival.server.ts";
import { describeBothDatabases, type TestContext } from "../../support/context.ts";
import { answerAll, interact, newSubmission, openStudy, reachPrompt } from "../../support/session.ts";

const ids = (externalId: string, session = `s${externalId}0`): ArrivalIds => ({
  externalId,
  session,
  externalStudy: "panelstudy1",
});
const search = ({ externalId, session, externalStudy }: ArrivalIds) =>
  new URLSearchParams({ PROLIFIC_PID: externalId, SESSION_ID: session, STUDY_ID: externalStudy });

const recruitment = recruitmentSchema.parse({
  completionCode: "C0MPLETE",
  completedUrl: "https://panel.example/done?cc={code}&pid={pid}&s={session}&st={study}",
  screenedOutUrl: "https://panel.example/out?pid={pid}",
  studyFullUrl: "https://panel.example/full?pid={pid}",
});

describeBothDatabases("recruitment links", (open) => {
  let env: TestContext;
  let studyId: string;
  let coordinator: Actor;
  beforeAll(async () => {
    env = open();
    ({ studyId, coordinator } = await openStudy(env.ctx, {
      settings: {
        recruitment,
        targetTrajectories: 3,
        maxTrajectoriesPerRater: 1,
        optionalPhases: ["consent"],
        consent: consentSchema.parse({ text: "We keep what you do." }),
      },
      raterCount: 0,
    }));
  });

  async function makeLink(
    kind: "prolific" | "generic",
    extra: { maxRaters?: string; trustsIds?: boolean } = {},
  ) {
    const made = await createRecruitmentLink(env.ctx, coordinator, {
      studyId,
      kind,
      pool: "",
      maxRaters: extra.maxRaters ?? "",
      trustsIds: extra.trustsIds ?? false,
      submissionId: newSubmission(),
    });
    return made;
  }
  async function admit(slug: string, who: ArrivalIds, signedInUserId: string | null = null, address = "::1") {
    return admitArrival(env.ctx, { slug, ids: who, signedInUserId, address });
  }
  async function arrive(
    slug: string,
    who: ArrivalIds,
  ): Promise<{ actor: Actor; path: string | null; code: string | null }> {
    const { userId, raterId } = await admit(slug, who);
    const actor: Actor = { userId, raterId, email: "", name: "Participant", role: "rater" };
    const started = await startArrival(env.ctx, actor, { studyId, ids: who, submissionId: newSubmission() });
    return started.kind === "ready"
      ? { actor, path: started.path, code: null }
      : { actor, path: null, code: started.code };
  }
  const assignmentOf = (path: string | null) => /\/rate\/([^/]+)/.exec(path ?? "")?.[1] as string;

  test("a person arrives, works, and leaves with the panel's code only once everything is handed in", async () => {
    const { ctx } = env;
    const { slug, linkId } = await makeLink("prolific");
    const who = ids("person1aa");
    const { actor, path } = await arrive(slug, who);
    const assignmentId = assignmentOf(path);
    await reachPrompt(ctx, actor, assignmentId);
    await interact(ctx, actor, assignmentId);
    await expect(getDone(ctx, actor, { assignmentId })).rejects.toMatchObject({ code: "WRONG_PHASE" });
    // Coming back on another device, with the same session, leads to the same task.
    const again = await arrive(slug, who);
    expect(again).toMatchObject({ path, actor: { userId: actor.userId, raterId: actor.raterId } });
    await answerAll(ctx, actor, assignmentId);
    const { completionCode } = await submitEvaluation(ctx, actor, {
      assignmentId,
      submissionId: newSubmission(),
    });
    expect(completionCode).toBe("C0MPLETE");
    expect(await getDone(ctx, actor, { assignmentId })).toMatchObject({
      completionCode: "C0MPLETE",
      exit: {
        url: "https://panel.example/done?cc=C0MPLETE&pid=person1aa&s=sperson1aa0&st=panelstudy1",
        host: "panel.example",
      },
    });
    // Already done: the code once more, and in a new session of the panel the true reason.
    expect((await arrive(slug, who)).path).toBe(`/rate/${assignmentId}/done`);
    const later = await admit(slug, ids("person1aa", "snew0000"), actor.userId);
    expect(later.userId).toBe(actor.userId);
    expect(
      await startArrival(ctx, actor, {
        studyId,
        ids: ids("person1aa", "snew0000"),
        submissionId: newSubmission(),
      }),
    ).toMatchObject({ kind: "refused", code: "CAP_REACHED" });
    expect(await listRecruitmentLinks(ctx, coordinator, { studyId })).toMatchObject([{ linkId, arrived: 1 }]);
  });

  test("an id alone opens nobody's work: neither another session nor none at all is let in", async () => {
    const { ctx } = env;
    const { slug } = await makeLink("prolific");
    const owner = await admit(slug, ids("person2aa"));
    await expect(admit(slug, ids("person2aa", "guessed"))).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(
      await getArrival(ctx, { slug, parameters: search(ids("person2aa", "guessed0")), signedInUserId: null }),
    ).toMatchObject({ refusal: { code: "UNPROVEN" } });
    // The browser that is signed in as the owner needs no proof.
    expect(await admit(slug, ids("person2aa", "second"), owner.userId)).toEqual(owner);
    expect(await admit(slug, ids("person2aa", "second"))).toEqual(owner);

    const generic = await makeLink("generic");
    const first = await admit(generic.slug, { externalId: "7", session: "", externalStudy: "" });
    await expect(
      admit(generic.slug, { externalId: "7", session: "", externalStudy: "" }),
    ).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(
      await admit(generic.slug, { externalId: "7", session: "", externalStudy: "" }, first.userId),
    ).toEqual(first);
    const trusting = await makeLink("generic", { trustsIds: true });
    expect(await admit(trusting.slug, { externalId: "7", session: "", externalStudy: "" })).toEqual(first);
  });

  test("the same id twenty times at once is one person with one account", async () => {
    const { ctx } = env;
    const { slug } = await makeLink("prolific");
    const all = await Promise.all(Array.from({ length: 20 }, () => admit(slug, ids("person3aa"))));
    expect(new Set(all.map((one) => one.userId)).size).toBe(1);
    const { externalIds } = ctx.store.t;
    expect(
      await ctx.store.read.select().from(externalIds).where(eq(externalIds.externalId, "person3aa")),
    ).toHaveLength(1);
  });

  test("a link lets in no more people than it says, and none once it is closed", async () => {
    const { ctx } = env;
    const { slug, linkId } = await makeLink("prolific", { maxRaters: "2" });
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, (_, i) => admit(slug, ids(`limit${i}aaa`))),
    );
    expect(results.filter((r) => r.status === "fulfilled")).toHaveLength(2);
    expect(
      await getArrival(ctx, { slug, parameters: search(ids("limit9aaa")), signedInUserId: null }),
    ).toMatchObject({
      refusal: { code: "LINK_FULL" },
      exit: { url: "https://panel.example/full?pid=limit9aaa" },
    });
    await setRecruitmentLinkStatus(ctx, coordinator, {
      studyId,
      linkId,
      status: "closed",
      submissionId: newSubmission(),
    });
    await expect(admit(slug, ids("limit9aaa"))).rejects.toMatchObject({ code: "STUDY_NOT_OPEN" });
  });

  test("who declines is screened out and finds the way back; a full study says so before anybody is let in", async () => {
    const { ctx } = env;
    const { slug } = await makeLink("prolific");
    const { actor, path } = await arrive(slug, ids("person4aa"));
    const assignmentId = assignmentOf(path);
    await declineConsent(ctx, actor, { assignmentId, submissionId: newSubmission() });
    expect(await getLeft(ctx, actor, { assignmentId })).toMatchObject({
      exit: { url: "https://panel.example/out?pid=person4aa" },
    });
    await arrive(slug, ids("person5aa"));
    await arrive(slug, ids("person6aa"));
    expect((await arrive(slug, ids("person7aa"))).code).toBe("STUDY_FULL");
    expect(
      await getArrival(ctx, { slug, parameters: search(ids("person8aa")), signedInUserId: null }),
    ).toMatchObject({
      refusal: { code: "STUDY_FULL" },
      exit: { url: "https://panel.example/full?pid=person8aa" },
    });
  });

  test("missing and garbled parameters, and unknown links, are named", async () => {
    const { ctx } = env;
    const { slug } = await makeLink("prolific");
    const look = (parameters: string) =>
      getArrival(ctx, { slug, parameters: new URLSearchParams(parameters), signedInUserId: null });
    expect(await look("")).toMatchObject({
      refusal: { code: "BAD_LINK", text: expect.stringContaining("PROLIFIC_PID") },
    });
    await expect(
      getArrival(ctx, { slug: "nothing", parameters: new URLSearchParams(), signedInUserId: null }),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(
      createRecruitmentLink(ctx, coordinator, {
        studyId,
        kind: "other",
        pool: "x".repeat(81),
        maxRaters: "-1",
        trustsIds: false,
        submissionId: newSubmission(),
      }),
    ).rejects.toMatchObject({
      fields: { kind: expect.any(String), pool: expect.any(String), maxRaters: expect.any(String) },
    });
  });

  test("a network address that tries too often waits a minute", async () => {
    const { slug } = await makeLink("prolific", { maxRaters: "1" });
    await admit(slug, ids("person9aa"), null, "192.0.2.9");
    for (let i = 0; i < 119; i++) await admit(slug, ids("person9aa"), null, "192.0.2.9");
    await expect(admit(slug, ids("person9aa"), null, "192.0.2.9")).rejects.toMatchObject({
      code: "TOO_MANY_REQUESTS",
    });
    await admit(slug, ids("person9aa"), null, "192.0.2.10");
    env.advance(61_000);
    await admit(slug, ids("person9aa"), null, "192.0.2.9");
  });

  describe("a personal link", () => {
    test("works once, until it is replaced or a day old", async () => {
      const { ctx } = env;
      const { slug } = await makeLink("generic");
      const { userId, raterId } = await admit(slug, { externalId: "linked", session: "", externalStudy: "" });
      const actor: Actor = {
        userId,
        raterId,
        email: `${userId}@panel.invalid`,
        name: "Participant",
        role: "rater",
      };
      const token = async () => (await createPersonalLink(ctx, actor)).path.split("/").at(-1) as string;
      const replaced = await token();
      const good = await token();
      await expect(redeemPersonalLink(ctx, { token: replaced })).rejects.toMatchObject({
        code: "INVITATION_INVALID",
      });
      expect(await redeemPersonalLink(ctx, { token: good })).toEqual({ userId });
      await expect(redeemPersonalLink(ctx, { token: good })).rejects.toMatchObject({
        code: "INVITATION_INVALID",
      });
      const old = await token();
      env.advance(25 * 3_600_000);
      await expect(redeemPersonalLink(ctx, { token: old })).rejects.toMatchObject({
        code: "INVITATION_INVALID",
      });
      expect(await getYourData(ctx, actor)).toMatchObject({
        studies: [{ studyId, withdrawnAtMs: null }],
        signIn: { email: null, externalIds: [{ kind: "generic", externalId: "linked" }] },
      });
      await expect(createPersonalLink(ctx, coordinator)).rejects.toMatchObject({ code: "FORBIDDEN" });
    });
  });
});
