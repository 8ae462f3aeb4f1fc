/** What the clients of experiment R3 saw: the only thing that its checker believes, besides the final rows. */

/** One call, from sending it to having its answer; instants in the experiment's own time (ms). */
export interface Call {
  process: number;
  kind: "claim" | "prompt" | "return" | "submit";
  raterId: string;
  startMs: number;
  endMs: number;
  submissionId: string;
  /** What a claim was given, or what the call was about; null for a refused claim. */
  assignmentId: string | null;
  /** "ok", or the code of the refusal. */
  outcome: string;
}

export interface ClaimRules {
  /** Places of the study. */
  limit: number;
  leaseMs: number;
  /** A renewal may be left out this long, because reads must stay reads. */
  renewalSlackMs: number;
  /** How far the clocks of two processes may be apart, in the experiment's own time. */
  skewMs: number;
  weights: Record<string, number>;
}

/** The rows of the database when all is over. */
export interface FinalRows {
  assignments: { id: string; raterId: string; status: string }[];
  placesHeld: number;
  /** Entries of the allocation lists in order of list and position. */
  entries: {
    listId: string;
    stratum: string;
    position: number;
    blockIndex: number;
    armKey: string;
    trajectoryId: string | null;
  }[];
  /** Trajectories that have an arm. */
  allocated: { trajectoryId: string; raterId: string; armKey: string }[];
  /** The event log in its own order. */
  events: { type: string; raterId: string; assignmentId: string }[];
}
