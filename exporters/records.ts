/** A trajectory as it is published: pseudonymised, with the times of its profile, in well-formed Unicode. */
import type { AssignmentStatus } from "../app/domain/assignment.ts";
import type { VsPrevious } from "../app/domain/evaluation.ts";
import type { PrivacyProfile, Source } from "../app/domain/vocabulary.ts";
import { ExportError } from "./errors.ts";
import { type ExportedTime, timesOf } from "./profile.ts";
import type { Pseudonyms } from "./pseudonyms.ts";
import type { SourceCandidate, SourceColumn, SourceImage, SourceTrajectory, SourceTurn } from "./source.ts";

export const SCHEMA_VERSION = "turnwise-seq/1.0";

export type ExportedStatus = "complete" | "abandoned";

export interface TrajectoryRecord {
  trajectoryId: string;
  source: Source;
  studyId: string;
  studyVersion: number;
  armId: string | null;
  armProbability: number | null;
  agentVersion: string;
  t2iModel: string;
  raterId: string;
  rater: RaterRecord;
  status: ExportedStatus;
  /** "" = no splits are drawn. */
  split: string;
  /** false = the rater's texts, and what quotes them, are withheld. */
  hasFreeText: boolean;
  initialPrompt: string;
  startedAt: ExportedTime;
  completedAt: ExportedTime | null;
  userType: number | null;
  turns: TurnRecord[];
}

/** A rater as told by one trajectory: with what may be told of them. */
export interface RaterRecord {
  raterId: string;
  source: Source;
  pool: string;
  locale: string;
  consentVersion: number | null;
  /** Sorted, joined by blanks. */
  consentScopes: string;
  demographics: Readonly<Record<string, string>>;
}

export interface TurnRecord {
  turnId: string;
  turnIndex: number;
  shownAt: ExportedTime | null;
  chosenAt: ExportedTime | null;
  chosen: ColumnRecord | null;
  confirmed: ColumnRecord | null;
  critique: string;
  critiqueSentToAgent: string;
  rationale: string;
  turnSatisfaction: number | null;
  vsPrevious: VsPrevious | null;
  activeMs: number | null;
  idleMs: number | null;
  waitingMs: number | null;
  columns: ColumnRecord[];
  candidates: CandidateRecord[];
}

export interface CandidateRecord {
  candidateIndex: number;
  prompt: string;
  category: string;
  inSlate: boolean;
  selectorScore: number | null;
  propensity: number | null;
}

export interface ColumnRecord {
  columnId: string;
  columnIndex: number;
  displayPosition: number;
  prompt: string;
  category: string;
  satisfaction: number | null;
  images: ImageRecord[];
}

export interface ImageRecord {
  imageId: string;
  imageIndex: number;
  displayRow: number;
  sha256: string;
  /** Archive that holds the file; "" = none. */
  shard: string;
  fileName: string;
  widthPx: number;
  heightPx: number;
  byteSize: number;
  mimeType: string;
  model: string;
  seed: number;
}

/** Handed in, and not refused. Withdrawn and rejected work never gets this far. */
export function exportedStatus(status: AssignmentStatus): ExportedStatus {
  return status === "submitted" || status === "approved" ? "complete" : "abandoned";
}

const EXTENSIONS: Record<string, string> = { "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp" };

/** Builds the published form of one trajectory. */
export function toRecord(
  trajectory: SourceTrajectory,
  profile: PrivacyProfile,
  pseudonym: Pseudonyms,
  split = "",
): TrajectoryRecord {
  const raterId = pseudonym("rater", trajectory.raterId);
  const time = timesOf(profile, trajectory.startedAtMs);
  const slates = trajectory.turns;
  return {
    trajectoryId: pseudonym("trajectory", trajectory.id),
    source: trajectory.source,
    studyId: pseudonym("study", trajectory.studyId),
    studyVersion: trajectory.studyVersion,
    armId: trajectory.armId === null ? null : pseudonym("arm", trajectory.armId),
    armProbability: trajectory.armProbability,
    agentVersion: distinct(slates.map((turn) => turn.agentVersion)),
    t2iModel: distinct(slates.map((turn) => turn.t2iModel)),
    raterId,
    rater: toRater(trajectory, raterId),
    status: exportedStatus(trajectory.status),
    split,
    hasFreeText: true,
    initialPrompt: text(trajectory.initialPrompt),
    startedAt: time(trajectory.startedAtMs),
    completedAt: trajectory.completedAtMs === null ? null : time(trajectory.completedAtMs),
    userType: trajectory.userType,
    turns: slates.map((turn) => toTurn(trajectory, turn, time, pseudonym)),
  };
}

function toRater({ source, rater }: SourceTrajectory, raterId: string): RaterRecord {
  return {
    raterId,
    source,
    pool: text(rater.pool),
    locale: text(rater.locale),
    consentVersion: rater.consent?.version ?? null,
    consentScopes: [...(rater.consent?.scopes ?? [])].sort().join(" "),
    demographics: rater.demographics,
  };
}

function toTurn(
  trajectory: SourceTrajectory,
  turn: SourceTurn,
  time: (atMs: number) => ExportedTime,
  pseudonym: Pseudonyms,
): TurnRecord {
  const columns = turn.columns.map((column) => toColumn(column, pseudonym));
  const find = (columnId: string | null | undefined): ColumnRecord | null => {
    if (columnId == null) return null;
    const found = columns[turn.columns.findIndex((column) => column.id === columnId)];
    if (found) return found;
    throw new ExportError(
      `Trajectory ${trajectory.id}, turn ${turn.turnIndex + 1}: an answer names a column of another turn.`,
    );
  };
  const { choice, evaluation } = turn;
  return {
    turnId: pseudonym("turn", turn.id),
    turnIndex: turn.turnIndex,
    shownAt: turn.shownAtMs === null ? null : time(turn.shownAtMs),
    chosenAt: choice ? time(choice.chosenAtMs) : null,
    chosen: find(choice?.columnId),
    confirmed: find(evaluation?.confirmedColumnId),
    critique: text(choice?.critique ?? ""),
    critiqueSentToAgent: text(choice?.critiqueSentToAgent ?? ""),
    rationale: text(evaluation?.rationale ?? ""),
    turnSatisfaction: evaluation?.turnSatisfaction ?? null,
    vsPrevious: evaluation?.vsPrevious ?? null,
    activeMs: choice?.activeMs ?? null,
    idleMs: choice?.idleMs ?? null,
    waitingMs: choice?.waitingMs ?? null,
    columns,
    candidates: turn.candidates.map(toCandidate),
  };
}

function toCandidate(candidate: SourceCandidate): CandidateRecord {
  return { ...candidate, prompt: text(candidate.prompt), category: text(candidate.category) };
}

function toColumn(column: SourceColumn, pseudonym: Pseudonyms): ColumnRecord {
  return {
    columnId: pseudonym("column", column.id),
    columnIndex: column.columnIndex,
    displayPosition: column.displayPosition,
    prompt: text(column.prompt),
    category: text(column.category),
    satisfaction: column.satisfaction,
    images: column.images.map((image) => toImage(image, pseudonym)),
  };
}

function toImage(image: SourceImage, pseudonym: Pseudonyms): ImageRecord {
  const imageId = pseudonym("image", image.id);
  return {
    imageId,
    imageIndex: image.imageIndex,
    displayRow: image.displayRow,
    sha256: image.sha256,
    shard: "",
    fileName: `${imageId}.${EXTENSIONS[image.mimeType] ?? "bin"}`,
    widthPx: image.widthPx,
    heightPx: image.heightPx,
    byteSize: image.byteSize,
    mimeType: image.mimeType,
    model: text(image.model),
    seed: image.seed,
  };
}

/** A lone surrogate is no UTF-8; U+FFFD takes its place. */
function text(value: string): string {
  return value.toWellFormed();
}

/** One value for all turns as a rule; several, in order of appearance, when a deployment changed it midway. */
function distinct(values: string[]): string {
  return text([...new Set(values)].join(", "));
}
