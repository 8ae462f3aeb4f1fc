import { and, asc, desc, eq, inArray, lt } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { isBlindToArms } from "../../domain/arm-mask.ts";
import { RequestError } from "../../domain/errors.ts";
import type { AuditRow } from "../../domain/staff-views.ts";
import type { ServiceContext } from "../context.ts";
import { pageSize } from "../dataset/keyset.ts";

export interface ListAuditArgs {
  action?: string;
  /** User id of who did it. */
  actorUserId?: string;
  /** Id of the last row of the page before. */
  cursor?: string | null;
  limit?: number;
}

export interface AuditPage {
  rows: AuditRow[];
  nextCursor: string | null;
  /** Every action that is in the log, for the filter. */
  actions: string[];
}

/** Who did what, the latest first. What it says of the arms of a study is left out while its reader is blind to them. */
export async function listAudit(ctx: ServiceContext, actor: Actor, args: ListAuditArgs): Promise<AuditPage> {
  assertCapability(actor, "audit.read");
  const { auditLog, user } = ctx.store.t;
  const limit = pageSize(args.limit);
  const [found, actions] = await Promise.all([
    ctx.store.read
      .select({ entry: auditLog, name: user.name })
      .from(auditLog)
      .leftJoin(user, eq(user.id, auditLog.actorUserId))
      .where(
        and(
          args.action ? eq(auditLog.action, args.action) : undefined,
          args.actorUserId ? eq(auditLog.actorUserId, args.actorUserId) : undefined,
          args.cursor ? lt(auditLog.id, parseCursor(args.cursor)) : undefined,
        ),
      )
      .orderBy(desc(auditLog.id))
      .limit(limit + 1),
    ctx.store.read.selectDistinct({ action: auditLog.action }).from(auditLog).orderBy(asc(auditLog.action)),
  ]);
  const mayKnow = await studiesWithKnownArms(
    ctx,
    actor,
    found.map(({ entry }) => entry),
  );
  const rows = found.slice(0, limit).map(({ entry, name }) => ({
    ...entry,
    data:
      entry.subjectType === "study" && mayKnow.has(entry.subjectId) ? entry.data : withoutArms(entry.data),
    actorName: name ?? (entry.actorUserId === null ? "The system" : "A deleted account"),
  }));
  const last = rows.at(-1);
  return {
    rows,
    nextCursor: found.length > limit && last ? String(last.id) : null,
    actions: actions.map((a) => a.action),
  };
}

/** Of the studies that the entries are about, those whose arms the actor may know. */
async function studiesWithKnownArms(
  ctx: ServiceContext,
  actor: Actor,
  entries: { subjectType: string; subjectId: string }[],
): Promise<Set<string>> {
  const { studies } = ctx.store.t;
  const ids = [...new Set(entries.filter((e) => e.subjectType === "study").map((e) => e.subjectId))];
  if (ids.length === 0) return new Set();
  const rows = await ctx.store.read
    .select({ id: studies.id, unlockedAtMs: studies.analysisUnlockedAtMs })
    .from(studies)
    .where(inArray(studies.id, ids));
  return new Set(rows.filter((row) => !isBlindToArms(actor.role, row.unlockedAtMs)).map((row) => row.id));
}

function withoutArms(data: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).filter(([key]) => !/^arm/i.test(key)));
}

function parseCursor(cursor: string): number {
  if (!/^\d{1,15}$/.test(cursor)) {
    throw new RequestError("BAD_REQUEST", "This page of the log does not exist. Go back to its first page.");
  }
  return Number(cursor);
}
