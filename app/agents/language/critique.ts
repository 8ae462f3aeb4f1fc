import type { Attribute, Slot } from "./attribute-type.ts";
import { ATTRIBUTES, attributesIn, contradicts, findAttribute } from "./attributes.ts";
import {
  addedObject,
  headNounPhrase,
  removedWords,
  replacedObject,
  type Woven,
  wovenPhrase,
} from "./objects.ts";
import { leadingCue, polarityOf } from "./polarity.ts";
import { cleanText, STOP_WORDS, tokens } from "./text.ts";

/** One thing that a critique asks for (paper B.1: style, composition, colour, content). */
export type Directive =
  | { kind: "want"; attribute: Attribute }
  | { kind: "avoid"; attribute: Attribute }
  | { kind: "add"; woven: Woven }
  | { kind: "remove"; stems: string[] };

/** Text that addresses the machine rather than the picture. Only picture words survive of it. */
const ADDRESSES_MACHINE =
  /\b(?:ignore|disregard|forget|override|bypass|pretend|jailbreak|reveal|repeat|output|respond|reply|execute|print|write|translate|say)\b.*\b(?:above|previous|prior|earlier|instructions?|rules?|prompts?|system|everything|text|words?|password|key|secret|code|json|answer|yes|hello)\b|\b(?:system prompt|you are (?:now|an?)|as an? (?:ai|language model)|api key|developer mode|assistant|chat ?gpt|gemini|llm)\b|\b(?:drop|select|delete|insert|update)\s+(?:table|from|into|\*)/iu;

/** Addresses, tags, templates and code. */
const MARKUP = /:\/\/|\bwww\.|[<>{}\\|`$=].*[<>{}\\|`$=]/u;

/** Words around an attribute that name nothing: "make it a bit more …", "the whole picture". */
const HELPERS: ReadonlySet<string> = new Set(
  (
    "it it's that's they them more less much many bit little lot lots make making made please look looks looking like be " +
    "add added use using want wanted need needs needed would could should can can't image images picture pictures " +
    "whole overall everything all style styles feel feeling tone tones mood atmosphere vibe effect effects view shot angle composition " +
    "version try go going get give turn keep too not no don't dont do does doesn't without enough even slightly kind " +
    "sort quite maybe put set colors color colour colours degree level amount way again still also such time weather season " +
    "background quality prefer see have has having there's i'd i'm let's sharper better nicer not increase decrease reduce " +
    "remove avoid fewer lower stop never lacks lacking missing boost show lighting light vibes setting scene looked isn't aren't " +
    "wasn't instead rather than camera put lose drop hide down out away rid love shades shade palette point perspective photo framing"
  ).split(" "),
);

/** Slots whose words change the whole picture even when they stand beside a noun ("a sunset behind the hill"). */
const GLOBAL_SLOTS: ReadonlySet<Slot> = new Set(["weather", "time", "season", "style", "palette", "light"]);

/** Words that are a complaint when nobody asks for more of them. */
const ALWAYS_COMPLAINTS =
  /^(?:clutter|cluttered|messy|chaotic|busy|blurry|blurred|unclear|out of focus|fuzzy)$/iu;
const COMPLAINTS = /^(?:dark|dim|gloomy|plain|crowded)$/iu;

/** Directives of one critique, in the order of the text. Never throws; an unreadable critique gives none. */
export function parseCritique(critique: string, initialPrompt: string): Directive[] {
  const directives: Directive[] = [];
  const text = cleanText(critique).replace(/[‘’`´]/gu, "'");
  const isMarkup = MARKUP.test(text);
  for (const sentence of text.split(/[.!?。！？\n]+/u)) {
    const safe = !isMarkup && !ADDRESSES_MACHINE.test(sentence);
    for (const clause of clausesOf(sentence)) {
      directives.push(...directivesOf(clause, initialPrompt, safe));
    }
  }
  return directives;
}

function clausesOf(sentence: string): string[] {
  const guarded = sentence
    .replace(/\b(black|purple|pen|simple|light)(?: and | & |&)(white|teal|ink|clean|airy)\b/giu, "$1_and_$2")
    .replace(/\bb ?& ?w\b/giu, "black_and_white");
  const clauses: string[] = [];
  for (const part of guarded.split(/\s*(?:[,;:()]|\s-\s|[–—]|\bbut\b|\balso\b|\bwhile\b|\bthen\b)\s*/iu)) {
    let cue = "";
    for (const piece of part.split(/\s+(?:and|or|nor|&|plus)\s+/iu)) {
      const own = leadingCue(piece);
      // "no people or cars": the cue of the first part holds for the next one too.
      const clause = own === "" && cue !== "" ? `${cue} ${piece}` : piece;
      if (own !== "") cue = own;
      const plain = clause.replaceAll("_and_", " and ").trim();
      if (plain !== "") clauses.push(plain);
    }
  }
  return clauses;
}

interface Hit {
  attribute: Attribute;
  start: number;
  end: number;
}

/** Attributes named in a clause: the longest match wins where two overlap. */
function hitsIn(clause: string): Hit[] {
  const all: Hit[] = [];
  for (const attribute of ATTRIBUTES) {
    for (const match of clause.matchAll(attribute.asks)) {
      all.push({ attribute, start: match.index, end: match.index + match[0].length });
    }
  }
  all.sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start);
  const kept: Hit[] = [];
  for (const hit of all) {
    if (kept.every((other) => hit.end <= other.start || hit.start >= other.end)) kept.push(hit);
  }
  return kept.sort((a, b) => a.start - b.start);
}

function directivesOf(clause: string, initialPrompt: string, safe: boolean): Directive[] {
  const replaced = safe ? replacedObject(clause, initialPrompt) : null;
  if (replaced === "keep") return [];
  if (replaced !== null) {
    return [
      { kind: "remove", stems: replaced.stems },
      { kind: "add", woven: replaced.woven },
    ];
  }
  const hits = hitsIn(clause);
  const rest = restOf(clause, hits);
  const directives: Directive[] = [];
  if (rest.length === 0 || !safe) {
    // One clause may repeat an attribute ("colors more colorful"); its last mention decides.
    for (const hit of distinct(hits)) directives.push(...onAttribute(hit, clause, initialPrompt));
    return directives;
  }
  const removed = removedWords(clause);
  if (removed !== null) {
    for (const hit of hits) {
      if (
        polarityOf(clause.slice(0, hit.start), clause.slice(hit.end)) === "less" &&
        !beforeNoun(hit, clause)
      ) {
        directives.push(...onAttribute(hit, clause, initialPrompt));
      }
    }
    if (directives.length === 0) directives.push({ kind: "remove", stems: removed });
    return directives;
  }
  const polarity = polarityOf(clause, "");
  const added = addedObject(clause);
  const woven =
    (added !== null && namesThing(added) ? added : null) ??
    (polarity === "less" || hits.some((hit) => isRefused(hit, clause))
      ? null
      : wovenPhrase(clause, initialPrompt));
  for (const hit of hits) {
    const refused = isRefused(hit, clause);
    if (
      refused ||
      (hit.attribute.slot !== "accent" && (GLOBAL_SLOTS.has(hit.attribute.slot) || !beforeNoun(hit, clause)))
    ) {
      directives.push(...onAttribute(hit, clause, initialPrompt));
    }
  }
  if (woven !== null && namesThing(woven)) directives.push({ kind: "add", woven });
  return directives;
}

/** "more dramatic", "add stars in the sky": what the attributes say already needs no phrase of its own. */
function namesThing(woven: Woven): boolean {
  const phrase = headNounPhrase(woven.forms[0].replace(/^with /u, ""));
  return restOf(phrase, hitsIn(phrase)).length > 0;
}

function isRefused(hit: Hit, clause: string): boolean {
  return polarityOf(clause.slice(0, hit.start), clause.slice(hit.end)) === "less";
}

/** Words of the clause that belong to no attribute and name something. */
function restOf(clause: string, hits: Hit[]): string[] {
  let rest = clause;
  for (const hit of [...hits].reverse()) rest = `${rest.slice(0, hit.start)} ${rest.slice(hit.end)}`;
  return tokens(rest).filter((word) => !STOP_WORDS.has(word) && !HELPERS.has(word));
}

/** "bright eyes": the attribute belongs to the next noun, not to the picture. */
function beforeNoun(hit: Hit, clause: string): boolean {
  const next = tokens(clause.slice(hit.end))[0];
  return next !== undefined && !STOP_WORDS.has(next) && !HELPERS.has(next);
}

function distinct(hits: Hit[]): Hit[] {
  const last = new Map<string, Hit>();
  for (const hit of hits) last.set(hit.attribute.id, hit);
  // "more blue colors" names blue; the bare word "colors" then adds nothing.
  const named = hits.some(
    (hit) =>
      hit.attribute.slot === "accent" ||
      (hit.attribute.slot === "palette" && hit.attribute.id !== "palette:vivid"),
  );
  const bareLight = (hit: Hit) =>
    hit.attribute.id === "tone:bright" && hit.end - hit.start < 9 && hits.length > 1;
  return [...last.values()].filter(
    (hit) => !(named && hit.attribute.id === "palette:vivid") && !bareLight(hit),
  );
}

const PRAISE =
  /\b(?:nice|good|great|perfect|beautiful|awesome|bad|ugly|wrong|different|other|change|weird|strange)\b/iu;

function onAttribute(hit: Hit, clause: string, initialPrompt: string): Directive[] {
  const { attribute } = hit;
  const word = clause.slice(hit.start, hit.end);
  if (/^(?:cool|colou?rs?|light|lighting|natural|real)$/iu.test(word) && PRAISE.test(clause)) return [];
  if (/^cool$/iu.test(word) && /\b(?:looks?|so|very|really|pretty|is|are)\s+cool$/iu.test(clause)) return [];
  const polarity = polarityOf(clause.slice(0, hit.start), clause.slice(hit.end));
  const states = /\b(?:is|are|looks?|seems?|feels?)\b/iu.test(clause);
  const complains = polarity === null && (ALWAYS_COMPLAINTS.test(word) || (COMPLAINTS.test(word) && states));
  if (polarity !== "less" && !complains) return [{ kind: "want", attribute }];
  if (
    attribute.id === "palette:vivid" &&
    /\b(?:no|without|remove)(?: any| all| the)* colou?rs?\b/iu.test(clause)
  ) {
    const mono = findAttribute("palette:mono");
    if (mono !== null) return [{ kind: "want", attribute: mono }];
  }
  const directives: Directive[] = [{ kind: "avoid", attribute }];
  const opposite = attribute.opposite === null ? null : findAttribute(attribute.opposite);
  const intended = attributesIn(initialPrompt);
  if (opposite !== null && !intended.some((other) => contradicts(opposite, other))) {
    directives.push({ kind: "want", attribute: opposite });
  }
  return directives;
}
