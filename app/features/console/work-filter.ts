import { ASSIGNMENT_STATUSES, type AssignmentStatus } from "../../domain/assignment.ts";
import { PHASES, type Phase } from "../../domain/phase.ts";

export const ATTENTIONS = ["stuck", "idle"] as const;

export interface WorkQuery {
  filter: {
    status?: AssignmentStatus;
    phase?: Phase;
    raterId?: string;
    attention?: (typeof ATTENTIONS)[number];
  };
  cursor: string | null;
}

/** Reads `?status=…&phase=…&rater=…&attention=…&cursor=…`; words that are not in the vocabulary count as "all". */
export function workQuery(params: URLSearchParams): WorkQuery {
  return {
    cursor: params.get("cursor"),
    filter: {
      status: ASSIGNMENT_STATUSES.find((s) => s === params.get("status")),
      phase: PHASES.find((p) => p === params.get("phase")),
      raterId: params.get("rater") || undefined,
      attention: ATTENTIONS.find((a) => a === params.get("attention")),
    },
  };
}
