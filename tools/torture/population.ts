/** Studies and raters for experiments, put into a database by direct inserts. */
import { and, eq } from "drizzle-orm";
import type { Actor } from "../../app/domain/actor.ts";
import { defaultStudySettings, type StudySettings } from "../../app/domain/study-settings.ts";
import type { ServiceContext } from "../../app/services/context.ts";
import { chunk } from "../../db/store.ts";

export interface Population {
  studyId: string;
  settings: StudySettings;
  raters: Actor[];
}

/** An open study whose arms draw colour tiles, with `raterCount` members. The same arguments give the same ids. */
export async function populate(
  ctx: ServiceContext,
  args: { name: string; raterCount: number; settings: Partial<StudySettings> },
): Promise<Population> {
  const { studies, studyVersions, arms, user, raters, studyRaters } = ctx.store.t;
  const studyId = `std_${args.name}`;
  const defaults = defaultStudySettings();
  const settings = {
    ...defaults,
    arms: defaults.arms.map((arm) => ({ ...arm, agent: { ...arm.agent, t2iModel: "swatch" } })),
    ...args.settings,
  };
  const now = ctx.now();
  const people = ratersOf(args.name, args.raterCount);
  await ctx.store.tx(async (tx) => {
    await tx.insert(studies).values({
      id: studyId,
      name: args.name,
      status: "open",
      currentVersion: 1,
      draftSettings: settings,
      createdAtMs: now,
      updatedAtMs: now,
    });
    await tx.insert(studyVersions).values({ studyId, version: 1, settings, publishedAtMs: now });
    await tx.insert(arms).values(
      settings.arms.map((arm) => ({
        id: `arm_${args.name}_${arm.key}`,
        studyId,
        studyVersion: 1,
        armKey: arm.key,
        label: arm.label,
        weight: arm.weight,
        agent: arm.agent,
      })),
    );
    const date = new Date(now);
    for (const part of chunk(people)) {
      await tx.insert(user).values(
        part.map((p) => ({
          id: p.userId,
          name: p.name,
          email: p.email,
          createdAt: date,
          updatedAt: date,
        })),
      );
      const rows = part.map((p) => ({ raterId: p.raterId as string, userId: p.userId }));
      await tx
        .insert(raters)
        .values(rows.map(({ raterId, userId }) => ({ id: raterId, userId, createdAtMs: now })));
      await tx.insert(studyRaters).values(rows.map(({ raterId }) => ({ studyId, raterId, addedAtMs: now })));
    }
  });
  return { studyId, settings, raters: people };
}

/** The raters that {@link populate} makes. */
export function ratersOf(name: string, count: number): Actor[] {
  return Array.from({ length: count }, (_, i) => ({
    userId: `usr_${name}_${i}`,
    email: `${name}-${i}@torture.invalid`,
    name: `Rater ${i}`,
    role: "rater",
    raterId: `rtr_${name}_${i}`,
  }));
}

/** The rater's trajectory of an assignment. */
export async function trajectoryOf(ctx: ServiceContext, assignmentId: string) {
  const { trajectories } = ctx.store.t;
  const [row] = await ctx.store.read
    .select()
    .from(trajectories)
    .where(and(eq(trajectories.assignmentId, assignmentId)));
  if (!row) throw new Error(`assignment ${assignmentId} has no trajectory`);
  return row;
}
