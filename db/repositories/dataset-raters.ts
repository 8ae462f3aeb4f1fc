import { and, eq, inArray } from "drizzle-orm";
import type { ConsentScope } from "../../app/domain/vocabulary.ts";
import type { SourceConsent, SourceRater } from "../../exporters/source.ts";
import { chunk, type Store } from "../store.ts";

/** Raters with their newest consent to the study, by id. */
export async function listSourceRaters(
  store: Store,
  studyId: string,
  raterIds: string[],
): Promise<Map<string, SourceRater>> {
  const { raters, raterProfiles, consents, user } = store.t;
  const people = await inChunks(raterIds, (ids) =>
    store.read
      .select({
        id: raters.id,
        pool: raters.pool,
        locale: raters.locale,
        name: user.name,
        answers: raterProfiles.answers,
      })
      .from(raters)
      .leftJoin(raterProfiles, eq(raterProfiles.raterId, raters.id))
      .leftJoin(user, eq(user.id, raters.userId))
      .where(inArray(raters.id, ids)),
  );
  const given = await inChunks(raterIds, (ids) =>
    store.read
      .select({
        raterId: consents.raterId,
        version: consents.consentVersion,
        scopes: consents.scopes,
        withdrawnAtMs: consents.withdrawnAtMs,
      })
      .from(consents)
      .where(and(eq(consents.studyId, studyId), inArray(consents.raterId, ids))),
  );
  given.sort((a, b) => a.version - b.version);
  const newest = new Map<string, SourceConsent>();
  for (const { raterId, version, scopes, withdrawnAtMs } of given)
    newest.set(raterId, { version, scopes: scopes as ConsentScope[], withdrawn: withdrawnAtMs !== null });
  return new Map(
    people.map(({ name, answers, ...rater }) => [
      rater.id,
      {
        ...rater,
        consent: newest.get(rater.id) ?? null,
        demographics: answers ?? {},
        names: name ? [name] : [],
      },
    ]),
  );
}

async function inChunks<Row>(ids: string[], query: (ids: string[]) => PromiseLike<Row[]>): Promise<Row[]> {
  const out: Row[] = [];
  for (const part of chunk(ids)) out.push(...(await query(part)));
  return out;
}
