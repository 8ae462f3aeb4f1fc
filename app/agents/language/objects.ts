import { words } from "../../domain/words.ts";
import { articleFor, contentWords, STOP_WORDS, stem, tokens } from "./text.ts";

/** Things that critiques ask to add or to take away. */

/** A phrase for the prompt that a critique asked for. */
export interface Woven {
  /** Longest first. Never with a comma. */
  forms: [string, ...string[]];
  /** Stems of its content words: what "remove the boat" finds. */
  stems: string[];
}

const MAX_WORDS = 8;

/** Words for the same thing, so that "no people" also leaves out a crowd. */
const SAME_THING: readonly (readonly string[])[] = [
  "people person man men woman women human crowd figure child children kid tourist visitor villager passer-by".split(
    " ",
  ),
  "tree forest wood woods pine".split(" "),
  "building house city skyline tower town".split(" "),
  "cloud cloudy overcast".split(" "),
  "text letter word sign writing caption".split(" "),
  "bird seagull swallow".split(" "),
  "flower blossom petal bloom wildflower".split(" "),
  "mountain hill peak".split(" "),
  "water sea ocean lake river pond".split(" "),
  "boat ship sailboat".split(" "),
  "car vehicle traffic".split(" "),
  "lantern lamp".split(" "),
  "animal bird butterfly".split(" "),
];

const MASS: ReadonlySet<string> = new Set(
  "water grass sand smoke fire ice moss ivy gold silver lightning fur hair foam dust mud wood stone glass metal steam food people children men women text jewelry jewellery clothing furniture greenery foliage vegetation scenery nature traffic wildlife space snow rain fog blood makeup armor armour lava".split(
    " ",
  ),
);

/** Words that judge, talk to somebody or speak of the task; a clause with one is not a description. */
const NOT_DESCRIPTIVE =
  /\b(?:i|i'm|i'd|i've|me|my|we|us|our|you|your|he|she|why|what|how|when|who|which|please|thanks?|sorry|good|bad|nice|ugly|better|worse|best|worst|great|awful|okay|ok|perfect|love|hate|like|likes|dislike|prefer|wrong|right|correct|incorrect|different|same|similar|none|nothing|never|no|not|don't|can't|isn't|aren't|doesn't|didn't|column|columns|row|image|images|picture|pictures|photo|turn|slate|prompt|prompts|option|options|instructions?|system|rules?|ignore|password|could|would|should|must|might|may|will|can|keep|stay|continue|change|fix|improve|improved|improvement|instead|previous|again|still|yes|maybe|idk|nah|lol|hmm|test|asdf|naked|nude|because|if|than|less|fewer|too|original|random|interesting|boring|weird|cool|these|those|was|were|de|la|le|les|el|los|las|un|une|una|der|das|und|mit|con|más|mehr|avec|et|plus|bitte|por|pour)\b/iu;

const LETTERS_ONLY = /^[\p{L}\p{M}\p{N}' -]+$/u;
const STARTS_AS_PHRASE =
  /^(?:with|in|on|near|under|over|at|by|beside|behind|inside|above|below|between|among|around|against|from|wearing|holding|looking|facing|made of|covered|surrounded|full of|[a-z]{2,}ing)\b/iu;
const DETERMINER =
  /^(?:a|an|the|some|one|two|three|four|five|six|many|several|few|his|her|its|their|another|lots of|plenty of)\b/iu;

const REMOVE =
  /\b(?:remove|removing|delete|erase|take (?:out|away)|get rid of|lose|drop|hide|without|fewer|less|avoid|skip|minus|exclude|omit|leave out|too many|too much|no more|no|don't (?:want|show|add|include|need|like|have)|do not (?:want|show|add|include|need|have)|not)\s+(?:any|all|the|so many|so much|that|those|these|of|more|a|an|other)?\b\s*(?:of the\s+)?(.+)$/iu;
const ADD =
  /\b(?:add|adding|include|put|place|insert|show|give (?:it|him|her|them)|want to see|want|would like to see|would like|like to see|needs?|there should be|should have|missing|lacks?|more)\s+(?:in\s+|me\s+|to see\s+|to have\s+)?(.+)$/iu;
const REPLACE =
  /\b(?:replace|swap|change|turn)\s+(?:the\s+|a\s+|an\s+)?(.+?)\s+(?:with|to|into|for|by)\s+(.+)$/iu;
const MAKE_NOUN =
  /^(?:please\s+)?make\s+(the\s+.+?|its?\s+\S+|his\s+\S+|her\s+\S+)\s+(?:look\s+)?(?:more\s+)?(\S+)$/iu;
const SHOULD = /^(the\s+.+?)\s+should\s+(?:be|look)\s+(?:more\s+)?(.+)$/iu;

/** Stems that a clause wants out of the picture, or null when it removes nothing. */
export function removedWords(clause: string): string[] | null {
  if (/\bnot?\b.*\benough\b/iu.test(clause)) return null;
  const rest = REMOVE.exec(clause)?.[1];
  if (rest === undefined) return null;
  const named = contentWords(headNounPhrase(rest)).filter((word) => !STOP_WORDS.has(word));
  if (named.length === 0 || named.length > 4) return null;
  // "the red boat": the noun is what goes; its adjectives are no reason to ban every red thing.
  const noun = named[named.length - 1];
  return noun === undefined ? null : [...withSynonyms(noun)];
}

/** What a clause wants added ("add a boat", "more hieroglyphs"), or null. */
export function addedObject(clause: string): Woven | null {
  if (/\b(?:don't|do not|never|no|not)\b/iu.test(clause) && !/\bnot enough\b/iu.test(clause)) return null;
  const match = ADD.exec(clause);
  const rest = match?.[1];
  if (match === null || rest === undefined) return null;
  const wantsMore = /\b(?:more|needs?|lacks?|missing|add)\b/iu.test(match[0]) && /\bmore\b/iu.test(match[0]);
  const phrase = placed(
    rest
      .replace(
        /^(?:some|a bit of|a little|bit of|a few more|a lot of|a lot more|lots of|lots more|many more|much more|more|even more|in)\s+/iu,
        "",
      )
      .replace(/^(?:of)\s+/iu, ""),
  );
  if (phrase === "" || NOT_DESCRIPTIVE.test(phrase)) return null;
  return weave(phrase, wantsMore);
}

/** "replace the tree with a boat". "keep" when that would take away a part of the initial prompt. */
export function replacedObject(
  clause: string,
  initialPrompt: string,
): { stems: string[]; woven: Woven } | "keep" | null {
  const match = REPLACE.exec(clause);
  const [from, to] = [match?.[1], match?.[2]];
  if (from === undefined || to === undefined) return null;
  const nouns = contentWords(headNounPhrase(from));
  const noun = nouns[nouns.length - 1];
  if (noun === undefined) return null;
  const target = placed(to);
  const isThing = DETERMINER.test(target) || contentWords(target).length > 1;
  if (!isThing && /^(?:change|turn)$/iu.test(words(match?.[0] ?? "")[0] ?? "")) return null;
  const intended = new Set(contentWords(initialPrompt).map(stem));
  if (intended.has(stem(noun))) return "keep";
  const woven = NOT_DESCRIPTIVE.test(target) ? null : weave(target, false);
  return woven === null ? null : { stems: [...withSynonyms(noun)], woven };
}

/** An unknown critique as a descriptive phrase, or null when it does not read as one. */
export function wovenPhrase(clause: string, initialPrompt: string): Woven | null {
  const make = MAKE_NOUN.exec(clause) ?? SHOULD.exec(clause);
  if (make?.[1] !== undefined && make[2] !== undefined) {
    const noun = make[1].replace(/^(?:its?|his|her)\s+/iu, "the ");
    const quality = make[2];
    if (NOT_DESCRIPTIVE.test(`${noun} ${quality}`) || !LETTERS_ONLY.test(`${noun} ${quality}`)) return null;
    if (words(noun).length + words(quality).length > MAX_WORDS) return null;
    const bare = noun.replace(/^the /iu, "");
    const isIntended = contentWords(bare).some((word) => contentWords(initialPrompt).includes(word));
    // A second mention of the subject with an article would read as a second one ("with a black cat").
    if (!isIntended && !/ing$/iu.test(words(quality)[0] ?? "")) return weave(`${quality} ${bare}`, false);
    const forms: [string, ...string[]] = /ing$/iu.test(words(quality)[0] ?? "")
      ? [`with ${noun} ${quality}`, quality]
      : [`where ${noun} is ${quality}`, `${quality} ${bare}`];
    return { forms, stems: contentWords(`${noun} ${quality}`).map(stem) };
  }
  const changed = /^(?:please\s+)?(?:change|turn|make)\s+(the\s+.+?)\s+(?:to|into)\s+(\S+)$/iu.exec(clause);
  if (changed?.[1] !== undefined && changed[2] !== undefined) {
    return wovenPhrase(`make ${changed[1]} ${changed[2]}`, initialPrompt);
  }
  const phrase = placed(
    clause.replace(
      /^(?:(?:please|just|maybe|try|make it|make them|have it|let it be|it should be|look(?:s|ing)? like|use|have)\s+)+/iu,
      "",
    ),
  );
  if (phrase === "" || NOT_DESCRIPTIVE.test(phrase)) return null;
  if (/\b(?:is|are|am|be|make|do|does|go|get|let|try|say|tell|give|show|draw|paint|write)\b/iu.test(phrase))
    return null;
  return weave(phrase, false);
}

function weave(phrase: string, wantsMore: boolean): Woven | null {
  const count = words(phrase).length;
  if (count === 0 || count > MAX_WORDS || !LETTERS_ONLY.test(phrase) || !/\p{L}{2}/u.test(phrase))
    return null;
  const stems = contentWords(phrase).map(stem);
  if (stems.length === 0) return null;
  const lower = /(?:ian|ese)$/u.test(words(phrase)[0] ?? "")
    ? phrase
    : phrase.charAt(0).toLowerCase() + phrase.slice(1);
  const single = stems.length === 1 ? [tokens(phrase).at(-1) ?? phrase] : [];
  if (STARTS_AS_PHRASE.test(lower)) return { forms: [lower, ...single], stems };
  if (DETERMINER.test(lower))
    return { forms: [`with ${lower}`, lower.replace(/^(?:a|an|the|some) /iu, ""), ...single], stems };
  const noun = tokens(headNounPhrase(lower)).at(-1) ?? "";
  const isPlural = /s$/u.test(noun) && !/(?:ss|us|is)$/u.test(noun);
  if (isPlural || MASS.has(noun)) {
    const amount = wantsMore
      ? isPlural || /^(?:people|children|men|women)$/u.test(noun)
        ? "many "
        : "plenty of "
      : "";
    return { forms: [`with ${amount}${lower}`, lower, ...single], stems };
  }
  if (count === 1 && /(?:y|ish|ic|al|ous|ful|ed|ive|ian|an|less)$/u.test(lower) && lower.length > 4) {
    return { forms: [`with ${articleFor(lower)} ${lower} feel`, lower], stems };
  }
  if (!/^[a-z' -]+$/iu.test(lower)) return { forms: [lower, ...single], stems };
  // "hieroglyphs more visible", "sky full of kites": a noun with something after it takes no article.
  const bare = /\b(?:more|full|very|\p{L}+er)\b/iu.test(lower) || /(?:er|est)$/u.test(words(lower)[0] ?? "");
  return { forms: [bare ? `with ${lower}` : `with ${articleFor(lower)} ${lower}`, lower, ...single], stems };
}

/** "hat to the cat" -> "hat on the cat"; "… to the picture" falls away. */
function placed(phrase: string): string {
  return words(phrase)
    .join(" ")
    .replace(
      /\s+(?:in|on|to|into|of) (?:the |this )?(?:picture|image|scene|photo|drawing|painting|it)$/iu,
      "",
    )
    .replace(
      /\bto the (background|foreground|sky|distance|left|right|corner|water|sea|middle)\b/giu,
      "in the $1",
    )
    .replace(/\bin the (left|right)\b/giu, "on the $1")
    .replace(/\bto (the|his|her|its)\b/giu, "on $1")
    .replace(/\s+(?:please|too|as well|instead)$/iu, "")
    .trim();
}

/** A noun phrase without what follows its noun ("a boat in the distance" -> "a boat"). */
export function headNounPhrase(phrase: string): string {
  return (
    phrase.split(
      /\s(?:in|on|at|of|to|from|with|near|behind|under|over|above|below|around|by|for|more|that|which|instead|please|(?!(?:spring|king|ring|wing|swing|string|painting|building|thing|clothing|lightning|railing|ceiling|evening|morning)\b)[a-z]{2,}ing)(?=\s|$)/iu,
    )[0] ?? phrase
  );
}

function withSynonyms(noun: string): Set<string> {
  const own = stem(noun);
  const stems = new Set([own]);
  for (const group of SAME_THING) {
    if (group[0] !== undefined && (stem(group[0]) === own || (own === "person" && group[0] === "people"))) {
      for (const word of group) stems.add(stem(word));
    }
  }
  return stems;
}
