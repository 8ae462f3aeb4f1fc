import type { Actor } from "../../../app/domain/actor.ts";
import { RequestError } from "../../../app/domain/errors.ts";
import type { Random } from "../../../app/domain/random.ts";
import { claimAssignment } from "../../../app/services/assignment/claim-assignment.server.ts";
import { returnAssignment } from "../../../app/services/assignment/return-assignment.server.ts";
import type { ServiceContext } from "../../../app/services/context.ts";
import { readInstructions } from "../../../app/services/trajectory/read-instructions.server.ts";
import { submitChoice } from "../../../app/services/trajectory/submit-choice.server.ts";
import { submitInitialPrompt } from "../../../app/services/trajectory/submit-initial-prompt.server.ts";
import type { WaitingRater } from "../../bench/sessions.ts";
import type { Send } from "./history.ts";

/** Sends of one step: each of two tabs repeats its own form, someone alters one, and the back button brings old ones. */
export const SENDS_PER_STEP = 5;
const STEPS = 4;
/** Repeats of earlier steps that come with the last. */
const LATE = 4;
export const SENDS_PER_RATER = STEPS * SENDS_PER_STEP + LATE;

/**
 * `no-ids`: the server forgets submission ids; `any-body`: it takes any body for a repeat. Both are what a service
 * without this protection would do.
 */
export const SUBMIT_SABOTAGES = ["no-ids", "any-body"] as const;
export type SubmitSabotage = (typeof SUBMIT_SABOTAGES)[number];

interface Form {
  useCase: Send["useCase"];
  intent: string;
  submissionId: string;
  body: Record<string, unknown>;
}

/** One order of everything that is sent and answered in this process. */
let tick = 0;

/** Everything that one rater's two tabs send, from a ready slate to the prompt of the next task. */
export async function sendAll(
  tabs: readonly [ServiceContext, ServiceContext],
  studyId: string,
  { actor, assignmentId, columnIds }: WaitingRater,
  options: { random: Random; log: Send[]; sabotage: SubmitSabotage | null },
): Promise<void> {
  const { random, log, sabotage } = options;
  let serial = 0;
  const newId = () => `r4-${actor.userId.slice(-16)}-${++serial}`;
  const firstBody = new Map<string, Record<string, unknown>>();

  const send = async (form: Form, tab: number): Promise<string | null> => {
    const { useCase, intent, submissionId, body } = form;
    if (!firstBody.has(submissionId)) firstBody.set(submissionId, body);
    const sent = sabotage === "any-body" ? (firstBody.get(submissionId) as typeof body) : body;
    const id = sabotage === "no-ids" ? newId() : submissionId;
    const sentAt = ++tick;
    let reply: string | null = null;
    let outcome = "ok";
    try {
      reply = JSON.stringify(await CALL[useCase](tabs[tab] as ServiceContext, actor, id, sent));
    } catch (error) {
      outcome = error instanceof RequestError ? error.code : `fault: ${String(error)}`;
    }
    log.push({
      userId: actor.userId,
      useCase,
      intent,
      submissionId,
      body: JSON.stringify(body),
      tab,
      sentAt,
      answeredAt: ++tick,
      reply,
      outcome,
    });
    return reply;
  };

  /** Both tabs have the page open, so each has a form of its own with its own id. */
  const step = async (
    useCase: Send["useCase"],
    intent: string,
    bodies: [Record<string, unknown>, Record<string, unknown>],
    altered: Record<string, unknown>,
  ): Promise<{ reply: string | null; forms: Form[] }> => {
    const [a, b] = bodies.map((body) => ({ useCase, intent, submissionId: newId(), body })) as [Form, Form];
    const sends: [Form, number][] = random.shuffle([
      [a, 0],
      [a, 0],
      [b, 1],
      [{ ...a, body: altered }, 1],
      [a, 1],
    ]);
    const replies = await Promise.all(sends.map(([form, tab]) => send(form, tab)));
    return { reply: replies.find((r) => r !== null) ?? null, forms: [a, b] };
  };

  const choice = (columnId: unknown, critique: string) => ({ assignmentId, columnId, critique });
  const pick = () => random.pick(columnIds);
  const chosen = await step(
    "submit-choice",
    `choice of ${assignmentId}`,
    [choice(pick(), "more color"), choice(pick(), "")],
    choice(pick(), "altered on the way"),
  );
  const back = { assignmentId };
  await step("return-assignment", `return of ${assignmentId}`, [back, back], { assignmentId: "asg_other" });
  const claim = { studyId };
  const claimed = await step("claim-assignment", `second task of ${actor.userId}`, [claim, claim], {
    studyId: "std_other",
  });
  if (claimed.reply === null) return;
  const next = (JSON.parse(claimed.reply) as { assignmentId: string }).assignmentId;
  await readInstructions(tabs[0], actor, { assignmentId: next, submissionId: newId() });
  const prompt = (text: string) => ({ assignmentId: next, prompt: text });
  await step(
    "submit-initial-prompt",
    `prompt of ${next}`,
    [prompt("a lighthouse in a storm"), prompt("a white cat on a sofa")],
    prompt("altered on the way"),
  );
  // The back button: forms of long ago come again.
  for (let i = 0; i < LATE; i++) {
    const form = random.pick([...chosen.forms, ...claimed.forms]);
    await send(form, random.below(2));
  }
}

type Body = Record<string, unknown>;
const CALL: Record<
  Send["useCase"],
  (ctx: ServiceContext, actor: Actor, submissionId: string, body: Body) => Promise<unknown>
> = {
  "submit-choice": (ctx, actor, submissionId, { assignmentId, columnId, critique }) =>
    submitChoice(ctx, actor, {
      assignmentId: String(assignmentId),
      turnNumber: 1,
      submissionId,
      columnId: String(columnId),
      critique: String(critique),
    }),
  "return-assignment": (ctx, actor, submissionId, { assignmentId }) =>
    returnAssignment(ctx, actor, { assignmentId: String(assignmentId), submissionId }),
  "claim-assignment": (ctx, actor, submissionId, { studyId }) =>
    claimAssignment(ctx, actor, { studyId: String(studyId), submissionId }),
  "submit-initial-prompt": (ctx, actor, submissionId, { assignmentId, prompt }) =>
    submitInitialPrompt(ctx, actor, {
      assignmentId: String(assignmentId),
      submissionId,
      prompt: String(prompt),
    }),
};
