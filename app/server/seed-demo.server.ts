import { count, eq } from "drizzle-orm";
import type { Actor } from "../domain/actor.ts";
import { homePathOf, type Role } from "../domain/roles.ts";
import { defaultStudySettings } from "../domain/study-settings.ts";
import type { ServiceContext } from "../services/context.ts";
import { createUser } from "../services/identity/create-user.server.ts";
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

/** Demo accounts and one open study, made once, on a database without any account. */
export async function seedDemo(ctx: ServiceContext): Promise<void> {
  const { user, studyRaters } = ctx.store.t;
  const [users] = await ctx.store.read.select({ n: count().mapWith(Number) }).from(user);
  if ((users?.n ?? 0) > 0) return;
  let raterId: string | null = null;
  let coordinator: Actor | null = null;
  for (const { role, email, name } of DEMO_LOGINS) {
    const made = await createUser(ctx, { email, name, role, password: DEMO_PASSWORD });
    if (role === "rater") raterId = made.raterId;
    if (role === "coordinator") coordinator = { userId: made.userId, email, name, role, raterId: null };
  }
  if (!coordinator || !raterId) throw new Error("the demo needs a coordinator and a rater");
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
  const member = { studyId, raterId, addedAtMs: ctx.now() };
  await ctx.store.tx((tx) => tx.insert(studyRaters).values(member));
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
