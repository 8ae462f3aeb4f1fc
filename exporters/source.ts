/**
 * What the exporters read, whoever provides it. Ids and times are the database's own; nothing here has been
 * pseudonymised yet. `db/repositories/dataset.ts` implements it.
 */
import type { AssignmentStatus } from "../app/domain/assignment.ts";
import type { VsPrevious } from "../app/domain/evaluation.ts";
import type { ConsentScope, Source } from "../app/domain/vocabulary.ts";
import type { ImportedRelease } from "./import/release.ts";
import type { RecordedDecision } from "./privacy/screen-texts.ts";

/** Position in the order (startedAtMs, id), ids compared byte by byte: the same on every database. */
export interface TrajectoryCursor {
  startedAtMs: number;
  id: string;
}

export interface TrajectoryQuery {
  studyId: string;
  /** Only trajectories that started before this instant: the high-water mark of the export. */
  startedBeforeMs: number;
  /** Also read every candidate that the agent proposed: 25 rows a turn that most tables do not need. */
  withCandidates?: boolean;
}

export interface DatasetSource {
  /** Throws when there is no such study. */
  getStudy(studyId: string): Promise<SourceStudy>;
  /** Trajectories per status of their assignment. */
  countTrajectories(query: TrajectoryQuery): Promise<Partial<Record<AssignmentStatus, number>>>;
  /**
   * What was withdrawn, rejected or erased by now, as words to compare: other words mean that an earlier reading holds data
   * of somebody who may have said no since.
   */
  withdrawals(query: TrajectoryQuery): Promise<string>;
  /** The next `limit` trajectories after the cursor, complete with their turns, in order. */
  listTrajectories(
    query: TrajectoryQuery & { after: TrajectoryCursor | null; limit: number },
  ): Promise<SourceTrajectory[]>;
  /**
   * What reviewers had decided by an instant about texts of these trajectories, by `textKey`; the same however often it
   * is asked. Absent = there is no review.
   */
  findDecisions?(
    trajectoryIds: readonly string[],
    decidedByMs: number,
  ): Promise<ReadonlyMap<string, RecordedDecision>>;
}

export interface SourceStudy {
  id: string;
  name: string;
  /** Largest L over the published versions; 0 = never published. */
  columnCount: number;
  /** Largest H over the published versions. */
  horizon: number;
  /** Set when the study was imported from a bundle: its ids are names of that release already. */
  imported?: ImportedRelease | null;
}

/** H, L and M of the study version that the trajectory was made under. */
export interface StudySizes {
  horizon: number;
  columnCount: number;
  imagesPerColumn: number;
}

export interface SourceTrajectory {
  id: string;
  studyId: string;
  studyVersion: number;
  sizes: StudySizes;
  /** Whether that version asked for consent before the first task. */
  consentAsked: boolean;
  raterId: string;
  rater: SourceRater;
  source: Source;
  status: AssignmentStatus;
  /** As the bundle says from which it was imported; null = drawn by the export. */
  split?: string | null;
  initialPrompt: string;
  armId: string | null;
  armProbability: number | null;
  userType: number | null;
  startedAtMs: number;
  completedAtMs: number | null;
  /** Turns whose whole slate was rendered, by turn index. */
  turns: SourceTurn[];
}

export interface SourceRater {
  id: string;
  pool: string;
  locale: string;
  /** The newest consent to this study; null = none was given. */
  consent: SourceConsent | null;
  /** Answers of the about-you page by question, "prefer_not_to_say" among them. */
  demographics: Readonly<Record<string, string>>;
  /** What the person is called, to find it in free text. Never exported. */
  names: readonly string[];
}

export interface SourceConsent {
  version: number;
  scopes: readonly ConsentScope[];
  withdrawn: boolean;
}

export interface SourceTurn {
  id: string;
  turnIndex: number;
  agentVersion: string;
  t2iModel: string;
  shownAtMs: number | null;
  choice: SourceChoice | null;
  evaluation: SourceEvaluation | null;
  /** By column index. */
  columns: SourceColumn[];
  /** By candidate index; empty unless the query asked for them. */
  candidates: SourceCandidate[];
}

export interface SourceCandidate {
  candidateIndex: number;
  prompt: string;
  category: string;
  inSlate: boolean;
  selectorScore: number | null;
  propensity: number | null;
}

export interface SourceChoice {
  columnId: string;
  critique: string;
  critiqueSentToAgent: string;
  chosenAtMs: number;
  activeMs: number | null;
  idleMs: number | null;
  waitingMs: number | null;
}

export interface SourceEvaluation {
  confirmedColumnId: string | null;
  rationale: string;
  vsPrevious: VsPrevious | null;
  turnSatisfaction: number | null;
}

export interface SourceColumn {
  id: string;
  columnIndex: number;
  displayPosition: number;
  prompt: string;
  category: string;
  satisfaction: number | null;
  /** By image index. */
  images: SourceImage[];
}

export interface SourceImage {
  id: string;
  imageIndex: number;
  displayRow: number;
  seed: number;
  model: string;
  /** The original bytes, without metadata. */
  sha256: string;
  byteSize: number;
  mimeType: string;
  widthPx: number;
  heightPx: number;
}
