import { createRandom, type Random } from "../../domain/random.ts";
import { countWords } from "../../domain/words.ts";
import { attributesIn, contradicts } from "../language/attributes.ts";
import { contentWords, foldKey, stem } from "../language/text.ts";
import { isRefused } from "../language/wishes.ts";
import type { AgentInput, Candidate, CandidateGenerator } from "../port.ts";
import { type Category, pickCategories, weightedKey } from "./categories.ts";
import { compose, composeTight, hasRoom, type Idea, keepsIntent } from "./compose.ts";
import { type Memory, remember } from "./memory.ts";
import { BACKDROPS, DETAILS, type Phrase, SINGLE_WORDS, VIEWS } from "./phrases.ts";

/** Ideas are paired when a category runs out; more pairs than this cost time and add little. */
const MAX_PAIRS = 60;

/**
 * The embedded candidate generator (paper section 6.1): no model, no network. It proposes prompts in
 * generic and personalised categories, builds on the chosen column, obeys critiques and keeps the
 * length limit. The same input gives the same candidates.
 */
export function createLexiconGenerator(): CandidateGenerator {
  return {
    id: "lexicon",
    version: "1",
    propose: async (input, size, signal) => {
      signal.throwIfAborted();
      return propose(input, size.candidateCount, size.categoryCount);
    },
  };
}

function propose(input: AgentInput, candidateCount: number, categoryCount: number): Candidate[] {
  const random = createRandom(input.seed);
  const memory = remember(input);
  const wordLimit = Math.max(1, Math.floor(input.wordLimit));
  const count = Math.max(1, Math.min(categoryCount, candidateCount));
  const taken = new Set<string>();
  const candidates: Candidate[] = [];
  for (const [index, category] of pickCategories(memory, count, random).entries()) {
    // 7 in 5 is 2, 2, 1, 1, 1.
    const share = Math.floor(candidateCount / count) + (index < candidateCount % count ? 1 : 0);
    for (const prompt of promptsOf(category, share, memory, wordLimit, random, taken)) {
      candidates.push({ prompt, category: category.name });
    }
  }
  return candidates;
}

function promptsOf(
  category: Category,
  share: number,
  memory: Memory,
  wordLimit: number,
  random: Random,
  taken: Set<string>,
): string[] {
  const prompts: string[] = [];
  const accept = (prompt: string | null) => {
    if (prompt === null || prompts.length >= share) return;
    const key = foldKey(prompt);
    if (taken.has(key) || !keepsIntent(memory, prompt)) return;
    taken.add(key);
    prompts.push(prompt);
  };
  const roomy = hasRoom(memory, wordLimit);
  const ideas = ranked(roomy ? category.ideas.filter((idea) => isAllowed(idea, memory)) : [], memory, random);
  for (const [index, idea] of ideas.entries()) {
    if (prompts.length >= share) return prompts;
    accept(compose(memory, enriched(idea, ideas, index, memory, wordLimit, random), wordLimit));
  }
  for (const pair of pairs(ideas)) {
    if (prompts.length >= share) return prompts;
    accept(compose(memory, pair, wordLimit));
  }
  const spare = (roomy ? [...DETAILS, ...BACKDROPS, ...VIEWS] : []).map(
    (phrase): Idea => ({ head: null, phrases: [phrase] }),
  );
  const seeds = ideas.length > 0 ? ideas.slice(0, 3) : [{ head: null, phrases: [] }];
  for (const extra of random.shuffle(spare.filter((idea) => isAllowed(idea, memory)))) {
    for (const seed of seeds) {
      if (prompts.length >= share) return prompts;
      const phrase = extra.phrases[0];
      if (phrase === undefined || !goesWith(phrase, seed.head, seed.phrases)) continue;
      accept(compose(memory, { head: seed.head, phrases: [...seed.phrases, phrase] }, wordLimit));
    }
  }
  for (const prompt of tightPrompts(memory, wordLimit, random)) {
    if (prompts.length >= share) return prompts;
    const key = foldKey(prompt);
    if (taken.has(key)) continue;
    taken.add(key);
    prompts.push(prompt);
  }
  return prompts;
}

/** Text of an idea without the words of the initial prompt, to judge what it brings. */
function brings(idea: Idea, memory: Memory): string {
  const own = new Set(memory.initial.toLowerCase().split(" "));
  const head = (idea.head ?? "").split(" ").filter((word) => !own.has(word.toLowerCase()));
  return [...head, ...idea.phrases.map((phrase) => phrase.forms[0])].join(" ");
}

/** Not what critiques refuse, not against what they want, not against what the initial prompt says. */
function isAllowed(idea: Idea, memory: Memory): boolean {
  const text = brings(idea, memory);
  if (isRefused(text, memory.wishes)) return false;
  const fixed = [
    ...memory.intent,
    ...memory.wishes.wanted.flatMap((w) => (w.attribute === null ? [] : [w.attribute])),
  ];
  if (repeats(idea, memory)) return false;
  return !attributesIn(text).some((a) => fixed.some((b) => a.id === b.id || contradicts(a, b)));
}

/** Words that may stand in several phrases of one prompt. */
const COMMON = new Set(
  "background distance light view mood color style with above small soft fine large long around nearby air shown front bright warm calm red white blue".split(
    " ",
  ),
);

/** Things that would say the same twice ("by the sea, with a calm lake in the background"). */
const KINDRED: ReadonlyMap<string, string> = new Map(
  [
    "water sea ocean lake river waterfall beach coast pond canal harbor",
    "woods wood forest jungle tree bamboo",
    "flowers flower wildflower garden meadow field petal",
    "sand desert dune",
    "heights mountain hill peak",
    "town city village skyline street",
  ].flatMap((row) => {
    const [name = "", ...words] = row.split(" ");
    return words.map((word) => [word, name] as const);
  }),
);

function thingsIn(text: string): string[] {
  return contentWords(text)
    .map(stem)
    .filter((word) => !COMMON.has(word))
    .map((word) => KINDRED.get(word) ?? word);
}

/** "clouds over a mountain, with mountains in the background" says a thing twice. */
function repeats(idea: Idea, memory: Memory): boolean {
  const things = idea.phrases.flatMap((phrase) => thingsIn(phrase.forms[0]));
  if (things.length === 0) return false;
  const said = new Set([memory.initial, ...memory.kept.map((kept) => kept.text)].flatMap(thingsIn));
  return things.some((word) => said.has(word));
}

/** Ideas in random order, those that the rater's choices speak for more likely first. */
function ranked(ideas: readonly Idea[], memory: Memory, random: Random): Idea[] {
  return ideas
    .map((idea) => ({ idea, key: weightedKey(weightOf(idea, memory), random) }))
    .sort((a, b) => b.key - a.key)
    .map(({ idea }) => idea);
}

function weightOf(idea: Idea, memory: Memory): number {
  const text = brings(idea, memory);
  let weight = 1;
  const attributes = attributesIn(text);
  for (const { id } of attributes) {
    weight *= Math.max(0.2, 1 + 1.5 * memory.preferences.feature(id));
    if (memory.preferences.refusals(id) >= 2) weight *= 0.1;
  }
  const things = idea.phrases.flatMap((phrase) => thingsIn(phrase.forms[0])).map((word) => `word:${word}`);
  if (things.length > 0 && attributes.length === 0) {
    const lean = things.reduce((sum, id) => sum + memory.preferences.feature(id), 0) / things.length;
    weight *= Math.max(0.2, 1 + 1.5 * lean);
    if (things.every((id) => memory.preferences.refusals(id) >= 2)) weight *= 0.1;
  }
  // Replacing what was chosen is allowed but rare: what was chosen was chosen.
  const replaces = memory.kept.some((kept) =>
    attributes.some((a) => kept.attributes.some((b) => contradicts(a, b))),
  );
  return Math.max(0.01, replaces ? weight * 0.15 : weight);
}

/** Adds one or two further phrases of the same category when the limit has room for them. */
function enriched(
  idea: Idea,
  ideas: readonly Idea[],
  index: number,
  memory: Memory,
  wordLimit: number,
  random: Random,
): Idea {
  const used =
    countWords(idea.head ?? memory.head) + memory.kept.reduce((n, kept) => n + countWords(kept.text), 0);
  const most = Math.min(2, Math.floor((wordLimit - used) / 12));
  const extra = most < 1 ? 0 : random.below(most + 1);
  const phrases: Phrase[] = [...idea.phrases];
  for (let step = 1; step < ideas.length && phrases.length < idea.phrases.length + extra; step++) {
    const other = ideas[(index + step) % ideas.length]?.phrases[0];
    if (other !== undefined && goesWith(other, idea.head, phrases)) phrases.push(other);
  }
  return { head: idea.head, phrases };
}

function goesWith(phrase: Phrase, head: string | null, phrases: readonly Phrase[]): boolean {
  // Light and tone both say how bright it is; one of them is enough.
  const group = (slot: Phrase["slot"]) => (slot === "tone" ? "light" : slot === "technique" ? "style" : slot);
  if (phrases.some((other) => group(other.slot) === group(phrase.slot))) return false;
  const things = new Set(phrases.flatMap((other) => thingsIn(other.forms[0])));
  if (thingsIn(phrase.forms[0]).some((word) => things.has(word))) return false;
  const said = attributesIn([head ?? "", ...phrases.map((p) => p.forms[0])].join(" "));
  return !attributesIn(phrase.forms[0]).some((a) => said.some((b) => a.id === b.id || contradicts(a, b)));
}

function* pairs(ideas: readonly Idea[]): Generator<Idea> {
  let count = 0;
  for (const [index, first] of ideas.entries()) {
    for (const second of ideas.slice(index + 1)) {
      if (second.head !== null && first.head !== null) continue;
      if (count++ >= MAX_PAIRS) return;
      const phrases = [...first.phrases];
      const other = second.phrases[0];
      if (other === undefined || !goesWith(other, first.head, phrases)) continue;
      yield { head: first.head ?? second.head, phrases: [...phrases, other] };
    }
  }
}

/** Always enough prompts, also when the limit leaves no room: single words, then pairs, then triples. */
function* tightPrompts(memory: Memory, wordLimit: number, random: Random): Generator<string> {
  const allowed = SINGLE_WORDS.filter((word) =>
    isAllowed({ head: null, phrases: [{ slot: "detail", forms: [word] }] }, memory),
  );
  const list = random.shuffle(allowed.length > 2 ? allowed : ["picture", "image", "scene", "view"]);
  for (const a of list) yield composeTight(memory, [a], wordLimit);
  for (const a of list) for (const b of list) if (a !== b) yield composeTight(memory, [a, b], wordLimit);
  for (const a of list)
    for (const b of list) for (const c of list) yield composeTight(memory, [a, b, c], wordLimit);
  for (let n = 1; ; n++) yield composeTight(memory, [String(n)], wordLimit);
}
