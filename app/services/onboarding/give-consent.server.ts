import { createHash } from "node:crypto";
import type { Actor } from "../../domain/actor.ts";
import { agreedScopes, missingScopes } from "../../domain/consent.ts";
import { RequestError } from "../../domain/errors.ts";
import { PHASES } from "../../domain/phase.ts";
import type { SessionHeader } from "../../domain/rater-views.ts";
import type { ServiceContext } from "../context.ts";
import { sessionEvent, submitStep } from "../trajectory/rater-step.ts";
import { advancePhase } from "./advance-phase.ts";

export interface GiveConsentArgs {
  assignmentId: string;
  submissionId: string;
  /** What was ticked. */
  scopes: readonly string[];
}

/**
 * Stores the rater's consent to this version of the text, with its scopes and time, and goes on.
 * Errors: INVALID_INPUT with a field per required scope that was left out.
 */
export async function giveConsent(
  ctx: ServiceContext,
  actor: Actor,
  args: GiveConsentArgs,
): Promise<SessionHeader> {
  const { assignmentId, submissionId } = args;
  return submitStep(
    ctx,
    actor,
    {
      useCase: "give-consent",
      assignmentId,
      submissionId,
      phases: [...PHASES],
      body: { scopes: [...args.scopes] },
      already: ({ trajectory, header }) => (trajectory.phase === "consent" ? null : header),
    },
    async (tx, session) => {
      const { consent } = session.settings;
      const scopes = agreedScopes(consent, args.scopes);
      const missing = missingScopes(consent, scopes);
      if (missing.length > 0) {
        throw new RequestError(
          "INVALID_INPUT",
          "To take part, agree to what is marked as needed. If you do not want to, choose “I do not agree”.",
          Object.fromEntries(missing.map((scope) => [scope, "This is needed to take part."])),
        );
      }
      const { consents } = ctx.store.t;
      const { raterId, studyId } = session.assignment;
      const given = { scopes, givenAtMs: ctx.now(), withdrawnAtMs: null };
      await tx
        .insert(consents)
        .values({
          id: ctx.newId("cns"),
          raterId,
          studyId,
          consentVersion: consent.version,
          ...given,
        })
        .onConflictDoUpdate({
          target: [consents.raterId, consents.studyId, consents.consentVersion],
          set: given,
        });
      await sessionEvent(ctx, tx, session, {
        type: "consent.given",
        data: {
          version: consent.version,
          scopes,
          textSha256: createHash("sha256").update(consent.text).digest("hex"),
        },
      });
      return (await advancePhase(ctx, tx, session, { type: "accept_consent" })) ?? session.header;
    },
  );
}
