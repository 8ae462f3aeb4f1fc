/**
 * Life of an assignment: the right of one rater to do one trajectory.
 * Pure; the services turn a transition into one compare-and-set write and one event row.
 */
export const ASSIGNMENT_STATUSES = [
  "offered",
  "active",
  "paused",
  "submitted",
  "approved",
  "rejected",
  "returned",
  "expired",
  "withdrawn",
] as const;
export type AssignmentStatus = (typeof ASSIGNMENT_STATUSES)[number];

/** The rater can still work on it, so it holds a place of the study. */
export const LIVE_STATUSES = ["offered", "active", "paused"] as const satisfies AssignmentStatus[];
/** Work was handed in complete, so it counts towards the study's target. */
export const COMPLETED_STATUSES = ["submitted", "approved"] as const satisfies AssignmentStatus[];
/** Holds a place: completed + live never exceed the target (method, section 1). */
export const PLACE_HOLDING_STATUSES = [...LIVE_STATUSES, ...COMPLETED_STATUSES] as const;

export type AssignmentEvent =
  | { type: "start" }
  | { type: "pause" }
  | { type: "resume" }
  | { type: "submit" }
  | { type: "approve" }
  | { type: "reject" }
  | { type: "return" }
  | { type: "expire" }
  | { type: "revive" }
  | { type: "withdraw" };

const TABLE: Record<AssignmentStatus, Partial<Record<AssignmentEvent["type"], AssignmentStatus>>> = {
  offered: { start: "active", return: "returned", expire: "expired", withdraw: "withdrawn" },
  active: {
    pause: "paused",
    submit: "submitted",
    return: "returned",
    expire: "expired",
    withdraw: "withdrawn",
  },
  paused: { resume: "active", return: "returned", expire: "expired", withdraw: "withdrawn" },
  submitted: { approve: "approved", reject: "rejected", withdraw: "withdrawn" },
  approved: { withdraw: "withdrawn" },
  rejected: { approve: "approved", withdraw: "withdrawn" },
  returned: {},
  expired: { revive: "active", withdraw: "withdrawn" },
  withdrawn: {},
};

export type Transition<S> = { kind: "moved"; to: S } | { kind: "refused"; from: S; reason: string };

/** The status after `event`, or why it is refused. */
export function transitionAssignment(
  from: AssignmentStatus,
  event: AssignmentEvent,
): Transition<AssignmentStatus> {
  const to = TABLE[from][event.type];
  return to
    ? { kind: "moved", to }
    : { kind: "refused", from, reason: `an assignment that is ${from} cannot ${event.type}` };
}

export function isLive(status: AssignmentStatus): boolean {
  return (LIVE_STATUSES as readonly AssignmentStatus[]).includes(status);
}
