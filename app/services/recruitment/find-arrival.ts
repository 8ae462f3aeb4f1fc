import { and, eq } from "drizzle-orm";
import type { Schema } from "../../../db/schema/index.ts";
import type { ArrivalIds } from "../../domain/recruitment.ts";
import type { AnyReader, ServiceContext } from "../context.ts";
import type { RecruitmentLink } from "./find-link.ts";

export type ExternalIdRecord = Schema["externalIds"]["$inferSelect"];

/** `unproven`: the id is known, but what came with it does not show that it is the same person. */
export type Arrival = { kind: "new" } | { kind: "known" | "unproven"; record: ExternalIdRecord };

/**
 * Who arrives. An id alone is a claim that anybody can make: a known one is let in again with a session in which it came
 * before, from the browser that is signed in as it, or where the link says that its ids are secret.
 */
export async function findArrival(
  ctx: ServiceContext,
  reader: AnyReader,
  { link, ids, signedInUserId }: { link: RecruitmentLink; ids: ArrivalIds; signedInUserId: string | null },
): Promise<Arrival> {
  const { externalIds, externalSessions } = ctx.store.t;
  const [record] = await reader
    .select()
    .from(externalIds)
    .where(
      and(
        eq(externalIds.studyId, link.studyId),
        eq(externalIds.kind, link.kind),
        eq(externalIds.externalId, ids.externalId),
      ),
    );
  if (!record) return { kind: "new" };
  if (link.trustsIds || record.userId === signedInUserId) return { kind: "known", record };
  if (ids.session === "") return { kind: "unproven", record };
  const [session] = await reader
    .select({ session: externalSessions.session })
    .from(externalSessions)
    .where(and(eq(externalSessions.externalIdId, record.id), eq(externalSessions.session, ids.session)));
  return { kind: session ? "known" : "unproven", record };
}
