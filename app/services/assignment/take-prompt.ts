import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "../../../db/store.ts";
import { promptIndexAt } from "../../domain/prompt-order.ts";
import type { StudySettings } from "../../domain/study-settings.ts";
import type { ServiceContext } from "../context.ts";

/**
 * The cue or given prompt of the next task of a study version, from its concealed order; "" where raters write about
 * their own ideas. Must run in the transaction that begins the task.
 */
export async function takePrompt(
  ctx: ServiceContext,
  tx: Tx,
  {
    studyId,
    studyVersion,
    settings,
  }: { studyId: string; studyVersion: number; settings: Pick<StudySettings, "prompts"> },
): Promise<string> {
  const { mode, items } = settings.prompts;
  if (mode === "free" || items.length === 0) return "";
  const { promptLists } = ctx.store.t;
  await tx
    .insert(promptLists)
    .values({ studyId, studyVersion, seed: ctx.newSeed(), createdAtMs: ctx.now() })
    .onConflictDoNothing();
  const [list] = await tx
    .update(promptLists)
    .set({ nextPosition: sql`${promptLists.nextPosition} + 1` })
    .where(and(eq(promptLists.studyId, studyId), eq(promptLists.studyVersion, studyVersion)))
    .returning({ seed: promptLists.seed, nextPosition: promptLists.nextPosition });
  if (!list) throw new Error("the prompt list that was just made is missing");
  return items[promptIndexAt(list.seed, items.length, list.nextPosition - 1)] as string;
}
