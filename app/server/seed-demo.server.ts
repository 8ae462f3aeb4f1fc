import { and, eq } from "drizzle-orm";
import type { Actor } from "../domain/actor.ts";
import { CONSENT_TEXT_DRAFT } from "../domain/consent.ts";
import { paths } from "../domain/paths.ts";
import { homePathOf, type Role } from "../domain/roles.ts";
import { consentSchema } from "../domain/study-parts.ts";
import { defaultStudySettings } from "../domain/study-settings.ts";
import type { ServiceContext } from "../services/context.ts";
import { createUser } from "../services/identity/create-user.server.ts";
import { findActor } from "../services/identity/find-actor.server.ts";
import { createRecruitmentLink } from "../services/recruitment/create-recruitment-link.server.ts";
import { createStudy } from "../services/study/create-study.server.ts";
import { setStudyStatus } from "../services/study/set-study-status.server.ts";

export const DEMO_PASSWORD = "demo-password-1";

const login = (role: Role, email: string, name: string) => ({ role, email, name, path: homePathOf(role) });
export const DEMO_LOGINS = [
  login("rater", "rater@demo.turnwise.local", "Robin Rater"),
  login("coordinator", "coordinator@demo.turnwise.local", "Casey Coordinator"),
  login("researcher", "researcher@demo.turnwise.local", "Remi Researcher"),
];
const DEMO_STUDY = "Demo: five turns to your picture";
const ARRIVAL_STUDY = "Example: people who come by a link";

/**
 * Demo accounts and one open study, on a database without any other account. Each step is skipped when it is done, so that
 * a start that was cut off is completed by the next one.
 */
export async function seedDemo(ctx: ServiceContext): Promise<void> {
  const { user, studyRaters } = ctx.store.t;
  const users = await ctx.store.read
    .select({ email: user.email })
    .from(user)
    .limit(DEMO_LOGINS.length + 1);
  const emails = new Set(users.map((u) => u.email));
  const isOurs =
    users.length <= DEMO_LOGINS.length && DEMO_LOGINS.every((l) => emails.delete(l.email) || true);
  if (!isOurs || emails.size > 0) return;
  const actors = new Map<Role, Actor>();
  for (const login of DEMO_LOGINS) actors.set(login.role, await ensureLogin(ctx, login));
  const coordinator = actors.get("coordinator");
  const raterId = actors.get("rater")?.raterId;
  if (!coordinator || !raterId) throw new Error("the demo needs a coordinator and a rater");
  const [member] = await ctx.store.read
    .select()
    .from(studyRaters)
    .where(eq(studyRaters.raterId, raterId))
    .limit(1);
  if (member) return;
  // The older one, so that the demo study comes first in every list.
  await seedArrival(ctx, coordinator);
  const { studyId } = await createStudy(ctx, coordinator, {
    name: DEMO_STUDY,
    settings: {
      ...defaultStudySettings(),
      targetTrajectories: 1000,
      payPerTrajectoryCents: 350,
      welcomeText: "Welcome! This demo draws its pictures on this machine, without any AI service.",
    },
    submissionId: "demo-study-create",
  });
  await setStudyStatus(ctx, coordinator, { studyId, action: "publish", submissionId: "demo-study-publish" });
  await ctx.store.tx((tx) => tx.insert(studyRaters).values({ studyId, raterId, addedAtMs: ctx.now() }));
}

/** An open study with all its steps, into which people come by a recruitment link. */
async function seedArrival(ctx: ServiceContext, coordinator: Actor): Promise<void> {
  const { studyId } = await createStudy(ctx, coordinator, {
    name: ARRIVAL_STUDY,
    settings: {
      ...defaultStudySettings(),
      optionalPhases: ["consent", "about_you", "practice"],
      consent: consentSchema.parse({
        text: CONSENT_TEXT_DRAFT,
        scopes: [
          { scope: "research_internal", required: true },
          { scope: "research_shared", required: false },
          { scope: "public_release", required: false },
        ],
      }),
      aboutYouQuestions: ["age_band", "region", "art_experience", "image_generator_use"],
      targetTrajectories: 1000,
    },
    submissionId: "demo-arrival-create",
  });
  await setStudyStatus(ctx, coordinator, {
    studyId,
    action: "publish",
    submissionId: "demo-arrival-publish",
  });
  await createRecruitmentLink(ctx, coordinator, {
    studyId,
    kind: "generic",
    pool: "",
    maxRaters: "",
    trustsIds: false,
    submissionId: "demo-arrival-link",
  });
}

/** Where somebody can try arriving as a participant; null where there is no such demo. */
export async function demoArrivalPath(ctx: ServiceContext): Promise<string | null> {
  const { recruitmentLinks, studies } = ctx.store.t;
  const [link] = await ctx.store.read
    .select({ slug: recruitmentLinks.slug })
    .from(recruitmentLinks)
    .innerJoin(studies, eq(studies.id, recruitmentLinks.studyId))
    .where(and(eq(studies.name, ARRIVAL_STUDY), eq(recruitmentLinks.status, "open")))
    .limit(1);
  return link ? `${paths.join(link.slug)}?pid=visitor-1` : null;
}

async function ensureLogin(ctx: ServiceContext, login: (typeof DEMO_LOGINS)[number]): Promise<Actor> {
  const { email, name, role } = login;
  const account = await ctx.accounts.findByEmail(email);
  const userId =
    account?.userId ?? (await createUser(ctx, { email, name, role, password: DEMO_PASSWORD })).userId;
  return findActor(ctx, { userId, email, name, role });
}

/** Whether the demo logins exist, so that pages may mention them. */
export async function hasDemoData(ctx: ServiceContext): Promise<boolean> {
  const { user } = ctx.store.t;
  const [row] = await ctx.store.read
    .select({ id: user.id })
    .from(user)
    .where(eq(user.email, DEMO_LOGINS[0]?.email ?? ""));
  return row !== undefined;
}
