import { count, desc, eq } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { paths } from "../../domain/paths.ts";
import { LINK_PARAMETERS } from "../../domain/recruitment.ts";
import type { RecruitmentLinkRow } from "../../domain/staff-views.ts";
import type { ServiceContext } from "../context.ts";

/** A study is recruited for by a few links, not by hundreds. */
const MOST_LINKS = 100;

/** The recruitment links of a study, latest first, each with how many people came by it. */
export async function listRecruitmentLinks(
  ctx: ServiceContext,
  actor: Actor,
  args: { studyId: string },
): Promise<RecruitmentLinkRow[]> {
  assertCapability(actor, "rater.invite");
  const { recruitmentLinks, externalIds } = ctx.store.t;
  const rows = await ctx.store.read
    .select({ link: recruitmentLinks, arrived: count(externalIds.id).mapWith(Number) })
    .from(recruitmentLinks)
    .leftJoin(externalIds, eq(externalIds.linkId, recruitmentLinks.id))
    .where(eq(recruitmentLinks.studyId, args.studyId))
    .groupBy(recruitmentLinks.id)
    .orderBy(desc(recruitmentLinks.createdAtMs), desc(recruitmentLinks.id))
    .limit(MOST_LINKS);
  return rows.map(({ link, arrived }) => ({
    linkId: link.id,
    kind: link.kind,
    status: link.status,
    pool: link.pool,
    maxRaters: link.maxRaters,
    trustsIds: link.trustsIds,
    arrived,
    createdAtMs: link.createdAtMs,
    path: paths.join(link.slug) + exampleSearch(link.kind),
  }));
}

/** The parameters as a panel has to fill them in: Prolific's own placeholders, or ours. */
function exampleSearch(kind: RecruitmentLinkRow["kind"]): string {
  const [id, session, study] = LINK_PARAMETERS[kind];
  if (kind === "generic") return `?${id}={id}&${session}={session}`;
  return `?${[id, study, session].map((name) => `${name}={{%${name}%}}`).join("&")}`;
}
