import { chunk } from "../../../db/store.ts";
import { textSha256 } from "../../../exporters/index.ts";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { notFound, RequestError } from "../../domain/errors.ts";
import { TEXT_DECISIONS, type TextDecisionKind } from "../../domain/text-review.ts";
import type { PrivacyProfile } from "../../domain/vocabulary.ts";
import type { ServiceContext } from "../context.ts";
import { recordAudit } from "../record-event.ts";
import { submitOnce } from "../submit-once.ts";
import { type ReviewedText, screenStudy } from "./screen-study.ts";

export const REPLACEMENT_MAX_CHARACTERS = 10_000;

export interface DecideTextsArgs {
  studyId: string;
  profile: PrivacyProfile;
  /** The text that was looked at. */
  key: string;
  /** Of the text as it was shown. */
  textSha256: string;
  decision: TextDecisionKind;
  /** The released copy; only of a redacted text. */
  replacement: string;
  /** Also every undecided text of the study with the same words. */
  alike: boolean;
  submissionId: string;
}
export interface DecideTextsResult {
  batchId: string;
  texts: number;
}

/**
 * Puts a decision about a text, and those like it, on record with reviewer and time; what raters typed stays as it is.
 * Throws NOT_FOUND where no release holds the text, INVALID_INPUT for a text that has changed or a replacement that
 * replaces nothing.
 */
export async function decideTexts(
  ctx: ServiceContext,
  actor: Actor,
  args: DecideTextsArgs,
): Promise<DecideTextsResult> {
  assertCapability(actor, "dataset.export");
  const { submissionId, ...body } = args;
  if (!TEXT_DECISIONS.includes(args.decision))
    throw new RequestError("INVALID_INPUT", "Choose what becomes of the text.");
  const texts = await textsOf(ctx, args);
  const replacement = args.decision === "redacted" ? args.replacement : null;
  return submitOnce(
    ctx,
    { actorId: actor.userId, submissionId, useCase: "decide-texts", body },
    async (tx) => {
      const { textDecisions } = ctx.store.t;
      const batchId = ctx.newId("tdb");
      const rows = texts.map((text) => ({
        studyId: args.studyId,
        trajectoryId: text.trajectoryId,
        turnIndex: text.turnIndex,
        field: text.field,
        decision: args.decision,
        replacement,
        textSha256: args.textSha256,
        batchId,
        decidedBy: actor.userId,
        decidedAtMs: ctx.now(),
      }));
      for (const part of chunk(rows)) await tx.insert(textDecisions).values(part);
      await recordAudit(ctx, tx, {
        actorUserId: actor.userId,
        action: "texts.decided",
        subjectType: "study",
        subjectId: args.studyId,
        data: { batchId, decision: args.decision, texts: texts.length },
      });
      return { batchId, texts: texts.length };
    },
  );
}

async function textsOf(ctx: ServiceContext, args: DecideTextsArgs): Promise<ReviewedText[]> {
  let shown: ReviewedText | null = null;
  const alike: ReviewedText[] = [];
  for await (const text of screenStudy(ctx, args)) {
    if (text.key === args.key) shown = text;
    else if (args.alike && text.decision === null && textSha256(text.text) === args.textSha256)
      alike.push(text);
  }
  if (!shown) throw notFound("text");
  if (textSha256(shown.text) !== args.textSha256)
    throw new RequestError(
      "INVALID_INPUT",
      "The rater has changed this text meanwhile. Look at it once more.",
    );
  if (args.decision === "redacted") assertReplaces(shown.text, args.replacement);
  return [shown, ...alike];
}

function assertReplaces(text: string, replacement: string): void {
  const refuse = (message: string) => new RequestError("INVALID_INPUT", message, { replacement: message });
  if (replacement === text) throw refuse("This is the text as it was typed. Change it, or keep the text.");
  if (replacement.length > REPLACEMENT_MAX_CHARACTERS)
    throw refuse(`Use at most ${REPLACEMENT_MAX_CHARACTERS} characters.`);
  if (replacement.includes("\0")) throw refuse("Take out the characters that cannot be shown.");
}
