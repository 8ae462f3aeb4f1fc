import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "../../../app/domain/actor.ts";
import { splitEmails } from "../../../app/features/console/split-emails.ts";
import { acceptInvitation } from "../../../app/services/identity/accept-invitation.server.ts";
import { acceptInvitationAs } from "../../../app/services/identity/accept-invitation-as.server.ts";
import { createUser } from "../../../app/services/identity/create-user.server.ts";
import { findActor } from "../../../app/services/identity/find-actor.server.ts";
import { getInvitation } from "../../../app/services/identity/get-invitation.server.ts";
import { inviteRaters } from "../../../app/services/identity/invite-raters.server.ts";
import { listInvitations } from "../../../app/services/identity/list-invitations.server.ts";
import { listStudyRaters } from "../../../app/services/identity/list-study-raters.server.ts";
import { revokeInvitation } from "../../../app/services/identity/revoke-invitation.server.ts";
import { setStudyRaterStatus } from "../../../app/services/identity/set-study-rater-status.server.ts";
import { createStudy } from "../../../app/services/study/create-study.server.ts";
import { setStudyStatus } from "../../../app/services/study/set-study-status.server.ts";
import { createPerson, describeBothDatabases } from "../../support/context.ts";
import { newSubmission } from "../../support/session.ts";
import { refusal } from "./helpers.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const PASSWORD = "correct horse battery";
let people = 0;
const freshEmail = () => `invited${++people}@example.org`;

describeBothDatabases("invitations", (open) => {
  let coordinator: Actor;
  let studyId: string;
  beforeAll(async () => {
    const { ctx } = open();
    coordinator = await createPerson(ctx, "coordinator");
    ({ studyId } = await createStudy(ctx, coordinator, { name: "Inviting", submissionId: newSubmission() }));
  });
  const invite = (
    emails: string[],
    submissionId = newSubmission(),
    source: "human" | "simulated" = "human",
  ) => inviteRaters(open().ctx, coordinator, { studyId, emails, source, submissionId });
  const tokenOf = (path: string | null | undefined) => (path ?? "").replace("/invite/", "");
  const inviteOne = async (email = freshEmail()) => {
    const { invitations } = await invite([email]);
    return { email, token: tokenOf(invitations[0]?.path), invitationId: invitations[0]?.invitationId ?? "" };
  };
  const members = async () => (await listStudyRaters(open().ctx, coordinator, { studyId })).rows;
  const openInvitations = async () =>
    (await listInvitations(open().ctx, coordinator, { studyId, openOnly: true })).rows;

  it("makes one link per distinct address and stores no token", async () => {
    const { ctx } = open();
    const email = freshEmail();
    const { invitations } = await invite([email, email.toUpperCase(), ` ${email} `]);
    expect(invitations).toHaveLength(1);
    const token = tokenOf(invitations[0]?.path);
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const { invitations: table, submissions, auditLog, events } = ctx.store.t;
    for (const rows of [
      await ctx.store.read.select().from(table),
      await ctx.store.read.select().from(submissions),
      await ctx.store.read.select().from(auditLog),
      await ctx.store.read.select().from(events),
    ]) {
      expect(JSON.stringify(rows)).not.toContain(token);
    }
  });

  it("names every bad entry and invites nobody", async () => {
    const good = freshEmail();
    const error = await refusal(invite([good, "nonsense", "a@b"]));
    expect(error).toMatchObject({ code: "INVALID_INPUT" });
    expect(error.fields.emails).toContain("“nonsense”");
    expect(error.fields.emails).toContain("“a@b”");
    expect((await openInvitations()).map((i) => i.email)).not.toContain(good);
  });

  it("refuses an empty list and more than 500 addresses", async () => {
    expect((await refusal(invite([" "]))).fields.emails).toContain("at least one");
    const many = Array.from({ length: 501 }, (_, i) => `p${i}@example.org`);
    expect((await refusal(invite(many))).fields.emails).toContain("500");
  });

  it("invites 500 people at once", async () => {
    const many = Array.from({ length: 500 }, (_, i) => `many${i}@example.org`);
    expect((await invite(many)).invitations).toHaveLength(500);
  });

  it("returns the same links to a repeated submission for a while, and never makes new ones", async () => {
    const { advance } = open();
    advance(1000);
    const email = freshEmail();
    const submissionId = newSubmission();
    const first = await invite([email], submissionId);
    expect(await invite([email], submissionId)).toEqual(first);
    advance(11 * 60 * 1000);
    const late = await invite([email], submissionId);
    expect(late.invitations).toEqual([{ ...first.invitations[0], path: null }]);
    expect((await openInvitations()).filter((i) => i.email === email)).toHaveLength(1);
  });

  it("replaces an open invitation of the same address", async () => {
    const { ctx } = open();
    const { email, token } = await inviteOne();
    const second = await inviteOne(email);
    expect((await refusal(getInvitation(ctx, { token }))).userMessage).toContain("withdrawn");
    expect(await getInvitation(ctx, { token: second.token })).toEqual({
      email,
      name: "",
      role: "rater",
      studyName: "Inviting",
      hasAccount: false,
    });
  });

  it("makes an account, a rater and a member of the study when it is accepted", async () => {
    const { ctx } = open();
    const { email, token } = await inviteOne();
    const accepted = await acceptInvitation(ctx, { token, name: "  Ada  L ", password: PASSWORD });
    expect(accepted).toEqual({ email, role: "rater" });
    const account = await ctx.accounts.findByEmail(email);
    const actor = await findActor(ctx, {
      userId: account?.userId ?? "",
      email,
      name: "Ada L",
      role: "rater",
    });
    expect(actor.raterId).not.toBeNull();
    expect((await members()).find((m) => m.email === email)).toMatchObject({
      raterId: actor.raterId,
      name: "Ada L",
      status: "active",
      source: "human",
      completed: 0,
      live: 0,
    });
    const error = await refusal(acceptInvitation(ctx, { token, name: "Eve", password: PASSWORD }));
    expect(error).toMatchObject({ code: "INVITATION_INVALID", status: 410 });
    expect(error.userMessage).toContain("already used");
  });

  it.each([
    ["name", { name: " ", password: PASSWORD }],
    ["name", { name: "x".repeat(81), password: PASSWORD }],
    ["password", { name: "Ada", password: "too short" }],
    ["password", { name: "Ada", password: "x".repeat(129) }],
  ])("refuses a bad %s beside its field and leaves the invitation open", async (field, typed) => {
    const { ctx } = open();
    const { token } = await inviteOne();
    const error = await refusal(acceptInvitation(ctx, { token, ...typed }));
    expect(Object.keys(error.fields)).toEqual([field]);
    await getInvitation(ctx, { token });
  });

  it("says why a link does not work: unknown, expired or revoked", async () => {
    const { ctx, advance } = open();
    expect((await refusal(getInvitation(ctx, { token: "x" }))).userMessage).toContain("not known");
    const revoked = await inviteOne();
    await revokeInvitation(ctx, coordinator, {
      studyId,
      invitationId: revoked.invitationId,
      submissionId: newSubmission(),
    });
    expect((await refusal(getInvitation(ctx, revoked))).userMessage).toContain("withdrawn");
    const old = await inviteOne();
    advance(14 * DAY_MS);
    const error = await refusal(acceptInvitation(ctx, { token: old.token, name: "A", password: PASSWORD }));
    expect(error.userMessage).toContain("expired");
    const all = (await listInvitations(ctx, coordinator, { studyId })).rows;
    expect(all.find((i) => i.email === old.email)?.state).toBe("expired");
    expect(all.find((i) => i.email === revoked.email)?.state).toBe("revoked");
  });

  it("cannot revoke what was accepted, nor through another study", async () => {
    const { ctx } = open();
    const { token, invitationId } = await inviteOne();
    const submissionId = newSubmission();
    const elsewhere = await refusal(
      revokeInvitation(ctx, coordinator, { studyId: "std_other", invitationId, submissionId }),
    );
    expect(elsewhere.code).toBe("NOT_FOUND");
    await acceptInvitation(ctx, { token, name: "Ada", password: PASSWORD });
    const late = await refusal(revokeInvitation(ctx, coordinator, { studyId, invitationId, submissionId }));
    expect(late.code).toBe("ILLEGAL_TRANSITION");
  });

  it("lets one of two simultaneous acceptances through", async () => {
    const { ctx } = open();
    const { email, token } = await inviteOne();
    const results = await Promise.allSettled([
      acceptInvitation(ctx, { token, name: "A", password: PASSWORD }),
      acceptInvitation(ctx, { token, name: "B", password: PASSWORD }),
    ]);
    expect(results.filter((r) => r.status === "fulfilled")).toHaveLength(1);
    expect((await members()).filter((m) => m.email === email)).toHaveLength(1);
  });

  it("adds an address with a rater account directly, without a link", async () => {
    const { ctx } = open();
    const email = freshEmail();
    const { raterId } = await createUser(ctx, { email, name: "Known", role: "rater", password: PASSWORD });
    const stranger = freshEmail();
    const result = await invite([email, stranger]);
    expect(result.alreadyMembers).toEqual([email]);
    expect(result.invitations.map((i) => i.email)).toEqual([stranger]);
    expect((await members()).find((m) => m.email === email)?.raterId).toBe(raterId);
  });

  it("refuses the address of a staff account", async () => {
    const { ctx } = open();
    const researcher = await createPerson(ctx, "researcher");
    expect((await refusal(invite([researcher.email]))).fields.emails).toContain(researcher.email);
  });

  it("asks somebody whose account was made meanwhile to sign in, and then accepts as them", async () => {
    const { ctx } = open();
    const { email, token } = await inviteOne();
    const { userId, raterId } = await createUser(ctx, {
      email,
      name: "Ada",
      role: "rater",
      password: PASSWORD,
    });
    const taken = await refusal(acceptInvitation(ctx, { token, name: "Ada", password: PASSWORD }));
    expect(taken.code).toBe("EMAIL_TAKEN");
    expect(taken.userMessage).toContain("Sign in");
    expect((await getInvitation(ctx, { token })).hasAccount).toBe(true);

    const stranger = await createPerson(ctx, "rater");
    expect((await refusal(acceptInvitationAs(ctx, stranger, { token }))).code).toBe("FORBIDDEN");
    const actor: Actor = { userId, email, name: "Ada", role: "rater", raterId };
    expect(await acceptInvitationAs(ctx, actor, { token })).toEqual({ email, role: "rater" });
    expect((await members()).some((m) => m.raterId === raterId)).toBe(true);
    expect((await refusal(acceptInvitationAs(ctx, actor, { token }))).code).toBe("INVITATION_INVALID");
  });

  it("marks raters who were invited as simulated", async () => {
    const { ctx } = open();
    const email = freshEmail();
    const { invitations } = await invite([email], newSubmission(), "simulated");
    await acceptInvitation(ctx, { token: tokenOf(invitations[0]?.path), name: "Sim", password: PASSWORD });
    expect((await members()).find((m) => m.email === email)?.source).toBe("simulated");
  });

  it("blocks and lets in a member, with one audit entry per change", async () => {
    const { ctx } = open();
    const { email, token } = await inviteOne();
    await acceptInvitation(ctx, { token, name: "Ada", password: PASSWORD });
    const raterId = (await members()).find((m) => m.email === email)?.raterId ?? "";
    const set = (status: "active" | "blocked") =>
      setStudyRaterStatus(ctx, coordinator, { studyId, raterId, status, submissionId: newSubmission() });
    await set("blocked");
    await set("blocked");
    expect((await members()).find((m) => m.email === email)?.status).toBe("blocked");
    await invite([email]);
    expect((await members()).find((m) => m.email === email)?.status).toBe("blocked");
    await set("active");
    const { auditLog } = ctx.store.t;
    const entries = await ctx.store.read.select().from(auditLog).where(eq(auditLog.subjectId, raterId));
    expect(entries.map((e) => e.action)).toEqual(["rater.blocked", "rater.unblocked"]);
    const unknown = setStudyRaterStatus(ctx, coordinator, {
      studyId,
      raterId: "rtr_none",
      status: "blocked",
      submissionId: newSubmission(),
    });
    expect((await refusal(unknown)).code).toBe("NOT_FOUND");
  });

  it("reads members page by page without gaps or repeats", async () => {
    const { ctx } = open();
    const all = await members();
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listStudyRaters>> = await listStudyRaters(ctx, coordinator, {
        studyId,
        cursor,
        limit: 2,
      });
      expect(page.total).toBe(all.length);
      seen.push(...page.rows.map((r) => r.raterId));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual(all.map((m) => m.raterId));
    const bad = listStudyRaters(ctx, coordinator, { studyId, cursor: "garbage" });
    expect((await refusal(bad)).code).toBe("BAD_REQUEST");
  });

  it.each(["rater", "researcher"] as const)("is closed to a %s", async (role) => {
    const { ctx } = open();
    const actor = await createPerson(ctx, role);
    for (const work of [
      inviteRaters(ctx, actor, {
        studyId,
        emails: [freshEmail()],
        source: "human",
        submissionId: newSubmission(),
      }),
      listInvitations(ctx, actor, { studyId }),
      listStudyRaters(ctx, actor, { studyId }),
    ]) {
      expect((await refusal(work)).code).toBe("FORBIDDEN");
    }
  });

  it("refuses invitations to a closed study", async () => {
    const { ctx } = open();
    await setStudyStatus(ctx, coordinator, { studyId, action: "publish", submissionId: newSubmission() });
    await setStudyStatus(ctx, coordinator, { studyId, action: "close", submissionId: newSubmission() });
    expect((await refusal(invite([freshEmail()]))).code).toBe("STUDY_NOT_OPEN");
  });
});

describe("a pasted list of addresses", () => {
  it.each([
    ["a@x.org, b@x.org;c@x.org\nd@x.org  e@x.org", ["a@x.org", "b@x.org", "c@x.org", "d@x.org", "e@x.org"]],
    ["Jane Doe <jane@x.org>, bob@x.org", ["jane@x.org", "bob@x.org"]],
    [" \r\n , ; ", []],
    ["not an address", ["not", "an", "address"]],
  ])("splits %j", (text, entries) => {
    expect(splitEmails(text)).toEqual(entries);
  });
});
