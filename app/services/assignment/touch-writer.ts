import { and, eq } from "drizzle-orm";
import type { Tx } from "../../../db/store.ts";
import { isWriter } from "../../domain/answer-field.ts";
import { RequestError } from "../../domain/errors.ts";
import type { ServiceContext } from "../context.ts";
import type { LoadedSession } from "./load-session.ts";

/** A sign of life is written again at most this often. */
const TOUCH_EVERY_MS = 10_000;

/** Throws WRITER_MOVED unless the tab with this token holds the task. The assignment row must be locked. */
export async function touchWriter(
  ctx: ServiceContext,
  tx: Tx,
  { assignment }: LoadedSession,
  token: number | null,
): Promise<void> {
  if (!isWriter(token, assignment.writerToken)) {
    throw new RequestError(
      "WRITER_MOVED",
      "You went on with this task in another tab or on another device. Nothing was changed here.",
    );
  }
  const now = ctx.now();
  if (token === null || now - (assignment.writerSeenAtMs ?? 0) < TOUCH_EVERY_MS) return;
  const { assignments } = ctx.store.t;
  await tx
    .update(assignments)
    .set({ writerSeenAtMs: now })
    .where(and(eq(assignments.id, assignment.id), eq(assignments.writerToken, token)));
}
