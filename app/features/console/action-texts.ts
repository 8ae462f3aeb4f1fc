import type { CoordinatorAction } from "../../domain/coordinator-action.ts";

export interface ActionText {
  button: string;
  title: string;
  /** What happens for the rater. */
  effect: string;
  danger?: boolean;
}

export const ACTION_TEXTS: Record<CoordinatorAction, ActionText> = {
  approve: {
    button: "Approve",
    title: "Approve work",
    effect:
      "The rater sees the task as approved, with its pay, in their history. Rejected work is approved again while its place is free.",
  },
  correct: {
    button: "Return for correction",
    title: "Return work for correction",
    effect:
      "The rater gets the task back at the evaluation, reads your note there, and has the study’s lease to hand it in again. Their answers are kept, and so is the place.",
  },
  reject: {
    button: "Reject",
    title: "Reject work",
    effect:
      "The rater sees the task as rejected and reads your reason. The data are kept; they count as rejected.",
    danger: true,
  },
  extend: {
    button: "Extend",
    title: "Give more time",
    effect:
      "The rater has more time, counted from the end of the lease, or from now where it has run out. An expired task comes back to its rater while a place is free.",
  },
  pause: {
    button: "Pause",
    title: "Pause tasks",
    effect:
      "The rater can write nothing until the task is resumed, and is told that you paused it. Nothing is lost: the clock stands still.",
  },
  resume: {
    button: "Resume",
    title: "Resume tasks",
    effect: "The rater can go on where they were, with a whole lease.",
  },
  release: {
    button: "Release",
    title: "Release places",
    effect:
      "The place is free for somebody else at once. Work under way counts as expired: it is kept, and its rater can go on while a place is free, where the study allows it. An offer that was not taken is taken back.",
    danger: true,
  },
};

const OFFER_REFUSALS: Record<string, string> = {
  ALREADY_LIVE: "has a task of this study already",
  NOT_A_MEMBER: "is not a member of this study",
  NO_OPEN_ARM: "there is no open arm for this rater",
  RATER_BLOCKED: "is blocked in this study",
  CONSENT_WITHDRAWN: "has withdrawn from this study",
  POOL_NOT_ELIGIBLE: "is in a group that this study does not take",
  CAP_REACHED: "has done all of their tasks in this study",
  STUDY_FULL: "all places of the study are taken",
};

/** Why somebody was offered nothing, to the coordinator. */
export function offerRefusalText(code: string): string {
  return OFFER_REFUSALS[code] ?? "cannot have a task now";
}
