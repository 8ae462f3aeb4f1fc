import { countWords } from "../domain/words.ts";
import { foldKey } from "./language/text.ts";
import { type AgentInput, AgentOutputError, type Candidate } from "./port.ts";

/**
 * Checks what any generator returns against the port's contract (paper section 6.1 and E.4). The
 * pipeline runs it on every answer, because a language model may return anything.
 * @throws AgentOutputError that names the first fault
 */
export function assertCandidates(
  candidates: readonly Candidate[],
  input: AgentInput,
  size: { candidateCount: number; categoryCount: number },
): void {
  if (candidates.length !== size.candidateCount) {
    throw new AgentOutputError(`expected ${size.candidateCount} candidates, got ${candidates.length}`);
  }
  const categoryCount = Math.min(size.categoryCount, size.candidateCount);
  const categories = new Set(candidates.map((candidate) => candidate.category));
  if (categories.size !== categoryCount) {
    throw new AgentOutputError(`expected ${categoryCount} categories, got ${categories.size}`);
  }
  const seen = new Map<string, number>();
  for (const [index, { prompt, category }] of candidates.entries()) {
    const name = `candidate ${index}`;
    if (category.trim() === "") throw new AgentOutputError(`${name} has an empty category`);
    if (prompt.trim() === "") throw new AgentOutputError(`${name} is empty`);
    if (hasControlCharacter(prompt)) throw new AgentOutputError(`${name} has a control character`);
    if (hasControlCharacter(category))
      throw new AgentOutputError(`${name} has a control character in its category`);
    const count = countWords(prompt);
    if (count > input.wordLimit) {
      throw new AgentOutputError(`${name} has ${count} words, the limit is ${input.wordLimit}`);
    }
    const key = foldKey(prompt);
    const earlier = seen.get(key);
    if (earlier !== undefined) throw new AgentOutputError(`${name} equals candidate ${earlier}`);
    seen.set(key, index);
  }
}

/** Control characters, NUL and lone surrogates: neither a database nor a model takes them safely. */
function hasControlCharacter(text: string): boolean {
  return /\p{Cc}/u.test(text) || !text.isWellFormed();
}
