import {
  type AgentInput,
  AgentOutputError,
  type Candidate,
  DIRECT_SLATE_CATEGORY,
  type SelectorResult,
} from "../../agents/port.ts";
import { assertCandidates } from "../../agents/validate-candidates.ts";
import { ProviderError, type ReportCall } from "../../domain/provider-call.ts";
import type { AgentConfig, StudySettings } from "../../domain/study-settings.ts";
import { BlockedError } from "../../safety/port.ts";
import type { ServiceContext } from "../context.ts";
import { screenText } from "./screen-text.ts";

export interface AgentResult {
  /** Id and version of each part, as recorded with the slate and exported; a fallback that decided is named behind "=>". */
  agentVersion: string;
  candidates: Candidate[];
  selected: SelectorResult;
}

/** What an earlier attempt already got from the generator, and where to keep it for a later one. */
export interface KeptProposal {
  candidates: Candidate[] | null;
  keep(candidates: Candidate[]): Promise<void>;
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
  kept?: KeptProposal,
): Promise<AgentResult> {
  const { columnCount, candidateCount, categoryCount } = settings;
  if (agent.selector === null) {
    const writer = need(ctx.directSlates.get(agent.generator), "model for direct slates", agent.generator);
    const candidates = await writer.proposeSlate(input, columnCount, signal, report);
    assertCandidates(candidates, input, { candidateCount: columnCount, categoryCount: 1 });
    if (candidates[0]?.category !== DIRECT_SLATE_CATEGORY) {
      throw new AgentOutputError(`a direct slate has the category "${DIRECT_SLATE_CATEGORY}"`);
    }
    const stopped = await screen(ctx, candidates, signal);
    if (stopped.size > 0) throw tooManyStopped(stopped.size);
    return {
      agentVersion: `${writer.id}/${writer.version}+direct-slate`,
      candidates,
      selected: everyCandidate(candidates),
    };
  }
  const generator = need(ctx.generators.get(agent.generator), "candidate generator", agent.generator);
  const selector = need(ctx.selectors.get(agent.selector), "candidate selector", agent.selector);
  const size = { candidateCount, categoryCount };
  let candidates = kept?.candidates ?? null;
  if (!candidates) {
    candidates = await generator.propose(input, size, signal, report);
    assertCandidates(candidates, input, size);
    // A selector that is a service may fail: the generator is not asked again because of it.
    if (ctx.providers.has(agent.selector)) await kept?.keep(candidates);
  }
  const stopped = await screen(ctx, candidates, signal);
  const selected = await selectAmong(candidates, stopped, columnCount, (allowed) =>
    selector.select(input, allowed, columnCount, signal, report),
  );
  assertSelection(selected, candidates, columnCount);
  return {
    agentVersion: `${generator.id}/${generator.version}+${selector.id}/${selector.version}${
      selected.fallback ? `=>${selected.fallback.selector}` : ""
    }`,
    candidates,
    selected,
  };
}

/** Indices of the candidates that a filter stops. */
async function screen(
  ctx: ServiceContext,
  candidates: readonly Candidate[],
  signal: AbortSignal,
): Promise<Set<number>> {
  const verdicts = await Promise.all(candidates.map(({ prompt }) => screenText(ctx, prompt, signal)));
  return new Set(verdicts.flatMap((verdict, index) => (verdict ? [index] : [])));
}

function tooManyStopped(stopped: number): BlockedError {
  return new BlockedError("prompt-filter", `${stopped} proposed prompts were stopped, too many for a slate`);
}

/** Lets the selector choose among those that no filter stopped; the others get no value and probability 0. */
async function selectAmong(
  candidates: Candidate[],
  stopped: ReadonlySet<number>,
  columnCount: number,
  select: (allowed: Candidate[]) => Promise<SelectorResult>,
): Promise<SelectorResult> {
  if (stopped.size === 0) return select(candidates);
  const indices = candidates.map((_, index) => index).filter((index) => !stopped.has(index));
  const allowed = indices.map((index) => candidates[index] as Candidate);
  if (new Set(allowed.map((c) => c.category)).size < columnCount) throw tooManyStopped(stopped.size);
  const chosen = await select(allowed);
  const spread = (values: (number | null)[], missing: number | null) =>
    candidates.map((_, index) => {
      const at = indices.indexOf(index);
      return at < 0 ? missing : (values[at] ?? null);
    });
  return {
    ...chosen,
    picks: chosen.picks.map((pick) => ({ ...pick, candidateIndex: indices[pick.candidateIndex] ?? -1 })),
    scores: spread(chosen.scores, null),
    propensities: spread(chosen.propensities, 0),
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
  if (value === undefined) {
    throw new ProviderError(id, "misconfigured", `this server has no ${what} of this name any more`);
  }
  return value;
}
