import type { Random } from "../../domain/random.ts";
import { words } from "../../domain/words.ts";
import type { Idea } from "./compose.ts";
import type { Memory } from "./memory.ts";
import {
  ABSURD,
  BACKDROPS,
  DETAILS,
  FRAMES,
  LIGHTS,
  PALETTES,
  type Phrase,
  PLACES,
  RENDITIONS,
  RETELLINGS,
  SEASONS,
  STYLES,
  techniquesFor,
  VIEWS,
} from "./phrases.ts";
import { type FoundSubject, findSubjects, unknownSubjectCategory } from "./subjects.ts";

/** A category of one turn with everything that it could propose (paper section 6.1). */
export interface Category {
  name: string;
  isPersonal: boolean;
  ideas: Idea[];
}

/** The generic categories of the paper's kind, and three that only large slates need. */
export const GENERIC_CATEGORIES = ["rephrase", "detail", "setting", "style", "mood-and-light"] as const;
export const SPARE_CATEGORIES = ["composition", "palette", "season-and-weather"] as const;

/** The `count` categories of this turn: at least one personal, the others mostly generic. */
export function pickCategories(memory: Memory, count: number, random: Random): Category[] {
  const subjects = findSubjects(memory.initial);
  const personal = personalCategories(memory, subjects);
  const generic = GENERIC_CATEGORIES.map((name) => genericCategory(name, memory, subjects));
  const spare = SPARE_CATEGORIES.map((name) => genericCategory(name, memory, subjects));
  const rank = (list: readonly Category[]) =>
    list
      .map((category) => ({ category, key: weightedKey(liking(memory, category.name), random) }))
      .sort((a, b) => b.key - a.key)
      .map(({ category }) => category);
  // The subject's own category comes first; a second personal one takes part when there is room.
  const [first, ...others] = personal;
  const personalCount = count < 4 ? 1 : 1 + random.below(2);
  const chosen = [...(first === undefined ? [] : [first]), ...rank(others)].slice(
    0,
    Math.min(personalCount, count),
  );
  for (const list of [rank(generic), rank(spare), rank(personal)]) {
    for (const category of list) {
      if (chosen.length < count && !chosen.some((other) => other.name === category.name))
        chosen.push(category);
    }
  }
  for (let n = 2; chosen.length < count; n++) {
    for (const category of rank(generic)) {
      if (chosen.length < count) chosen.push({ ...category, name: `${category.name} ${n}` });
    }
  }
  return random.shuffle(chosen);
}

/** Sampling weight of a category: at least a fifth, so that nothing is given up after one bad turn. */
function liking(memory: Memory, name: string): number {
  return Math.max(0.2, 1 + 1.5 * memory.preferences.category(name));
}

/** Key of weighted sampling without replacement (Efraimidis and Spirakis): the largest keys win. */
export function weightedKey(weight: number, random: Random): number {
  return random.next() ** (1 / weight);
}

function genericCategory(name: string, memory: Memory, subjects: readonly FoundSubject[]): Category {
  return { name, isPersonal: false, ideas: ideasOf(name, memory, subjects) };
}

function ideasOf(name: string, memory: Memory, subjects: readonly FoundSubject[]): Idea[] {
  switch (name) {
    case "rephrase":
      return [...frames(memory), ...asIdeas(RETELLINGS)];
    case "detail":
      return asIdeas(sensible(DETAILS, subjects[0]));
    case "setting":
      return asIdeas(sensible(settings(memory, subjects), subjects[0]));
    case "style":
      return asIdeas(styles(memory));
    case "composition":
      return asIdeas(VIEWS);
    case "palette":
      return asIdeas(PALETTES);
    case "season-and-weather":
      return asIdeas(SEASONS);
    default:
      return asIdeas(LIGHTS);
  }
}

function asIdeas(phrases: readonly Phrase[]): Idea[] {
  return phrases.map((phrase) => ({ head: null, phrases: [phrase] }));
}

/** Phrases without those that would be absurd for the main subject. */
function sensible(phrases: readonly Phrase[], main: FoundSubject | undefined): Phrase[] {
  const absurd = main === undefined ? undefined : ABSURD[main.subjectClass];
  return phrases.filter((phrase) => absurd?.test(phrase.forms[0]) !== true);
}

/** A style that the rater asked for or typed stays; one that was merely chosen may still be replaced. */
function styles(memory: Memory): Phrase[] {
  const wanted = memory.wishes.wanted.flatMap((wish) => (wish.attribute === null ? [] : [wish.attribute]));
  const fixed = [...wanted, ...memory.intent].find((a) => a.slot === "style");
  if (fixed !== undefined) return [...techniquesFor(fixed.id), ...PALETTES];
  const chosen = memory.kept.flatMap((kept) => kept.attributes).find((a) => a.slot === "style");
  return chosen === undefined ? [...STYLES] : [...techniquesFor(chosen.id), ...STYLES];
}

const LOCATED =
  /\b(?:in|on|at|inside|under|underwater|through|above|over|across|beside|near|by|among)\s+\p{L}/iu;

function settings(memory: Memory, subjects: readonly FoundSubject[]): readonly Phrase[] {
  if (LOCATED.test(memory.initial) || memory.kept.some((kept) => kept.slot === "place")) return BACKDROPS;
  const main = subjects[0];
  if (main === undefined) return [...PLACES, ...BACKDROPS];
  return [
    ...main.classWords.places.map((text): Phrase => ({ slot: "place", forms: [text] })),
    ...(main.subjectClass === "food" ? [] : BACKDROPS),
  ];
}

/** Frames need a noun phrase: one that starts with an article, a number or a possessive. */
function frames(memory: Memory): Idea[] {
  const { head } = memory;
  if (ABSTRACT.test(head)) return [];
  if (!/^(?:an?|the|two|three|four|five|six|seven|eight|nine|ten|many|several|my|one)\s+\p{L}/iu.test(head))
    return [];
  if (
    /^(?:an?|the) (?:picture|image|photo|photograph|painting|drawing|sketch|view|close-up|portrait|scene|shot|illustration)\b/iu.test(
      head,
    )
  ) {
    return [];
  }
  const first = words(head)[0] ?? "";
  const lower = `${first.toLowerCase()}${head.slice(first.length)}`;
  return FRAMES.map(({ frame }) => ({ head: frame.replace("%", () => lower), phrases: [] }));
}

const ABSTRACT =
  /^(?:\p{L}+\s+){1,2}(?:feelings?|sense|idea|sound|smell|memory|meaning|concept|hope|love|joy|sadness|time|freedom|dream|emotion|silence|taste)\b/iu;

function personalCategories(memory: Memory, subjects: readonly FoundSubject[]): Category[] {
  const list: Category[] = [];
  for (const subject of subjects.slice(0, 3)) {
    const hasKind = memory.head !== memory.initial;
    const variants = hasKind ? [] : subject.variants;
    if (variants.length > 0) {
      list.push({
        name: subject.kindsCategory,
        isPersonal: true,
        ideas: variants.map((head) => ({ head, phrases: [] })),
      });
    }
    list.push({
      name: subject.aspectCategory,
      isPersonal: true,
      ideas: asIdeas(
        subject.classWords.aspects
          .filter((text) => !(text.startsWith("above") && LOCATED.test(memory.initial)))
          .map((text): Phrase => ({ slot: "aspect", forms: [text] })),
      ),
    });
  }
  if (list.length === 0) {
    list.push({ name: unknownSubjectCategory(memory.initial), isPersonal: true, ideas: asIdeas(RENDITIONS) });
  }
  return list.filter((category, index) => list.findIndex((other) => other.name === category.name) === index);
}
