/** What the pages of coordinators and researchers are given. */

import type { AssignmentStatus } from "./assignment.ts";
import type { StudyFaultsView } from "./health-views.ts";
import type { PersonalDataFinding } from "./personal-data.ts";
import type { Phase } from "./phase.ts";
import type { CallParameters, SelectorFallback } from "./provider-call.ts";
import type { LinkKind, LinkStatus } from "./recruitment.ts";
import type { StudyAction, StudyStatus } from "./study.ts";
import type { StudySettings } from "./study-settings.ts";
import type { ScreenedField, TextDecision, TextDecisionKind } from "./text-review.ts";
import type { StepKind, StepStatus, TurnStatus } from "./turn.ts";
import type { ArmStatus, ProblemKind, ProblemStatus, Source } from "./vocabulary.ts";

export interface StudyRow {
  studyId: string;
  name: string;
  status: StudyStatus;
  version: number;
  target: number;
  completed: number;
  live: number;
  raters: number;
  createdAtMs: number;
}

export interface ArmProgress {
  armId: string;
  /** "A", "B", …: the same in every version. */
  letter: string;
  /** The arm's own name, or "Arm A" for those who may not know it. */
  label: string;
  /** null = only an earlier version has it. */
  status: ArmStatus | null;
  weight: number;
  assigned: number;
  live: number;
  completed: number;
}

/** One rater at work now. */
export interface LiveRow {
  assignmentId: string;
  trajectoryId: string;
  raterId: string;
  raterName: string;
  phase: Phase;
  chosenTurns: number;
  turnStatus: TurnStatus | null;
  startedAtMs: number;
  lastSeenAtMs: number;
  leaseExpiresAtMs: number;
}

export interface StudyMonitorView {
  studyId: string;
  name: string;
  status: StudyStatus;
  version: number;
  actions: StudyAction[];
  settings: StudySettings;
  /** Draft differs from the published version. */
  hasUnpublishedChanges: boolean;
  counts: {
    target: number;
    live: number;
    completed: number;
    expired: number;
    raters: number;
    openProblems: number;
  };
  funnel: { stage: string; count: number }[];
  arms: ArmProgress[];
  /** Arms are letters until the analysis is unlocked. */
  armsHidden: boolean;
  /** No arm of the running version is open. */
  allArmsPaused: boolean;
  live: LiveRow[];
  faults: StudyFaultsView;
  generation: { waiting: number; running: number; failed: number; medianTurnMs: number | null };
  nowMs: number;
}

/** One assignment as its coordinator sees it: no arm. */
export interface WorkRow {
  assignmentId: string;
  trajectoryId: string;
  raterId: string;
  raterName: string;
  status: AssignmentStatus;
  phase: Phase;
  chosenTurns: number;
  startedAtMs: number;
  lastSeenAtMs: number;
  leaseExpiresAtMs: number;
  submittedAtMs: number | null;
  /** Measured active time; null where nothing was measured. */
  activeMs: number | null;
  /** Stuck: its images failed or take too long; idle: the rater was not seen for a while. */
  attention: "stuck" | "idle" | null;
  reviewNote: string;
}

export interface AuditRow {
  id: number;
  atMs: number;
  /** "The system" where nobody did it. */
  actorName: string;
  actorUserId: string | null;
  action: string;
  subjectType: string;
  subjectId: string;
  data: Record<string, unknown>;
}

export interface TrajectoryRow {
  trajectoryId: string;
  studyId: string;
  studyVersion: number;
  raterId: string;
  source: Source;
  armLabel: string | null;
  initialPrompt: string;
  phase: Phase;
  status: AssignmentStatus;
  chosenTurns: number;
  /** Of the turns that were rated; null = none. */
  meanSatisfaction: number | null;
  /** null while it is not handed in. */
  tookMs: number | null;
  startedAtMs: number;
}

export interface TrajectoryPage extends Page<TrajectoryRow> {
  /** Opaque; null on the first page. */
  previousCursor: string | null;
}

export interface Page<T> {
  rows: T[];
  /** Opaque; null on the last page. */
  nextCursor: string | null;
  total: number;
}

/** Where a trajectory stands in a list of its study. */
export interface Neighbours {
  nextId: string | null;
  previousId: string | null;
  /** 1-based; null = the list does not hold it. */
  position: number | null;
  total: number;
}

/** How far the review of free text is. */
export interface TextCounts {
  texts: number;
  /** Something was found in them. */
  flagged: number;
  /** Flagged, and nobody has decided. */
  undecided: number;
  /** Nobody has decided, flagged or not. */
  unreviewed: number;
}

export interface TextReviewView {
  counts: TextCounts;
  /** Texts of the queue that is gone through. */
  queued: number;
  /** 1-based; null = the text is not of the queue. */
  position: number | null;
  previousKey: string | null;
  nextKey: string | null;
  /** null = the queue is empty. */
  text: {
    key: string;
    trajectoryId: string;
    turnNumber: number | null;
    field: ScreenedField;
    text: string;
    textSha256: string;
    findings: PersonalDataFinding[];
    /** The released copy: as decided, or as suggested. */
    replacement: string;
    /** Other undecided texts with the same words. */
    alike: number;
    decision: (TextDecision & { reviewerName: string; decidedAtMs: number }) | null;
  } | null;
  /** What the reader decided last. */
  undo: { batchId: string; decision: TextDecisionKind; texts: number } | null;
}

export interface ReplayImage {
  imageId: string;
  imageIndex: number;
  displayRow: number;
  label: string;
  seed: number;
  /** What the T2I model says it used. */
  parameters: CallParameters | null;
  sha256: string | null;
}

export interface ReplayColumn {
  columnId: string;
  columnIndex: number;
  displayPosition: number;
  label: string;
  prompt: string;
  category: string;
  satisfaction: number | null;
  chosen: boolean;
  confirmed: boolean;
  images: ReplayImage[];
}

export interface ReplayTurn {
  turnIndex: number;
  turnNumber: number;
  status: TurnStatus;
  wordLimit: number;
  requestedAtMs: number;
  readyAtMs: number | null;
  shownAtMs: number | null;
  chosenAtMs: number | null;
  critique: string;
  rationale: string;
  vsPrevious: string | null;
  turnSatisfaction: number | null;
  failure: string | null;
  /** Set when another selector than the arm's decided. */
  selectorFallback: SelectorFallback | null;
  columns: ReplayColumn[];
  candidates: {
    candidateIndex: number;
    prompt: string;
    category: string;
    inSlate: boolean;
    selectorScore: number | null;
    propensity: number | null;
  }[];
  steps: {
    kind: StepKind;
    status: StepStatus;
    attempts: number;
    durationMs: number | null;
    error: string | null;
  }[];
}

export interface ReplayView {
  trajectoryId: string;
  studyId: string;
  studyName: string;
  studyVersion: number;
  raterId: string;
  source: Source;
  status: AssignmentStatus;
  phase: Phase;
  initialPrompt: string;
  armLabel: string | null;
  /** The reader may not know arms: its name, agent and model are left out. */
  armsHidden: boolean;
  armProbability: number | null;
  agentVersion: string | null;
  t2iModel: string | null;
  startedAtMs: number;
  completedAtMs: number | null;
  horizon: number;
  turns: ReplayTurn[];
  events: { atMs: number; type: string; data: Record<string, unknown> }[];
}

export interface StudyRaterRow {
  raterId: string;
  name: string;
  email: string;
  status: "active" | "blocked";
  source: Source;
  completed: number;
  live: number;
  addedAtMs: number;
}

export interface InvitationRow {
  invitationId: string;
  email: string;
  /** "" unless a file gave them. */
  name: string;
  pool: string;
  note: string;
  role: string;
  state: "open" | "accepted" | "expired" | "revoked";
  createdAtMs: number;
  expiresAtMs: number;
}

export interface ProblemRow {
  problemId: string;
  kind: ProblemKind;
  status: ProblemStatus;
  text: string;
  raterId: string;
  trajectoryId: string | null;
  turnNumber: number | null;
  imageLabel: string | null;
  createdAtMs: number;
}

/** An address by which people of a panel join a study. */
export interface RecruitmentLinkRow {
  linkId: string;
  kind: LinkKind;
  status: LinkStatus;
  pool: string;
  maxRaters: number | null;
  trustsIds: boolean;
  /** People who got in by it. */
  arrived: number;
  createdAtMs: number;
  /** Path and the parameters that the panel fills in. */
  path: string;
}
