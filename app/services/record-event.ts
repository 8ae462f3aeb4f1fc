import type { Tx } from "../../db/store.ts";
import type { ServiceContext } from "./context.ts";
import { enqueueWebhooks } from "./webhook/enqueue-webhooks.ts";

export interface NewEvent {
  type: string;
  studyId?: string;
  raterId?: string;
  assignmentId?: string;
  trajectoryId?: string;
  turnId?: string;
  data?: Record<string, unknown>;
}

/** Writes one event row, and the webhooks that tell it; part of the transaction whose effect it records. */
export async function recordEvent(ctx: ServiceContext, tx: Tx, event: NewEvent): Promise<void> {
  await tx.insert(ctx.store.t.events).values({ ...event, atMs: ctx.now(), data: event.data ?? {} });
  await enqueueWebhooks(ctx, tx, event);
}

/** Appends to the audit log. */
export async function recordAudit(
  ctx: ServiceContext,
  tx: Tx,
  entry: {
    actorUserId: string | null;
    action: string;
    subjectType: string;
    subjectId: string;
    data?: Record<string, unknown>;
  },
): Promise<void> {
  await tx.insert(ctx.store.t.auditLog).values({ ...entry, atMs: ctx.now(), data: entry.data ?? {} });
}
