import { and, eq, inArray, like, sql } from "drizzle-orm";
import type { Tx } from "../../../db/store.ts";
import type { SavedFields } from "../../domain/answer-field.ts";
import type { AnyReader, ServiceContext } from "../context.ts";

/** Fields of an assignment by name, or all whose name starts with `prefix`. */
export async function readFields(
  ctx: ServiceContext,
  reader: AnyReader,
  assignmentId: string,
  which: { names: readonly string[] } | { prefix: string },
): Promise<SavedFields> {
  const { drafts } = ctx.store.t;
  const rows = await reader
    .select({ field: drafts.field, revision: drafts.revision, value: drafts.value })
    .from(drafts)
    .where(
      and(
        eq(drafts.assignmentId, assignmentId),
        "names" in which ? inArray(drafts.field, [...which.names]) : like(drafts.field, `${which.prefix}%`),
      ),
    );
  return Object.fromEntries(rows.map(({ field, revision, value }) => [field, { revision, value }]));
}

/** Stores values as the next revisions of their fields. The assignment row must be locked. */
export async function writeFields(
  ctx: ServiceContext,
  tx: Tx,
  assignmentId: string,
  values: Readonly<Record<string, string>>,
): Promise<void> {
  const { drafts } = ctx.store.t;
  const now = ctx.now();
  const rows = Object.entries(values).map(([field, value]) => ({
    assignmentId,
    field,
    value,
    updatedAtMs: now,
  }));
  if (rows.length === 0) return;
  await tx
    .insert(drafts)
    .values(rows)
    .onConflictDoUpdate({
      target: [drafts.assignmentId, drafts.field],
      set: {
        value: sql`excluded.value`,
        revision: sql`${drafts.revision} + 1`,
        updatedAtMs: now,
      },
    });
}
