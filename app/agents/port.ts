/**
 * Ports of the agent (paper sections 3 and 6.1): who proposes prompt expansions and who picks
 * the four that become columns. Adapters live beside this file, one folder each.
 *
 * Everything random comes from `seed`: the same input gives the same output, so that a crashed
 * step can be repeated and a trajectory can be replayed.
 */

import type { ReportCall, SelectorFallback } from "../domain/provider-call.ts";

/** An image that a multimodal agent may look at. */
export interface InputImage {
  bytes: Buffer;
  mimeType: "image/png" | "image/webp" | "image/jpeg";
}

/** One finished turn, as the agent may see it. */
export interface HistoryTurn {
  /** 0-based. */
  turnIndex: number;
  /** Prompt expansions in logical column order. */
  columns: { columnIndex: number; prompt: string; category: string }[];
  /** Logical index of the column that the rater chose. */
  chosenColumnIndex: number;
  /** What the rater wrote; "" when nothing. */
  critique: string;
  /** Loads the images of the chosen column, in logical order; absent where nobody can look at them. */
  loadChosenImages?: () => Promise<InputImage[]>;
}

export interface AgentInput {
  initialPrompt: string;
  /** Finished turns, oldest first. */
  history: HistoryTurn[];
  /** 0-based index of the turn to propose. */
  turnIndex: number;
  /** Most words that an expansion may have in this turn (`expansionWordLimit`, app/domain/words.ts). */
  wordLimit: number;
  /** 31-bit unsigned seed of this step. */
  seed: number;
}

/** A prompt that the generator proposes; `category` groups candidates (paper section 6.1). */
export interface Candidate {
  prompt: string;
  category: string;
}

export interface CandidateGenerator {
  readonly id: string;
  /** Recorded with every trajectory. */
  readonly version: string;
  /**
   * `candidateCount` candidates in `categoryCount` categories, none twice, each within the word limit. A remote model
   * tells `report` of each upstream call, failed ones too. Throws ProviderError or AgentOutputError.
   */
  propose(
    input: AgentInput,
    size: { candidateCount: number; categoryCount: number },
    signal: AbortSignal,
    report?: ReportCall,
  ): Promise<Candidate[]>;
}

/** A pick of the selector: index into the candidates, with what is needed to model the policy. */
export interface Selection {
  candidateIndex: number;
  /** Value the policy gave the candidate; null for a policy without values. */
  score: number | null;
}

export interface SelectorResult {
  /** `columnCount` picks in column order, at most one per category. */
  picks: Selection[];
  /** Per candidate: value, and probability that this policy puts it into the slate (null = not known). */
  scores: (number | null)[];
  propensities: (number | null)[];
  /**
   * Set when the selector's service failed and another policy, declared by the operator, decided instead: scores and
   * propensities are then that policy's.
   */
  fallback?: SelectorFallback;
}

export interface CandidateSelector {
  readonly id: string;
  readonly version: string;
  select(
    input: AgentInput,
    candidates: Candidate[],
    columnCount: number,
    signal: AbortSignal,
    report?: ReportCall,
  ): Promise<SelectorResult>;
}

/** Writes the prompts of a slate without candidates and selector (paper E: the distilled agent of live studies). */
export interface DirectSlateAgent {
  readonly id: string;
  readonly version: string;
  /**
   * `columnCount` prompts in column order, none twice, each within the word limit, all of category
   * {@link DIRECT_SLATE_CATEGORY}. Throws ProviderError or AgentOutputError.
   */
  proposeSlate(
    input: AgentInput,
    columnCount: number,
    signal: AbortSignal,
    report?: ReportCall,
  ): Promise<Candidate[]>;
}

export const DIRECT_SLATE_CATEGORY = "direct-slate";

/** The generator or selector returned something that breaks the port's contract. */
export class AgentOutputError extends Error {
  override readonly name = "AgentOutputError";
}
