import { eq } from "drizzle-orm";
import type { Actor } from "../../domain/actor.ts";
import type { Role } from "../../domain/roles.ts";
import type { ServiceContext } from "../context.ts";

export interface SignedInUser {
  userId: string;
  email: string;
  name: string;
  role: Role;
}

/** The actor behind a signed-in user, with the rater identity when there is one. */
export async function findActor(ctx: ServiceContext, user: SignedInUser): Promise<Actor> {
  const { raters } = ctx.store.t;
  const [rater] = await ctx.store.read
    .select({ id: raters.id })
    .from(raters)
    .where(eq(raters.userId, user.userId));
  return { ...user, raterId: rater?.id ?? null };
}
