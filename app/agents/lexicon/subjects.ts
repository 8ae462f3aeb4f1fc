import { words } from "../../domain/words.ts";
import { articleFor, contentWords, pluralOf, STOP_WORDS, stem, tokens } from "../language/text.ts";
import { CLASS_WORDS, type ClassWords } from "./class-words.ts";
import { LIVING_SUBJECTS } from "./living-subjects.ts";
import { MADE_SUBJECTS } from "./made-subjects.ts";
import type { Subject, SubjectClass } from "./subject-type.ts";

export const SUBJECTS: readonly Subject[] = [...LIVING_SUBJECTS, ...MADE_SUBJECTS];

const BY_NOUN: ReadonlyMap<string, Subject> = new Map(
  SUBJECTS.flatMap((subject) => subject.nouns.map((noun) => [noun, subject] as const)),
);

const PREPOSITION =
  /^(?:in|on|at|of|by|with|under|over|near|beside|behind|between|through|inside|above|below|against|around|across|from|into|and|during|made|full|wearing|holding|[a-z]{2,}ing)$/iu;
const PLAIN_ADJECTIVES: ReadonlySet<string> = new Set(
  "old little small big tiny large giant huge beautiful lonely happy sleepy cute sad lovely pretty single lone magical mysterious quiet".split(
    " ",
  ),
);
/** Kinds that do not go with another adjective of size or age ("an old tall library"). */
const GENERAL_KINDS: ReadonlySet<string> = new Set(
  "young old tall small large tiny giant round lean slender wide".split(" "),
);
const COLOURS: ReadonlySet<string> = new Set(
  "red orange yellow green blue purple pink brown white black grey gray turquoise golden silver chestnut scarlet".split(
    " ",
  ),
);
const DETERMINERS =
  /^(?:a|an|the|my|your|his|her|its|our|their|this|that|these|those|some|many|several|few|two|three|four|five|six|seven|eight|nine|ten|one)$/iu;

const CONTAINERS: ReadonlySet<string> = new Set([
  "bowl",
  "cup",
  "mug",
  "jar",
  "bottle",
  "vase",
  "box",
  "field",
  "fields",
  "garden",
  "forest",
]);

/** A subject as it stands in a prompt. */
export interface FoundSubject {
  subjectClass: SubjectClass;
  /** The noun as written, lower case. */
  noun: string;
  classWords: ClassWords;
  kindsCategory: string;
  aspectCategory: string;
  /** Prompts with a kind before the noun; empty when the noun already has a kind of its own. */
  variants: string[];
}

/**
 * Subjects that `prompt` names, the grammatical main one first: the last known noun before the first
 * preposition, then the others in order.
 */
export function findSubjects(prompt: string): FoundSubject[] {
  const parts = words(prompt);
  const hits: { index: number; noun: string; subject: Subject }[] = [];
  for (const [index, part] of parts.entries()) {
    const noun = tokens(part)[0] ?? "";
    const subject = BY_NOUN.get(noun);
    // In "pirate ship" and "cat café" the first noun only says which kind of the second is meant.
    const next = /[.,;:!?]$/u.test(part) ? "" : (tokens(parts[index + 1] ?? "")[0] ?? "");
    if (BY_NOUN.has(next)) continue;
    if (subject !== undefined && !hits.some((hit) => hit.subject === subject))
      hits.push({ index, noun, subject });
  }
  const cut = parts.findIndex((part, index) => index > 0 && PREPOSITION.test(part));
  const before = hits.filter((hit) => cut < 0 || hit.index < cut);
  const last = before[before.length - 1];
  // "a bowl of ramen" is about the ramen.
  const held =
    last !== undefined && CONTAINERS.has(last.noun) && parts[last.index + 1] === "of"
      ? hits.find((hit) => hit.index > last.index)
      : undefined;
  const main = held ?? last;
  const ordered = main === undefined ? hits : [main, ...hits.filter((hit) => hit !== main)];
  return ordered.map(({ index, noun, subject }) => {
    const classWords = CLASS_WORDS[subject.class];
    const plural = pluralFor(noun, subject);
    return {
      subjectClass: subject.class,
      noun,
      classWords,
      kindsCategory: subject.kinds.length > 0 ? subject.category : `kinds of ${plural}`,
      aspectCategory: `${classWords.aspect} of ${plural}`,
      variants: variantsAt(parts, index, subject.kinds.length > 0 ? subject.kinds : classWords.kinds),
    };
  });
}

function pluralFor(noun: string, subject: Subject): string {
  if (
    /[^s]s$/u.test(noun) ||
    ["people", "men", "women", "children", "mice", "geese", "cacti", "leaves"].includes(noun)
  )
    return noun;
  if (["woman", "man", "deer", "sheep", "fish", "bread", "soup", "fruit", "coffee", "tea"].includes(noun)) {
    return noun === "woman" ? "women" : noun === "man" ? "men" : noun;
  }
  const known = subject.nouns.find((other) => other !== noun && stem(other) === stem(noun));
  return known ?? pluralOf(noun);
}

/** The prompt with each kind put before the word at `index`, the article kept in agreement. */
function variantsAt(parts: readonly string[], index: number, kinds: readonly string[]): string[] {
  const noun = parts[index] ?? "";
  const previous = (parts[index - 1] ?? "").toLowerCase();
  const adjective = PLAIN_ADJECTIVES.has(previous) || COLOURS.has(previous);
  const free =
    index === 0 ||
    DETERMINERS.test(previous) ||
    STOP_WORDS.has(previous) ||
    PREPOSITION.test(previous) ||
    adjective;
  // A hyphen, an apostrophe or a following noun makes the word part of another name ("cat café", "dog's").
  if (!free || !/^[\p{L}]+[.,;:!?]*$/u.test(noun)) return [];
  const next = (tokens(parts[index + 1] ?? "")[0] ?? "").toLowerCase();
  if (BY_NOUN.has(next)) return [];
  const present = new Set(tokens(parts.join(" ")));
  return kinds
    .filter((kind) => !(PLAIN_ADJECTIVES.has(previous) && GENERAL_KINDS.has(kind)))
    .filter(
      (kind) =>
        !tokens(kind).some((word) => present.has(word) || (COLOURS.has(word) && COLOURS.has(previous))),
    )
    .map((kind) => {
      const out = [...parts];
      const startsPrompt = index === 0;
      const kindText =
        startsPrompt && /^\p{Lu}/u.test(noun) ? kind.charAt(0).toUpperCase() + kind.slice(1) : kind;
      out[index] = `${kindText} ${startsPrompt ? noun.charAt(0).toLowerCase() + noun.slice(1) : noun}`;
      if (/^an?$/iu.test(previous)) {
        const article = articleFor(kind);
        out[index - 1] = /^A/u.test(parts[index - 1] ?? "")
          ? article.charAt(0).toUpperCase() + article.slice(1)
          : article;
      }
      return out.join(" ");
    });
}

/** Name for the variants of a prompt whose subject is in no lexicon. */
export function unknownSubjectCategory(prompt: string): string {
  const parts = words(prompt);
  const cut = parts.findIndex((part, index) => index > 0 && PREPOSITION.test(part));
  const nameable = (text: string) =>
    contentWords(text).filter((word) => word.length <= 24 && /^[\p{L}\p{M}'-]+$/u.test(word));
  const phrase = cut < 0 ? prompt : parts.slice(0, cut).join(" ");
  // English nouns end their phrase; of a long phrase without a preposition nothing is known, so take its first word.
  const own = nameable(phrase);
  const word = (cut < 0 && own.length > 3 ? own[0] : own[own.length - 1]) ?? nameable(prompt)[0];
  return word === undefined ? "ways to show the subject" : `ways to show ${word}`;
}
