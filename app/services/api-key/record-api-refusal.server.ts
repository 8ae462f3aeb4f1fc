import type { ServiceContext } from "../context.ts";
import { recordAudit } from "../record-event.ts";

export interface ApiRefusal {
  reason: string;
  keyId: string | null;
  ownerUserId: string | null;
  /** Network address of the sender. */
  address: string;
  /** Route of the endpoint, such as "POST /studies". */
  endpoint: string;
}

/** The same refusal is written once in this time, … */
const REPEAT_MS = 10 * 60_000;
/** … and in each minute this many at most: nobody fills the audit log by knocking. */
const PER_MINUTE = 60;

interface Seen {
  minuteStartMs: number;
  inMinute: number;
  /** Refusal → when it was written. */
  written: Map<string, number>;
}
const seenBy = new WeakMap<ServiceContext["store"], Seen>();

/** Puts a failed authorisation into the audit log, unless it was just put there. Never rejects. */
export async function recordApiRefusal(ctx: ServiceContext, refusal: ApiRefusal): Promise<void> {
  if (!isNew(ctx, refusal)) return;
  const { keyId, ownerUserId, ...data } = refusal;
  await ctx.store
    .tx((tx) =>
      recordAudit(ctx, tx, {
        actorUserId: ownerUserId,
        action: "api.refused",
        subjectType: "api_key",
        subjectId: keyId ?? "",
        data,
      }),
    )
    .catch((error: unknown) => ctx.log.warn({ err: error }, "a refused API request was not recorded"));
}

function isNew(ctx: ServiceContext, { reason, keyId, address, endpoint }: ApiRefusal): boolean {
  const now = ctx.now();
  const seen = seenBy.get(ctx.store) ?? { minuteStartMs: now, inMinute: 0, written: new Map() };
  seenBy.set(ctx.store, seen);
  if (now - seen.minuteStartMs >= 60_000) {
    seen.minuteStartMs = now;
    seen.inMinute = 0;
    for (const [key, atMs] of seen.written) if (now - atMs >= REPEAT_MS) seen.written.delete(key);
  }
  const key = JSON.stringify([reason, keyId ?? address, endpoint]);
  if (seen.written.has(key) || seen.inMinute >= PER_MINUTE) return false;
  seen.inMinute++;
  seen.written.set(key, now);
  return true;
}
