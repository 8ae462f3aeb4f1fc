import { count, eq } from "drizzle-orm";
import type { Schema } from "../../../db/schema/index.ts";
import { RequestError } from "../../domain/errors.ts";
import type { StudyRecord } from "../assignment/load-place-facts.ts";
import type { AnyReader, ServiceContext } from "../context.ts";

export type RecruitmentLink = Schema["recruitmentLinks"]["$inferSelect"];

/** The link behind an address, with its study. Throws NOT_FOUND; a draft's link is not there yet. */
export async function findLink(
  ctx: ServiceContext,
  reader: AnyReader,
  slug: string,
): Promise<{ link: RecruitmentLink; study: StudyRecord }> {
  const { recruitmentLinks, studies } = ctx.store.t;
  const [row] = await reader
    .select({ link: recruitmentLinks, study: studies })
    .from(recruitmentLinks)
    .innerJoin(studies, eq(studies.id, recruitmentLinks.studyId))
    .where(eq(recruitmentLinks.slug, slug));
  if (!row || row.study.currentVersion === 0) {
    throw new RequestError(
      "NOT_FOUND",
      "This link to a study is not known here. Open it again where you found it, and check that it is whole.",
    );
  }
  return row;
}

/** People who got in by a link. */
export async function countArrivals(ctx: ServiceContext, reader: AnyReader, linkId: string): Promise<number> {
  const { externalIds } = ctx.store.t;
  const [row] = await reader
    .select({ n: count().mapWith(Number) })
    .from(externalIds)
    .where(eq(externalIds.linkId, linkId));
  return row?.n ?? 0;
}
