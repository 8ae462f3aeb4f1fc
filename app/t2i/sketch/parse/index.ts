import { mix } from "../colour.ts";
import { COLOUR_OR_NOUN, COLOUR_SHADES, COLOURS } from "../lexicon/colours.ts";
import {
  HOLDING,
  NEGATIONS,
  NUMBERS,
  POSES,
  RELATIONS,
  SIZES,
  STOP_WORDS,
  TOOLS,
  TRAITS,
} from "../lexicon/words.ts";
import type { Pose, Relation, Scene, SettingId, Subject } from "../scene.ts";
import { type Meaning, meaningAt } from "./phrases.ts";
import { type Token, tokenise } from "./tokens.ts";

const get = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

const isArticle = (w: string) => w === "a" || w === "an" || w === "the";

/** Words collected in front of a noun. */
interface Pending {
  count: number | null;
  colours: string[];
  size: number;
  traits: string[];
  pose: Pose | null;
  relation: Relation | null;
  held: boolean;
  shade: number;
}

const fresh = (): Pending => ({
  count: null,
  colours: [],
  size: 1,
  traits: [],
  pose: null,
  relation: null,
  held: false,
  shade: 0,
});

/** Whether a noun (not only a colour) follows before the phrase ends. */
function nounFollows(tokens: readonly Token[], from: number): boolean {
  for (let i = from; i < Math.min(tokens.length, from + 3); i++) {
    const t = tokens[i] as Token;
    if (t.word === "," || get(RELATIONS, t.word)) return false;
    const m = meaningAt(tokens, i);
    if (m && m.axis === "thing") return true;
    if (get(COLOURS, t.word) || get(SIZES, t.word)) continue;
    if (m || STOP_WORDS.has(t.word)) return false;
  }
  return false;
}

/**
 * Turns a prompt into a scene. Pure and total: any string gives a scene, unknown words are kept aside.
 */
export function parsePrompt(prompt: string): Scene {
  const tokens = tokenise(prompt);
  const scene: Scene = {
    subjects: [],
    setting: null,
    time: null,
    weather: [],
    season: null,
    lights: [],
    tints: [],
    styles: [],
    framing: [],
    looseColours: [],
    hints: [],
    unknown: [],
  };
  let pending = fresh();
  let negated = 0;
  const push = <T>(list: T[], value: T) => {
    if (!list.includes(value)) list.push(value);
  };
  const flushLoose = () => {
    for (const c of pending.colours) push(scene.looseColours, c);
    pending = { ...fresh(), relation: pending.relation };
  };

  const addThing = (art: string, token: Token, m: Meaning) => {
    const plural = token.plural || token.word === "people";
    const same = scene.subjects.findIndex((s) => s.art === art);
    const sameArt = scene.subjects[same];
    // "a temple with hieroglyphs" is one temple.
    if (sameArt && LANDMARKS.has(art) && pending.relation !== "beside") {
      sameArt.colours.push(...pending.colours);
      pending = fresh();
      return;
    }
    const count = pending.count !== null && pending.count > 1 ? pending.count : plural ? 3 : 1;
    // What is held does not carry the next thing: "reading a book on a sofa" puts the reader on the sofa.
    const bearer = scene.subjects.findLastIndex((x) => x.relation?.kind !== "with");
    const previous = bearer >= 0 ? bearer : scene.subjects.length - 1;
    const last = scene.subjects.at(-1);
    const relation: Subject["relation"] =
      previous < 0
        ? null
        : pending.held
          ? { kind: "with", target: previous }
          : { kind: pending.relation ?? "beside", target: previous };
    // "a robot gardener", "jazz trumpet player": the second noun names the same body.
    if (last && pending.relation === null && !pending.held && m.start === lastEnd && !plural) {
      if (isPerson(last.art) && isPerson(art)) {
        last.traits.push(art);
        return;
      }
    }
    scene.subjects.push({
      art,
      word: token.word,
      count: Math.min(10, count),
      colours: pending.colours,
      size: pending.size,
      pose: pending.pose,
      traits: pending.traits,
      relation,
    });
    pending = fresh();
    const tool = get(TOOLS, token.word);
    if (tool) {
      const target = scene.subjects.length - 1;
      scene.subjects.push({
        art: tool,
        word: token.word,
        count: 1,
        colours: [],
        size: 1,
        pose: null,
        traits: [],
        relation: { kind: "with", target },
      });
    }
  };

  let lastEnd = -1;
  /** The setting came with a preposition ("in a forest"): later place names do not replace it. */
  let placedBy = false;
  for (let i = 0; i < tokens.length; ) {
    const t = tokens[i] as Token;
    if (t.word === ",") {
      flushLoose();
      pending.relation = null;
      negated = 0;
      i++;
      continue;
    }
    if (NEGATIONS.has(t.word) && !meaningAt(tokens, i)) {
      negated = 3;
      i++;
      continue;
    }
    const colour = get(COLOURS, t.word);
    const shade = get(COLOUR_SHADES, t.word);
    const nextColour = tokens[i + 1] ? get(COLOURS, (tokens[i + 1] as Token).word) : undefined;
    if (shade !== undefined && nextColour) {
      pending.colours.push(mix(nextColour, shade > 0 ? "#ffffff" : "#101020", Math.abs(shade)));
      i += 2;
      continue;
    }
    const m = meaningAt(tokens, i);
    if (colour && (!m || m.length === 1) && !(COLOUR_OR_NOUN.has(t.word) && !nounFollows(tokens, i + 1))) {
      pending.colours.push(colour);
      i++;
      continue;
    }
    const phraseRelation = relationAt(tokens, i);
    if (m && negated > 0 && (m.axis === "thing" || m.axis === "weather" || m.axis === "light")) {
      negated = 0;
      i += m.length;
      continue;
    }
    // A verb of posture beats a look of the same spelling ("a woman painting").
    const pose = get(POSES, t.word) ?? get(POSES, t.raw);
    if (
      pose &&
      (!m ||
        (m.length === 1 &&
          m.axis !== "thing" &&
          scene.subjects.length > 0 &&
          m.axis === "style" &&
          isPerson(scene.subjects.at(-1)?.art ?? "")))
    ) {
      const last = scene.subjects.at(-1);
      if (last && !last.pose) last.pose = t.raw === "flying" && !isPerson(last.art) ? "fly" : pose;
      else pending.pose = pose;
      if (t.raw === "watering" && last)
        scene.subjects.push({
          art: "wateringCan",
          word: t.raw,
          count: 1,
          colours: [],
          size: 1,
          pose: null,
          traits: [],
          relation: { kind: "with", target: scene.subjects.length - 1 },
        });
      else if (HOLDING.has(t.raw)) pending.held = t.raw !== "flying" || isPerson(last?.art ?? "");
      const rel = get(RELATIONS, t.word);
      if (rel) pending.relation = rel;
      i++;
      continue;
    }
    if (phraseRelation && !(m && m.length > phraseRelation.length)) {
      pending = { ...fresh(), relation: phraseRelation.kind, held: pending.held };
      i += phraseRelation.length;
      continue;
    }
    if (m) {
      const end = i + m.length;
      // "a vase of flowers" is one vase: the head of the phrase decides.
      const head = tokens.slice(i, end).findIndex((x) => x.word === "of" || x.word === "with");
      const token = tokens[head > 0 ? i + head - 1 : end - 1] as Token;
      switch (m.axis) {
        case "time":
          scene.time = m.value;
          break;
        case "weather":
          push(scene.weather, m.value);
          break;
        case "season":
          scene.season = m.value;
          break;
        case "light":
          push(scene.lights, m.value);
          break;
        case "tint":
          push(scene.tints, m.value);
          break;
        case "style":
          push(scene.styles, m.value);
          break;
        case "framing":
          push(scene.framing, m.value);
          break;
        case "setting":
          for (const w of tokens.slice(i, end)) push(scene.hints, w.word);
          if (
            !scene.setting ||
            (!placedBy &&
              pending.relation !== null &&
              pending.relation !== "with" &&
              !WATERS.has(scene.setting))
          ) {
            scene.setting = m.value;
            placedBy = pending.relation !== null;
          }
          if (pending.relation === "in" || pending.relation === "on") pending.relation = null;
          break;
        case "thing":
          addThing(m.value, token, { ...m, start: i });
          break;
      }
      if (m.also) scene.setting ??= m.also as SettingId;
      lastEnd = end;
      i = end;
      continue;
    }
    const size = get(SIZES, t.word);
    const number =
      get(NUMBERS, t.word) ?? (/^[0-9]{1,2}$/.test(t.word) ? Math.max(1, Number(t.word)) : undefined);
    if (number !== undefined) pending.count = isArticle(t.word) ? pending.count : number;
    else if (size !== undefined) pending.size = size;
    else if (TRAITS.has(t.word))
      pending.traits.push(
        t.word === "ancient" || t.word === "vintage" || t.word === "classic" ? "old" : t.word,
      );
    else if (!STOP_WORDS.has(t.word) && t.word.length > 1) push(scene.unknown, t.word);
    if (negated > 0) negated--;
    i++;
  }
  flushLoose();
  return scene;
}

const LANDMARKS = new Set(["egyptTemple", "lighthouse", "castle", "greekTemple", "house", "waterfall"]);

/** Places that keep the picture when wider country is named after them ("a lake in the mountains"). */
const WATERS: ReadonlySet<SettingId> = new Set(["lake", "river", "beach", "village"]);

const PERSON_ARTS = new Set(
  "person man woman boy girl child oldMan oldWoman gardener farmer chef king queen princess wizard witch knight monk samurai pirate musician dancer artist fisherman detective soldier doctor explorer robot astronaut".split(
    " ",
  ),
);

/** True for arts drawn with the human figure. */
export function isPerson(art: string): boolean {
  return PERSON_ARTS.has(art);
}

function relationAt(tokens: readonly Token[], i: number): { kind: Relation; length: number } | null {
  for (let n = 3; n >= 1; n--) {
    const words = tokens.slice(i, i + n);
    if (words.length < n) continue;
    const kind = get(RELATIONS, words.map((t) => t.word).join(" "));
    if (kind) return { kind, length: n };
  }
  return null;
}
