import { createHash } from "node:crypto";
import { and, eq } from "drizzle-orm";
import type { Tx } from "../../db/store.ts";
import { RequestError } from "../domain/errors.ts";
import type { ServiceContext } from "./context.ts";

export interface Submission {
  /** User id of the sender: ids of different people never meet. */
  actorId: string;
  /** Made by the client, once per intended effect. */
  submissionId: string;
  useCase: string;
  body: unknown;
}

const SUBMISSION_ID = /^[A-Za-z0-9_-]{8,64}$/;

/**
 * Runs `effect` once per submission id. A repeat with the same body gets the stored reply; with another body it is
 * refused (SUBMISSION_ID_REUSED). Effect and reply commit together, so a crash leaves both or neither.
 * The reply must survive JSON.
 */
export async function submitOnce<R>(
  ctx: ServiceContext,
  submission: Submission,
  effect: (tx: Tx) => Promise<R>,
): Promise<R> {
  if (!SUBMISSION_ID.test(submission.submissionId)) {
    throw new RequestError("BAD_REQUEST", "The form is out of date. Reload the page and try again.");
  }
  const bodySha256 = createHash("sha256")
    .update(JSON.stringify([submission.useCase, submission.body]))
    .digest("hex");
  return ctx.store.tx(async (tx) => {
    const { submissions } = ctx.store.t;
    const key = and(
      eq(submissions.actorId, submission.actorId),
      eq(submissions.submissionId, submission.submissionId),
    );
    // The row is taken before the effect: a second request with the same id waits here until the first has committed,
    // and then finds its reply.
    const [taken] = await tx
      .insert(submissions)
      .values({
        actorId: submission.actorId,
        submissionId: submission.submissionId,
        useCase: submission.useCase,
        bodySha256,
        result: {},
        createdAtMs: ctx.now(),
      })
      .onConflictDoNothing()
      .returning({ submissionId: submissions.submissionId });
    if (!taken) {
      const [earlier] = await tx.select().from(submissions).where(key);
      if (!earlier) throw new Error("a submission vanished between two statements");
      return replay<R>(earlier, bodySha256);
    }
    const value = await effect(tx);
    await tx.update(submissions).set({ result: { value } }).where(key);
    return value;
  });
}

function replay<R>(earlier: { bodySha256: string; result: { value?: unknown } }, bodySha256: string): R {
  if (earlier.bodySha256 !== bodySha256) {
    throw new RequestError(
      "SUBMISSION_ID_REUSED",
      "This form was already sent with other content. Reload the page to see what was saved.",
    );
  }
  return earlier.result.value as R;
}
