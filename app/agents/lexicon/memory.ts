import { words } from "../../domain/words.ts";
import type { Attribute, Slot } from "../language/attribute-type.ts";
import { ATTRIBUTES, attributesIn, contradicts } from "../language/attributes.ts";
import { cleanText, foldKey, headOf, intentCoverage } from "../language/text.ts";
import { isRefused, type Wishes, wishesOf } from "../language/wishes.ts";
import type { AgentInput, HistoryTurn } from "../port.ts";
import { learnPreferences, type Preferences } from "../preferences.ts";
import { CLASS_WORDS } from "./class-words.ts";
import { splitAdditions } from "./compose.ts";
import { BACKDROPS, DETAILS, FRAMES, PLACES, RENDITIONS, RETELLINGS, TECHNIQUES } from "./phrases.ts";

/** A part of the chosen prompt that the next ones keep. */
export interface Kept {
  text: string;
  slot: Slot;
  attributes: readonly Attribute[];
  /** Turn in which it was chosen first: what came first is dropped first. */
  sinceTurn: number;
}

/** What the generator knows before it proposes. */
export interface Memory {
  /** The initial prompt, clean. */
  initial: string;
  intent: readonly Attribute[];
  /** The initial prompt, or its chosen variant ("a Siamese cat on a roof"). */
  head: string;
  kept: Kept[];
  /** The prompt that was chosen last, or "". */
  previous: string;
  wishes: Wishes;
  preferences: Preferences;
}

const SLOT_OF_PHRASE: ReadonlyMap<string, Slot> = new Map<string, Slot>([
  ...ATTRIBUTES.flatMap((a) => a.forms.map((form) => [form, a.slot] as const)),
  ...[...TECHNIQUES, ...PLACES, ...BACKDROPS, ...DETAILS, ...RETELLINGS, ...RENDITIONS].map(
    (p) => [p.forms[0], p.slot] as const,
  ),
  ...Object.values(CLASS_WORDS).flatMap((c) => [
    ...c.places.map((text) => [text, "place" as const] as const),
    ...c.aspects.map((text) => [text, "aspect" as const] as const),
  ]),
]);

/** Reads the trajectory so far: what was chosen last, what was asked for and what was passed over. */
export function remember(input: AgentInput): Memory {
  const initial = headOf(input.initialPrompt) || "A simple scene";
  const wishes = wishesOf(input.history, initial);
  const intent = attributesIn(initial);
  const base = { initial, intent, wishes, preferences: learnPreferences(input.history) };
  const last = input.history[input.history.length - 1];
  const chosen = last === undefined ? null : chosenPrompt(last);
  if (chosen === null) return { ...base, head: initial, kept: [], previous: "" };
  const { head, additions } = split(chosen, initial, input.wordLimit);
  const wanted = wishes.wanted.flatMap((wish) => (wish.attribute === null ? [] : [wish.attribute]));
  const fits = (attributes: readonly Attribute[]) =>
    !attributes.some((a) => wanted.some((b) => contradicts(a, b)) || intent.some((b) => contradicts(a, b)));
  const isSafeHead =
    head === initial ||
    (!isRefused(withoutWords(head, initial), wishes) && fits(attributesIn(withoutWords(head, initial))));
  const kept: Kept[] = [];
  for (const text of additions) {
    const attributes = attributesIn(text);
    if (isRefused(text, wishes) || !fits(attributes) || wasTakenBack(text, wishes)) continue;
    if (kept.some((other) => foldKey(other.text) === foldKey(text))) continue;
    kept.push({
      text,
      slot: SLOT_OF_PHRASE.get(text) ?? attributes[0]?.slot ?? "detail",
      attributes,
      sinceTurn: firstTurnWith(text, input.history),
    });
  }
  return { ...base, head: isSafeHead ? head : initial, kept, previous: chosen };
}

/** The prompt of the column that was chosen in `turn`, clean, or null. */
export function chosenPrompt(turn: HistoryTurn): string | null {
  const column = turn.columns.find((c) => c.columnIndex === turn.chosenColumnIndex);
  const text = column === undefined ? "" : cleanText(column.prompt);
  return text === "" ? null : text;
}

/** Takes a chosen prompt apart. Prompts of other generators are taken apart at their commas. */
function split(prompt: string, initial: string, wordLimit: number): { head: string; additions: string[] } {
  const commas = initial.split(/,\s/u).length;
  const segments = prompt.replace(/[.\s]+$/u, "").split(/,\s+/u);
  const additions = splitAdditions(
    segments
      .slice(commas)
      .map((s) => s.trim())
      .filter((s) => s !== ""),
  );
  let head = segments.slice(0, commas).join(", ");
  for (const { frame, view } of FRAMES) {
    const prefix = frame.replace("%", "");
    if (!head.startsWith(prefix)) continue;
    head = head.slice(prefix.length);
    // What the frame said about the view lives on as an addition of its own.
    const phrase =
      view === null ? undefined : RETELLINGS.find((p) => attributesIn(p.forms[0]).some((a) => a.id === view));
    if (phrase !== undefined) additions.unshift(phrase.forms[0]);
  }
  if (foldKey(head) === foldKey(initial)) return { head: initial, additions };
  if (!initial.includes("—")) head = head.replace(/—.*$/u, "");
  const extra = words(head).length - words(initial).length;
  const usable =
    intentCoverage(initial, head) === 1 &&
    extra > 0 &&
    words(head).length <= Math.max(wordLimit - 4, words(initial).length);
  return { head: usable ? matchCase(head, initial) : initial, additions };
}

/** Gives back the capital that a frame took from the start of the prompt. */
function matchCase(head: string, initial: string): string {
  return /^\p{Lu}/u.test(initial) && /^an? /u.test(head)
    ? head.charAt(0).toUpperCase() + head.slice(1)
    : head;
}

function withoutWords(text: string, remove: string): string {
  const gone = new Set(words(remove.toLowerCase()));
  return words(text)
    .filter((word) => !gone.has(word.toLowerCase()))
    .join(" ");
}

function firstTurnWith(text: string, history: readonly HistoryTurn[]): number {
  const key = foldKey(text.replace(/^with /u, ""));
  let first = history[history.length - 1]?.turnIndex ?? 0;
  for (const turn of [...history].reverse()) {
    if (!foldKey(chosenPrompt(turn) ?? "").includes(key)) break;
    first = turn.turnIndex;
  }
  return first;
}

/** Whether `text` came from an earlier critique that a later one has reversed. */
function wasTakenBack(text: string, wishes: Wishes): boolean {
  const key = foldKey(text);
  if (wishes.wanted.some((wish) => wish.forms.some((form) => foldKey(form) === key))) return false;
  return wishes.everWoven.has(key);
}
