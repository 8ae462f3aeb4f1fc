import { ASSIGNMENT_STATUSES, type AssignmentStatus } from "../../domain/assignment.ts";
import { SOURCES, type Source } from "../../domain/vocabulary.ts";

/** What a list of trajectories is narrowed to, as in the page's address. */
export interface TrajectoryQuery {
  filter: { status?: AssignmentStatus; source?: Source; armId?: string; raterId?: string };
  cursor: string | null;
}

/** Reads `?status=…&source=…&arm=…&rater=…&cursor=…`; words that are not in the vocabulary count as "all". */
export function trajectoryQuery(params: URLSearchParams): TrajectoryQuery {
  return {
    cursor: params.get("cursor"),
    filter: {
      status: ASSIGNMENT_STATUSES.find((s) => s === params.get("status")),
      source: SOURCES.find((s) => s === params.get("source")),
      armId: params.get("arm") || undefined,
      raterId: params.get("rater") || undefined,
    },
  };
}
