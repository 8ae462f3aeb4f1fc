import { and, eq } from "drizzle-orm";
import type { AnyReader, ServiceContext } from "../context.ts";

/** What may be typed ahead of a submission. Turn numbers are 1-based. */
export const DRAFT_FIELD = /^(prompt|column:[1-9]\d?|critique:[1-9]\d?)$/;

export async function readDraft(
  ctx: ServiceContext,
  reader: AnyReader,
  assignmentId: string,
  field: string,
): Promise<string> {
  const { drafts } = ctx.store.t;
  const [row] = await reader
    .select({ value: drafts.value })
    .from(drafts)
    .where(and(eq(drafts.assignmentId, assignmentId), eq(drafts.field, field)));
  return row?.value ?? "";
}
