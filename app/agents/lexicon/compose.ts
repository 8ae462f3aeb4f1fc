import { countWords, words } from "../../domain/words.ts";
import { type Attribute, isExclusive, type Slot } from "../language/attribute-type.ts";
import { attributesIn, contradicts } from "../language/attributes.ts";
import { headNounPhrase } from "../language/objects.ts";
import { foldKey, intentCoverage, stem, tokens, withoutArticles } from "../language/text.ts";
import type { Wish } from "../language/wishes.ts";
import type { Kept, Memory } from "./memory.ts";
import type { Phrase } from "./phrases.ts";

/** What one candidate says anew. */
export interface Idea {
  /** Replaces the head ("A wide shot of a cat"); null keeps it. */
  head: string | null;
  phrases: readonly Phrase[];
}

interface Part {
  text: string;
  slot: Slot;
}

/** Order in which a prompt names things: what is there, where, when, then how it looks. */
const ORDER: readonly Slot[] = [
  "focus",
  "aspect",
  "object",
  "place",
  "detail",
  "backdrop",
  "season",
  "weather",
  "time",
  "light",
  "tone",
  "mood",
  "view",
  "accent",
  "palette",
  "contrast",
  "finish",
  "technique",
  "style",
];

/**
 * One prompt: the head, what critiques want, the idea, and as much of the kept additions as fits, newest
 * first. Null when the idea does not fit. What critiques want comes before the idea: every candidate
 * carries it, shortened as far as the limit demands.
 */
export function compose(memory: Memory, idea: Idea, wordLimit: number): string | null {
  const full = idea.head ?? memory.head;
  const wishes = memory.wishes.wanted.filter((wish) => !isSaid(wish, full));
  const phrases = idea.phrases.filter((phrase) => !foldKey(full).includes(foldKey(phrase.forms[0])));
  if (idea.head === null && phrases.length === 0) return null;
  const need = sum(wishes.map(shortest)) + sum(phrases.map((p) => Math.min(...p.forms.map(countWords))));
  const head = [full, withoutArticles(full)].find((text) => countWords(text) + need <= wordLimit);
  if (head === undefined) return null;
  let room = wordLimit - countWords(head) - need;
  const grow = (forms: readonly string[]): string => {
    const least = Math.min(...forms.map(countWords));
    const form = forms.find((text) => countWords(text) - least <= room) ?? forms[forms.length - 1] ?? "";
    room -= countWords(form) - least;
    return form;
  };
  const parts: Part[] = [];
  // The newest wish gets its full wording first.
  for (const wish of [...wishes].reverse())
    parts.push({ text: grow(wish.forms), slot: wish.attribute?.slot ?? "object" });
  for (const phrase of phrases) parts.push({ text: grow(phrase.forms), slot: phrase.slot });
  const said = [full, ...parts.map((p) => p.text)].flatMap(attributesIn);
  // A new style ends what was said about how the old one is carried out.
  const restyled = parts.some((part) => part.slot === "style" && !memory.previous.includes(part.text));
  for (const kept of newestFirst(memory.kept)) {
    if (replaced(kept, parts, said) || (restyled && kept.slot === "technique")) continue;
    const count = countWords(kept.text);
    // Nothing older may outlive what was chosen later.
    if (count > room) break;
    room -= count;
    parts.push({ text: kept.text, slot: kept.slot });
  }
  parts.sort((a, b) => rank(a) - rank(b));
  return [head, ...listed(parts.map((part) => part.text))].join(", ");
}

/** "where the cat is black" must follow what it speaks of. */
function rank(part: Part): number {
  return part.text.startsWith("where ") ? -1 : ORDER.indexOf(part.slot);
}

/** "with a boat, with a bird" reads as "with a boat, a bird"; `splitAdditions` puts the word back. */
function listed(texts: readonly string[]): string[] {
  return texts.map((text, index) =>
    canBeListed(text) && texts[index - 1]?.startsWith("with ") === true ? text.slice(5) : text,
  );
}

/** Whether "with" can be left out so that `splitAdditions` still knows that it was there. */
function canBeListed(text: string): boolean {
  return text.startsWith("with ") && !STARTS_PHRASE.test(text.slice(5));
}

/** Additions of a prompt as they were before they were listed. */
export function splitAdditions(segments: readonly string[]): string[] {
  let lists = false;
  return segments.map((segment) => {
    const opens = STARTS_PHRASE.test(segment);
    if (opens) lists = segment.startsWith("with ");
    return !opens && lists ? `with ${segment}` : segment;
  });
}

const STARTS_PHRASE =
  /^(?:with|in|on|at|by|as|under|over|above|high|like|where|framed|placed|seen|shown|standing|filling|well|wearing|holding|looking|facing|sitting|running|lying|flying|sleeping|underwater|reflected|carved|made)\b/iu;

/** Whether any phrase could fit beside the head and the shortest wording of what critiques want. */
export function hasRoom(memory: Memory, wordLimit: number): boolean {
  const wishes = memory.wishes.wanted.filter((wish) => !isSaid(wish, memory.head));
  return countWords(withoutArticles(memory.head)) + sum(wishes.map(shortest)) < wordLimit;
}

/**
 * A prompt for when nothing fits: single words hung on the head with dashes, which adds no word by the
 * counting of paper B.1 (white space only). Wishes go first, newest first.
 */
export function composeTight(memory: Memory, extra: readonly string[], wordLimit: number): string {
  const fits = [memory.head, memory.initial, withoutArticles(memory.initial)].find(
    (text) => countWords(text) <= wordLimit,
  );
  let head = fits ?? words(withoutArticles(memory.initial)).slice(0, Math.max(1, wordLimit)).join(" ");
  const hung: string[] = [];
  for (const wish of [...memory.wishes.wanted].reverse()) {
    if (isSaid(wish, head)) continue;
    const form = [...wish.forms].reverse().find((text) => countWords(text) + countWords(head) <= wordLimit);
    const word = wish.forms[wish.forms.length - 1] ?? "";
    if (form !== undefined) head = `${head}, ${form}`;
    else if (words(word).length === 1) hung.push(word);
    else hung.push(words(word).join("-"));
  }
  return [head, ...hung, ...extra].join("—");
}

/** Whether the text already states what a wish wants. */
function isSaid(wish: Wish, text: string): boolean {
  if (wish.attribute !== null) return wish.attribute.says.test(text);
  const key = foldKey(text);
  return wish.forms.some((form) => countWords(form) > 1 && key.includes(foldKey(form)));
}

function shortest(wish: Wish): number {
  return Math.min(...wish.forms.map(countWords));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}

function newestFirst(kept: readonly Kept[]): Kept[] {
  return kept
    .map((entry, index) => ({ entry, index }))
    .sort((a, b) => b.entry.sinceTurn - a.entry.sinceTurn || a.index - b.index)
    .map(({ entry }) => entry);
}

/** A kept addition gives way when something new says the same, takes its slot or contradicts it. */
function replaced(kept: Kept, parts: readonly Part[], said: readonly Attribute[]): boolean {
  const key = foldKey(kept.text);
  if (parts.some((part) => foldKey(part.text).includes(key) || key.includes(foldKey(part.text)))) return true;
  if (parts.some((part) => part.slot === kept.slot && isExclusive(part.slot))) return true;
  // "patched white sails" and then "the sails should be torn": the rater's word on a thing counts.
  const noun = nounOf(kept.text);
  if (noun !== "" && parts.some((part) => part.slot === "object" && nounOf(part.text) === noun)) return true;
  return kept.attributes.some((a) => said.some((b) => a.id === b.id || contradicts(a, b)));
}

function nounOf(text: string): string {
  return stem(tokens(headNounPhrase(text.replace(/^with /u, ""))).at(-1) ?? "");
}

/** Whether a finished prompt still says everything of the initial one. */
export function keepsIntent(memory: Memory, prompt: string): boolean {
  return intentCoverage(memory.initial, prompt) === 1;
}
