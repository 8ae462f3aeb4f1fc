/**
 * What a rater's pages are given: nothing that tells an expansion, arm, model or seed. Ids are opaque, and everything is
 * in display order.
 */
import type { AboutYouAnswers } from "./about-you.ts";
import type { SavedFields } from "./answer-field.ts";
import type { AssignmentStatus } from "./assignment.ts";
import type { MissingAnswer, TurnAnswers } from "./evaluation.ts";
import type { Phase } from "./phase.ts";
import type { PlaceRefusal } from "./place.ts";
import type { Exit, LinkKind } from "./recruitment.ts";
import type { AboutYouQuestion, ConsentSettings, PayUnit, PromptMode } from "./study-parts.ts";
import type { TurnFailure, TurnStatus } from "./turn.ts";
import type { ConsentScope } from "./vocabulary.ts";

/** An image as shown: label such as "2A", and whether it can be fetched yet. */
export interface ShownImage {
  imageId: string;
  label: string;
  ready: boolean;
  /** ThumbHash, base64: a blurred stand-in while the image loads. It tells nothing that the image does not show. */
  placeholder?: string;
  /** The rater does not want to see it. */
  hidden?: true;
}

/** A column as shown, in display order; label "1"…"4". */
export interface ShownColumn {
  columnId: string;
  label: string;
  images: ShownImage[];
}

/** Where a rater stands in one assignment; part of every rater page. */
export interface SessionHeader {
  assignmentId: string;
  studyName: string;
  phase: Phase;
  horizon: number;
  columnCount: number;
  imagesPerColumn: number;
  initialPrompt: string;
  /** Turns that have a choice. */
  chosenTurns: number;
  /** The study's phases, in order. */
  phases: Phase[];
  /** Anything but "active" can only be looked at. */
  assignmentStatus: AssignmentStatus;
  /** Stands still while the task is paused. */
  leaseExpiresAtMs: number;
  /** From when on the rater is reminded of the lease's end; null = never. */
  remindAtMs: number | null;
  /** What the coordinator asked to be corrected; "" = nothing. */
  correctionNote: string;
}

export interface ConsentView extends SessionHeader {
  /** Plain text; paragraphs are separated by empty lines. */
  text: string;
  version: number;
  scopes: ConsentSettings["scopes"];
}

export interface AboutYouView extends SessionHeader {
  questions: AboutYouQuestion[];
  /** From an earlier study; "" = was left blank. */
  answers: AboutYouAnswers;
}

export type PracticeView = SessionHeader;

/** For someone who leaves before the work is done. */
export interface LeftView extends SessionHeader {
  /** Back to the panel that sent them. */
  exit: Exit | null;
}

export interface InstructionsView extends SessionHeader {
  /** Images may show adult or disturbing content. */
  adultContentNotice: boolean;
  welcomeText: string;
  initialPromptMaxWords: number;
  critiqueMaxWords: number;
}

export interface PromptView extends SessionHeader {
  /** "given": `promptCue` is the prompt and is taken as it is; "cue": the rater writes about it. */
  promptMode: PromptMode;
  promptCue: string;
  maxWords: number;
  /** What was typed before, never lost. */
  draft: string;
  saved: SavedFields;
}

/** A finished turn to look back at: images only. */
export interface PastTurn {
  turnNumber: number;
  columns: ShownColumn[];
  chosenColumnId: string;
  critique: string;
}

export interface TurnView extends SessionHeader {
  /** 1-based. */
  turnNumber: number;
  turnId: string;
  status: TurnStatus;
  readyImages: number;
  totalImages: number;
  /** Since the slate was asked for, or asked for again. */
  waitedSeconds: number;
  /** Median seconds that this study's latest turns took; null before there are any. */
  expectedSeconds: number | null;
  /** Set where the turn failed. */
  failure: TurnFailure | null;
  /** Where a filter stopped the turn before its slate was there: what the rater may write anew. */
  rewrite: { field: "prompt" | "critique"; text: string; maxWords: number } | null;
  /** Empty until the whole slate is ready. */
  columns: ShownColumn[];
  /** Set once the turn has its choice. */
  chosenColumnId: string | null;
  critiqueMaxWords: number;
  draft: { columnId: string | null; critique: string };
  saved: SavedFields;
  past: PastTurn[];
}

export interface TurnProgress {
  status: TurnStatus;
  readyImages: number;
  totalImages: number;
  /** Opaque ids of the images that are there, so that a browser can fetch them before the slate is revealed. */
  readyImageIds: string[];
}

/** State of one turn in the evaluation's progress bar. */
export interface EvaluationStep {
  turnNumber: number;
  missingCount: number;
}

export interface EvaluationView extends SessionHeader {
  turnNumber: number;
  columns: ShownColumn[];
  chosenColumnId: string;
  critique: string;
  rationaleMinWords: number;
  answers: TurnAnswers;
  saved: SavedFields;
  /** Chosen columns of the previous and this turn, for question 4; null in turn 1. */
  previousChosen: { turnNumber: number; column: ShownColumn } | null;
  steps: EvaluationStep[];
}

export interface ReviewView extends SessionHeader {
  turns: {
    turnNumber: number;
    chosenColumn: ShownColumn;
    answers: TurnAnswers;
    missing: MissingAnswer[];
  }[];
  missingCount: number;
  answerCount: number;
}

export interface DoneView extends SessionHeader {
  completionCode: string;
  submittedAtMs: number;
  /** Back to the panel that sent the rater, with the code. */
  exit: Exit | null;
}

export interface GivenConsent {
  version: number;
  scopes: ConsentScope[];
  givenAtMs: number;
  withdrawnAtMs: number | null;
}

/** A rater's own page. */
export interface YourDataView {
  studies: {
    studyId: string;
    studyName: string;
    joinedAtMs: number;
    /** When they left the study for good; null = they take part. */
    withdrawnAtMs: number | null;
    consents: GivenConsent[];
  }[];
  /** Those that they were asked; empty = none. */
  questions: AboutYouQuestion[];
  answers: AboutYouAnswers;
  signIn: {
    /** null = they came by a recruitment link and have no password. */
    email: string | null;
    externalIds: { kind: LinkKind; externalId: string }[];
    canMakeLink: boolean;
  };
}

/** What a recruitment link leads to, before anybody is let in. */
export interface ArrivalView {
  studyName: string;
  expectedMinutes: number;
  payUnit: PayUnit;
  /** For a trajectory or an hour. */
  payCents: number;
  payCurrency: string;
  /** Why there is no way in now; null = there is. */
  refusal: { code: string; text: string; untilMs?: number } | null;
  /** Back to the panel, for somebody who gets no place. */
  exit: Exit | null;
}

/** A study the rater may start, or why not. */
export interface AvailableWork {
  studyId: string;
  studyName: string;
  expectedMinutes: number;
  payCents: number;
  payCurrency: string;
  payUnit: PayUnit;
  placesLeft: number;
  /** null = can start now. */
  blockedReason: string | null;
  /** The same for pages that say when, e.g. "pause until 14:05". */
  refusal: PlaceRefusal | null;
}

export interface RaterAssignmentRow {
  assignmentId: string;
  studyName: string;
  status: AssignmentStatus;
  phase: Phase;
  chosenTurns: number;
  horizon: number;
  initialPrompt: string;
  startedAtMs: number;
  submittedAtMs: number | null;
  leaseExpiresAtMs: number;
  remindAtMs: number | null;
  /** What the coordinator wrote: why it was rejected, or what to correct; "" = nothing. */
  reviewNote: string;
  expectedMinutes: number;
  payUnit: PayUnit;
  /** For a trajectory or an hour. */
  payCents: number;
  payCurrency: string;
  /** Active and waiting time; null = was not measured. */
  workMs: number | null;
  /** What this task pays once it is handed in; null = depends on a time that was not measured. */
  earnedCents: number | null;
}

/** What a rater has earned in one currency with work that was handed in and not rejected. */
export interface Earnings {
  currency: string;
  cents: number;
  tasks: number;
  /** Tasks paid by the hour whose time was not measured; they are not in the sum. */
  unmeasuredTasks: number;
}

export interface RaterHomeView {
  available: AvailableWork[];
  /** Tasks that a coordinator holds for the rater, to be taken or declined. */
  offers: RaterAssignmentRow[];
  inProgress: RaterAssignmentRow[];
  history: RaterAssignmentRow[];
  earnings: Earnings[];
}
