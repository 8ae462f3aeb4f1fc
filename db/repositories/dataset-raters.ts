import { and, asc, eq, sql } from "drizzle-orm";
import type { ConsentScope } from "../../app/domain/vocabulary.ts";
import type { SourceConsent, SourceRater } from "../../exporters/source.ts";
import type { ReadStore } from "../snapshot.ts";
import { idList, isOneOfIds, prepareRows } from "./prepared-rows.ts";

/** Raters with their newest consent to the study, by id. */
export type ReadRaters = (studyId: string, raterIds: readonly string[]) => Promise<Map<string, SourceRater>>;

type RaterRow = [id: string, pool: string, locale: string, name: string | null, answers: unknown];
type ConsentRow = [raterId: string, version: number, scopes: unknown, withdrawnAtMs: number | null];

export function createReadRaters(store: ReadStore): ReadRaters {
  const { raters, raterProfiles, consents, user } = store.t;
  const people = prepareRows<RaterRow>(
    store,
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
      .where(isOneOfIds(store, raters.id)),
  );
  const given = prepareRows<ConsentRow>(
    store,
    store.read
      .select({
        raterId: consents.raterId,
        version: consents.consentVersion,
        scopes: consents.scopes,
        withdrawnAtMs: consents.withdrawnAtMs,
      })
      .from(consents)
      .where(and(isOneOfIds(store, consents.raterId), eq(consents.studyId, sql.placeholder("studyId"))))
      .orderBy(asc(consents.consentVersion)),
  );
  return async (studyId, raterIds) => {
    const ids = idList(store, raterIds);
    const newest = new Map<string, SourceConsent>();
    for (const [raterId, version, scopes, withdrawnAtMs] of await given({ ...ids, studyId }))
      newest.set(raterId, {
        version,
        scopes: fromJson<ConsentScope[]>(scopes) ?? [],
        withdrawn: withdrawnAtMs !== null,
      });
    const out = new Map<string, SourceRater>();
    for (const [id, pool, locale, name, answers] of await people(ids)) {
      const consent = newest.get(id) ?? null;
      const demographics = fromJson<Record<string, string>>(answers) ?? {};
      out.set(id, { id, pool, locale, consent, demographics, names: name ? [name] : [] });
    }
    return out;
  };
}

/** JSON is text on SQLite and an object already on PostgreSQL. */
function fromJson<T>(value: unknown): T | null {
  return (typeof value === "string" ? JSON.parse(value) : value) as T | null;
}
