import {
  type AgentInput,
  AgentOutputError,
  type Candidate,
  DIRECT_SLATE_CATEGORY,
  type SelectorResult,
} from "../../agents/port.ts";
import { assertCandidates } from "../../agents/validate-candidates.ts";
import type { ReportCall } from "../../domain/provider-call.ts";
import type { AgentConfig, StudySettings } from "../../domain/study-settings.ts";
import type { ServiceContext } from "../context.ts";

export interface AgentResult {
  /** Id and version of each part, as recorded with the slate. */
  agentVersion: string;
  candidates: Candidate[];
  selected: SelectorResult;
}

/**
 * Runs the agent of an arm: generator and selector, or direct slate, and checks what they return.
 * @throws ProviderError or AgentOutputError
 */
export async function runAgent(
  ctx: ServiceContext,
  agent: AgentConfig,
  input: AgentInput,
  settings: Pick<StudySettings, "candidateCount" | "categoryCount" | "columnCount">,
  signal: AbortSignal,
  report?: ReportCall,
): Promise<AgentResult> {
  const { columnCount, candidateCount, categoryCount } = settings;
  if (agent.selector === null) {
    const writer = need(ctx.directSlates.get(agent.generator), "model for direct slates", agent.generator);
    const candidates = await writer.proposeSlate(input, columnCount, signal, report);
    assertCandidates(candidates, input, { candidateCount: columnCount, categoryCount: 1 });
    if (candidates[0]?.category !== DIRECT_SLATE_CATEGORY) {
      throw new AgentOutputError(`a direct slate has the category "${DIRECT_SLATE_CATEGORY}"`);
    }
    return {
      agentVersion: `${writer.id}/${writer.version}+direct-slate`,
      candidates,
      selected: everyCandidate(candidates),
    };
  }
  const generator = need(ctx.generators.get(agent.generator), "candidate generator", agent.generator);
  const selector = need(ctx.selectors.get(agent.selector), "candidate selector", agent.selector);
  const size = { candidateCount, categoryCount };
  const candidates = await generator.propose(input, size, signal, report);
  assertCandidates(candidates, input, size);
  const selected = await selector.select(input, candidates, columnCount, signal, report);
  assertSelection(selected, candidates, columnCount);
  return {
    agentVersion: `${generator.id}/${generator.version}+${selector.id}/${selector.version}`,
    candidates,
    selected,
  };
}

/** No policy chose among alternatives, so that there is neither value nor propensity. */
function everyCandidate(candidates: readonly Candidate[]): SelectorResult {
  return {
    picks: candidates.map((_, candidateIndex) => ({ candidateIndex, score: null })),
    scores: candidates.map(() => null),
    propensities: candidates.map(() => null),
  };
}

/** At most one candidate per category, exactly L of them (paper 6.1). */
function assertSelection(selected: SelectorResult, candidates: Candidate[], columnCount: number): void {
  const categories = selected.picks.map((p) => candidates[p.candidateIndex]?.category);
  if (selected.picks.length !== columnCount || categories.includes(undefined)) {
    throw new AgentOutputError(`the selector picked ${selected.picks.length} of ${columnCount} columns`);
  }
  if (new Set(categories).size !== columnCount) {
    throw new AgentOutputError("the selector picked two candidates of one category");
  }
}

/** What a frozen study names may be missing after the operator changed the configuration. */
export function need<T>(value: T | undefined, what: string, id: string): T {
  if (value === undefined) throw new Error(`this server has no ${what} "${id}"`);
  return value;
}
