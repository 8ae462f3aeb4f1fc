/** What raters agreed to decides what leaves, and in which profile. */
import { type ExportFilters, INCLUDE_VALUES, type Include } from "../../app/domain/export-options.ts";
import type { ConsentScope, PrivacyProfile, Source } from "../../app/domain/vocabulary.ts";
import { exportedStatus } from "../records.ts";
import type { SourceTrajectory } from "../source.ts";

export { INCLUDE_VALUES, type Include };

export const EXCLUSIONS = [
  "withdrawn",
  "rejected",
  "noConsent",
  "outOfScope",
  "abandoned",
  "source",
  "filtered",
] as const;
/** Why a trajectory is left out. */
export type Exclusion = (typeof EXCLUSIONS)[number];

export interface Filters {
  profile: PrivacyProfile;
  include: Include;
  /** Who may have made the trajectories; null = anybody. */
  source: Source | null;
  /** Default: none. */
  filters?: ExportFilters;
}

/** The scope without which nothing of a person goes into a profile. */
export const SCOPE_OF_PROFILE = {
  internal: "research_internal",
  shared: "research_shared",
  public: "public_release",
} as const satisfies Record<PrivacyProfile, ConsentScope>;

/**
 * Why the trajectory stays out, or null when it belongs in. Consent that was taken back and rejected work are out
 * always. A study that asks for no consent has nothing that allows its people's data to leave the team, so it can only
 * be exported internally; simulated raters need not be asked.
 */
export function exclusionOf(
  trajectory: Pick<SourceTrajectory, "status" | "source" | "consentAsked" | "rater"> &
    Partial<Pick<SourceTrajectory, "armId" | "studyVersion" | "startedAtMs">>,
  filters: Filters,
): Exclusion | null {
  const { status, source, consentAsked } = trajectory;
  const { consent } = trajectory.rater;
  if (status === "withdrawn" || consent?.withdrawn) return "withdrawn";
  if (status === "rejected") return "rejected";
  if (filters.source !== null && source !== filters.source) return "source";
  if (filters.filters && !passes(trajectory, filters.filters)) return "filtered";
  if (source === "human") {
    if (consent === null) {
      if (filters.profile !== "internal" || consentAsked) return "noConsent";
    } else if (!consent.scopes.includes(SCOPE_OF_PROFILE[filters.profile])) return "outOfScope";
  }
  if (filters.include === "complete" && exportedStatus(status) === "abandoned") return "abandoned";
  return null;
}

/** Whether a trajectory is among those that were asked for. One that has no arm yet is of none. */
export function passes(
  {
    armId = null,
    studyVersion,
    startedAtMs,
  }: Partial<Pick<SourceTrajectory, "armId" | "studyVersion" | "startedAtMs">>,
  { armIds, studyVersions = null, startedFromMs, startedBeforeMs }: ExportFilters,
): boolean {
  if (armIds !== null && (armId === null || !armIds.includes(armId))) return false;
  if (studyVersions !== null && (studyVersion === undefined || !studyVersions.includes(studyVersion)))
    return false;
  if (startedAtMs === undefined) return true;
  return (
    (startedFromMs === null || startedAtMs >= startedFromMs) &&
    (startedBeforeMs === null || startedAtMs < startedBeforeMs)
  );
}

/** Parts of a rater's data that may be given; the rest of the trajectory is exported without them. */
export interface Parts {
  freeText: boolean;
  images: boolean;
  demographics: boolean;
}

const ALL: Parts = { freeText: true, images: true, demographics: true };
const UNASKED: Parts = { freeText: true, images: true, demographics: false };

/** What may be given of an admitted trajectory. */
export function partsOf({ source, rater }: Pick<SourceTrajectory, "source" | "rater">): Parts {
  if (source === "simulated") return ALL;
  if (rater.consent === null) return UNASKED;
  const { scopes } = rater.consent;
  return {
    freeText: scopes.includes("free_text"),
    images: scopes.includes("images"),
    demographics: scopes.includes("demographics"),
  };
}
