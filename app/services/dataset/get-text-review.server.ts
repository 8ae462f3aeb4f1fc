import { and, desc, eq, inArray } from "drizzle-orm";
import { suggestedReplacement, textSha256 } from "../../../exporters/index.ts";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import type { TextReviewView } from "../../domain/staff-views.ts";
import type { ReviewQueue } from "../../domain/text-review.ts";
import type { PrivacyProfile } from "../../domain/vocabulary.ts";
import type { ServiceContext } from "../context.ts";
import { type ReviewedText, screenStudy } from "./screen-study.ts";
import { countText, noTexts } from "./text-counts.ts";

export interface GetTextReviewArgs {
  studyId: string;
  profile: PrivacyProfile;
  queue: ReviewQueue;
  /** The text to show, whether or not the queue holds it. */
  key?: string | null;
  /** Otherwise the first of the queue behind this text, or the first of all. */
  after?: string | null;
}

/** One text of the review with what was found in it, its place, and how far the review is. */
export async function getTextReview(
  ctx: ServiceContext,
  actor: Actor,
  args: GetTextReviewArgs,
): Promise<TextReviewView> {
  assertCapability(actor, "dataset.export");
  const counts = noTexts();
  const queue: ReviewedText[] = [];
  const sameText = new Map<string, number>();
  let asked: ReviewedText | null = null;
  /** Position in the queue of the first text behind `after`; 0 = the queue's first. */
  let behind = 0;
  for await (const text of screenStudy(ctx, args)) {
    countText(counts, text);
    if (text.decision === null) sameText.set(text.text, (sameText.get(text.text) ?? 0) + 1);
    if (text.key === args.key) asked = text;
    if (isQueued(args.queue, text)) queue.push(text);
    if (text.key === args.after) behind = queue.length;
  }
  const current = asked ?? queue[behind < queue.length ? behind : 0] ?? null;
  const at = current ? queue.findIndex((text) => text.key === current.key) : -1;
  return {
    counts,
    queued: queue.length,
    position: at < 0 ? null : at + 1,
    previousKey: at > 0 ? (queue[at - 1]?.key ?? null) : null,
    nextKey: queue[at + 1]?.key ?? null,
    text: current && (await viewOf(ctx, current, sameText)),
    undo: await lastBatch(ctx, actor, args.studyId),
  };
}

function isQueued(queue: ReviewQueue, { findings, decision }: ReviewedText): boolean {
  if (queue === "decided") return decision !== null;
  return decision === null && (queue === "all" || findings.length > 0);
}

async function viewOf(
  ctx: ServiceContext,
  text: ReviewedText,
  sameText: ReadonlyMap<string, number>,
): Promise<TextReviewView["text"]> {
  const { user } = ctx.store.t;
  const { decision } = text;
  const [reviewer] = decision?.decidedBy
    ? await ctx.store.read.select({ name: user.name }).from(user).where(eq(user.id, decision.decidedBy))
    : [];
  return {
    key: text.key,
    trajectoryId: text.trajectoryId,
    turnNumber: text.turnIndex === null ? null : text.turnIndex + 1,
    field: text.field,
    text: text.text,
    textSha256: textSha256(text.text),
    findings: text.findings,
    replacement: decision?.replacement ?? suggestedReplacement(text),
    alike: (sameText.get(text.text) ?? 0) - (decision === null ? 1 : 0),
    decision: decision && {
      decision: decision.decision,
      replacement: decision.replacement,
      reviewerName: reviewer?.name ?? "",
      decidedAtMs: decision.decidedAtMs,
    },
  };
}

/** What this reviewer decided last, unless it was undone or decided anew. */
async function lastBatch(
  ctx: ServiceContext,
  actor: Actor,
  studyId: string,
): Promise<TextReviewView["undo"]> {
  const { textDecisions: t } = ctx.store.t;
  const [last] = await ctx.store.read
    .select({ batchId: t.batchId, decision: t.decision })
    .from(t)
    .where(and(eq(t.studyId, studyId), eq(t.decidedBy, actor.userId)))
    .orderBy(desc(t.id))
    .limit(1);
  if (!last || last.decision === "undone") return null;
  const texts = await ctx.store.read.$count(t, inArray(t.batchId, [last.batchId]));
  return { batchId: last.batchId, decision: last.decision, texts };
}
