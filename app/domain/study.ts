/** Life of a study. Settings are frozen per version once published. */
export const STUDY_STATUSES = ["draft", "open", "paused", "closed"] as const;
export type StudyStatus = (typeof STUDY_STATUSES)[number];

export const STUDY_ACTIONS = ["publish", "pause", "resume", "close", "reopen"] as const;
export type StudyAction = (typeof STUDY_ACTIONS)[number];

const TABLE: Record<StudyStatus, Partial<Record<StudyAction, StudyStatus>>> = {
  draft: { publish: "open" },
  open: { pause: "paused", close: "closed" },
  paused: { resume: "open", close: "closed" },
  closed: { reopen: "open" },
};

/** The status after `action`, or null when it is not allowed now. */
export function transitionStudy(from: StudyStatus, action: StudyAction): StudyStatus | null {
  return TABLE[from][action] ?? null;
}

/** What a coordinator can do with a study now, in the order of the buttons. */
export function studyActions(from: StudyStatus): StudyAction[] {
  return STUDY_ACTIONS.filter((a) => transitionStudy(from, a) !== null);
}
