import { eq } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import type { Actor } from "../../../app/domain/actor.ts";
import { acceptInvitation } from "../../../app/services/identity/accept-invitation.server.ts";
import { checkInvitationFile } from "../../../app/services/identity/check-invitation-file.server.ts";
import { createUser } from "../../../app/services/identity/create-user.server.ts";
import { getInvitation } from "../../../app/services/identity/get-invitation.server.ts";
import { importInvitations } from "../../../app/services/identity/import-invitations.server.ts";
import { inviteRaters } from "../../../app/services/identity/invite-raters.server.ts";
import { listInvitations } from "../../../app/services/identity/list-invitations.server.ts";
import { createStudy } from "../../../app/services/study/create-study.server.ts";
import { createPerson, describeBothDatabases } from "../../support/context.ts";
import { fileWithSevenBadRows } from "../../support/invitation-file.ts";
import { newSubmission } from "../../support/session.ts";
import { refusal } from "./helpers.ts";

const PASSWORD = "correct horse battery";

describeBothDatabases("invitations from a file", (open) => {
  let coordinator: Actor;
  let studyId: string;
  beforeAll(async () => {
    const { ctx } = open();
    coordinator = await createPerson(ctx, "coordinator");
    ({ studyId } = await createStudy(ctx, coordinator, { name: "Files", submissionId: newSubmission() }));
  });
  const check = (text: string) => checkInvitationFile(open().ctx, coordinator, { studyId, text });
  const send = (text: string, agreedRows: number, submissionId = newSubmission()) =>
    importInvitations(open().ctx, coordinator, { studyId, text, source: "human", agreedRows, submissionId });
  const tokenOf = (path: string | null | undefined) => (path ?? "").replace("/invite/", "");
  const raterOf = async (email: string) => {
    const { ctx } = open();
    const { raters } = ctx.store.t;
    const account = await ctx.accounts.findByEmail(email);
    const [rater] = await ctx.store.read
      .select()
      .from(raters)
      .where(eq(raters.userId, account?.userId ?? ""));
    return rater;
  };
  const total = async () =>
    (await listInvitations(open().ctx, coordinator, { studyId, openOnly: true })).total;

  it("of 500 rows with 7 bad ones are reported row by row, and the 493 good ones are invited on request", async () => {
    const { ctx } = open();
    const text = fileWithSevenBadRows(coordinator.email);
    const report = await check(text);
    expect([report.people.length, report.badRows]).toEqual([493, 7]);
    expect(report.problems.map((p) => [p.row, p.column])).toEqual([
      [10, "email"],
      [50, "email"],
      [100, "email"],
      [150, "locale"],
      [250, "name"],
      [350, ""],
      // The line with a value too many has its columns shifted, too: "north" is no locale.
      [350, "locale"],
      [500, "email"],
    ]);
    expect(await total(), "a report invites nobody").toBe(0);

    const refused = await refusal(send(text, 500));
    expect(refused.fields.file).toContain("Nobody was invited: 493 rows");
    expect(await total()).toBe(0);

    const submissionId = newSubmission();
    const { invitations, alreadyMembers } = await send(text, 493, submissionId);
    expect([new Set(invitations.map((i) => i.path)).size, alreadyMembers]).toEqual([493, []]);
    expect(await total()).toBe(493);
    expect((await send(text, 493, submissionId)).invitations, "a second click").toEqual(invitations);
    expect(await total()).toBe(493);

    const [first] = invitations;
    const token = tokenOf(first?.path);
    expect(await getInvitation(ctx, { token })).toMatchObject({
      email: "p2@csv.example.org",
      name: "Person 2",
    });
    await acceptInvitation(ctx, { token, name: "Person 2", password: PASSWORD });
    expect(await raterOf("p2@csv.example.org")).toMatchObject({ pool: "south", locale: "de" });
    const open2 = await listInvitations(ctx, coordinator, { studyId, openOnly: true, limit: 100 });
    expect(open2.rows[0]).toMatchObject({
      pool: expect.stringMatching(/north|south/),
      note: expect.any(String),
    });
  });

  it("say what each row does about people who are known, and do it", async () => {
    const { ctx } = open();
    const emails = { joins: "joins@example.org", member: "member@example.org", again: "again@example.org" };
    for (const email of [emails.joins, emails.member]) {
      await createUser(ctx, { email, name: "Known", role: "rater", password: PASSWORD });
    }
    const before = await inviteRaters(ctx, coordinator, {
      studyId,
      emails: [emails.member, emails.again],
      source: "human",
      submissionId: newSubmission(),
    });
    const text = `email;group\nnew@example.org;\n${emails.joins};west\n${emails.member};east\n${emails.again};\n`;
    expect((await check(text)).people.map((p) => p.effect)).toEqual(["link", "joins", "member", "replaces"]);
    const { invitations, alreadyMembers } = await send(text, 4);
    expect(invitations.map((i) => i.email)).toEqual(["new@example.org", emails.again]);
    expect(alreadyMembers).toEqual([emails.joins, emails.member]);
    expect(await raterOf(emails.joins)).toMatchObject({ pool: "west", locale: "en" });
    expect(await raterOf(emails.member)).toMatchObject({ pool: "east" });
    const old = await refusal(getInvitation(ctx, { token: tokenOf(before.invitations[0]?.path) }));
    expect(old.userMessage).toContain("withdrawn");
  });

  it("may be 10,000", async () => {
    const text = `email\n${Array.from({ length: 10_000 }, (_, i) => `m${i}@many.example.org`).join("\n")}`;
    const before = await total();
    expect((await send(text, 10_000)).invitations).toHaveLength(10_000);
    expect(await total()).toBe(before + 10_000);
  });

  it("are refused when somebody became staff after the report", async () => {
    const { ctx } = open();
    const text = "email\nlate@example.org\nlater@example.org\n";
    expect((await check(text)).people).toHaveLength(2);
    await createUser(ctx, { email: "late@example.org", name: "L", role: "researcher", password: PASSWORD });
    const before = await total();
    expect((await refusal(send(text, 2))).fields.file).toContain("1 rows can be invited now, not 2");
    expect(await total()).toBe(before);
  });

  it.each(["rater", "researcher"] as const)("are closed to a %s", async (role) => {
    const { ctx } = open();
    const actor = await createPerson(ctx, role);
    const args = { studyId, text: "email\nx@example.org" };
    await expect(async () => checkInvitationFile(ctx, actor, args)).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    const sent = importInvitations(ctx, actor, {
      ...args,
      source: "human",
      agreedRows: 1,
      submissionId: newSubmission(),
    });
    expect((await refusal(sent)).code).toBe("FORBIDDEN");
  });
});
