/** What the senders of experiment R4 saw. */
export interface Send {
  userId: string;
  useCase: "submit-choice" | "return-assignment" | "claim-assignment" | "submit-initial-prompt";
  /** What the rater meant to do once; several forms (ids) may ask for it. */
  intent: string;
  submissionId: string;
  /** Canonical text of what was sent. */
  body: string;
  tab: number;
  /** Places of sending and of the answer in one common order. */
  sentAt: number;
  answeredAt: number;
  /** JSON of the reply, or null when it was refused. */
  reply: string | null;
  /** "ok" or the code of the refusal. */
  outcome: string;
}

/** Rows that each intent left, counted past the service. */
export interface Effects {
  /** Per first turn: its choice and what followed. */
  turns: {
    turnId: string;
    assignmentId: string;
    choices: number;
    columnId: string | null;
    critique: string | null;
    chosenEvents: number;
    nextTurns: number;
    nextSteps: number;
  }[];
  /** Per assignment. */
  assignments: {
    assignmentId: string;
    status: string;
    returnedEvents: number;
    startedEvents: number;
    promptEvents: number;
    entries: number;
    initialPrompt: string;
  }[];
  /** Live assignments per rater with more than one. */
  ratersWithTwoLive: number;
}
