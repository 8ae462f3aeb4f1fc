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

/** Not finished yet, so it holds a place of the study; a rater has one of these per study at most. */
export const LIVE_STATUSES = ["offered", "active", "paused"] as const satisfies AssignmentStatus[];
/** Live, and its lease is running; while an assignment is paused the lease stands still. */
export const LEASED_STATUSES = ["offered", "active"] as const satisfies AssignmentStatus[];
/** Work was handed in complete, so it counts towards the study's target. */
export const COMPLETED_STATUSES = ["submitted", "approved"] as const satisfies AssignmentStatus[];
/**
 * Holds a place: completed + live never exceed the target (method, section 1). Rejected work holds one too where the
 * coordinator said so (`keepsPlace`).
 */
export const PLACE_HOLDING_STATUSES = [...LIVE_STATUSES, ...COMPLETED_STATUSES] as const;
/** Was handed in once, whatever came of it: counts towards what one rater may do. */
export const HANDED_IN_STATUSES = ["submitted", "approved", "rejected"] as const satisfies AssignmentStatus[];

export const ASSIGNMENT_EVENTS = [
  /** The rater takes an offer. */
  "start",
  /** The coordinator stops the clock, and starts it again. */
  "pause",
  "resume",
  "submit",
  "approve",
  "reject",
  /** Handed-in work goes back to the rater, to be corrected. */
  "correct",
  /** The rater gives it back. */
  "return",
  /** The lease ran out. */
  "expire",
  /** The coordinator frees the place. */
  "release",
  "revive",
  /** The rater takes their consent back. */
  "withdraw",
] as const;
export type AssignmentEventType = (typeof ASSIGNMENT_EVENTS)[number];
export interface AssignmentEvent {
  type: AssignmentEventType;
}

/**
 * An offer that lapses goes back: nothing was begun, so there is nothing to revive. Work that lapses or is released is
 * kept and can be revived. Withdrawing consent is possible from everywhere, and final.
 */
const TABLE: Record<AssignmentStatus, Partial<Record<AssignmentEventType, AssignmentStatus>>> = {
  offered: {
    start: "active",
    return: "returned",
    expire: "returned",
    release: "returned",
    withdraw: "withdrawn",
  },
  active: {
    pause: "paused",
    submit: "submitted",
    return: "returned",
    expire: "expired",
    release: "expired",
    withdraw: "withdrawn",
  },
  paused: { resume: "active", return: "returned", release: "expired", withdraw: "withdrawn" },
  submitted: { approve: "approved", reject: "rejected", correct: "active", withdraw: "withdrawn" },
  approved: { withdraw: "withdrawn" },
  rejected: { approve: "approved", withdraw: "withdrawn" },
  returned: { withdraw: "withdrawn" },
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

/** Whether the assignment holds a place of its study. */
export function holdsPlace({
  status,
  keepsPlace,
}: {
  status: AssignmentStatus;
  keepsPlace: boolean;
}): boolean {
  return (
    (PLACE_HOLDING_STATUSES as readonly AssignmentStatus[]).includes(status) ||
    (status === "rejected" && keepsPlace)
  );
}

/** What a coordinator can do with an assignment now, in the order of the buttons. */
export const COORDINATOR_EVENTS = [
  "approve",
  "correct",
  "reject",
  "pause",
  "resume",
  "release",
] as const satisfies AssignmentEventType[];
export function coordinatorEvents(from: AssignmentStatus): (typeof COORDINATOR_EVENTS)[number][] {
  return COORDINATOR_EVENTS.filter((type) => TABLE[from][type] !== undefined);
}
