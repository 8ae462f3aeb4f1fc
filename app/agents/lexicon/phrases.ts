import type { Slot } from "../language/attribute-type.ts";
import { ATTRIBUTES } from "../language/attributes.ts";
import type { SubjectClass } from "./subject-type.ts";

/** Something that a candidate can add to its prompt. */
export interface Phrase {
  slot: Slot;
  /** Longest first. Never with a comma: a comma ends an addition. */
  forms: readonly [string, ...string[]];
}

const ofSlots = (...slots: Slot[]): Phrase[] =>
  ATTRIBUTES.filter((a) => slots.includes(a.slot)).map((a) => ({ slot: a.slot, forms: a.forms }));

const plain = (slot: Slot, texts: readonly string[]): Phrase[] =>
  texts.map((text) => ({ slot, forms: [text] }));

export const STYLES: readonly Phrase[] = ofSlots("style");

const PAINTED = plain("technique", [
  "with soft blended edges",
  "with bold confident strokes",
  "with luminous glazes",
  "with radiant warm touches",
  "with muted delicate glazes",
  "with lively colorful strokes",
]);
const DRAWN = plain("technique", [
  "with bold strong strokes",
  "with soft careful shading",
  "with a rough lively touch",
  "with dramatic shading",
  "with delicate muted shading",
  "with a dark vignette",
]);
const BUILT = plain("technique", [
  "with bold areas of vivid color",
  "with soft gentle gradations",
  "with crisp edges",
  "with muted subtle areas",
  "with a glowing middle",
  "with a white border",
]);
const FILMED = plain("technique", [
  "with shallow depth of field",
  "with natural reflections",
  "with soft natural tones",
  "with a dark vignette",
  "with dramatic side lighting",
  "with fine lifelike surfaces",
]);

const TECHNIQUES_BY_STYLE: Readonly<Record<string, readonly Phrase[]>> = {
  "style:watercolour": PAINTED,
  "style:oil": PAINTED,
  "style:impressionist": PAINTED,
  "style:pencil": DRAWN,
  "style:ink": DRAWN,
  "style:charcoal": DRAWN,
  "style:lineart": DRAWN,
  "style:comic": DRAWN,
  "style:ukiyoe": DRAWN,
  "style:photo": FILMED,
  "style:vintage": FILMED,
  "style:cinematic": FILMED,
  "style:cyberpunk": FILMED,
};

/** Ways to carry out a style; offered once the style itself is settled. */
export function techniquesFor(styleId: string): readonly Phrase[] {
  return TECHNIQUES_BY_STYLE[styleId] ?? BUILT;
}

export const TECHNIQUES: readonly Phrase[] = [...PAINTED, ...DRAWN, ...BUILT, ...FILMED];

export const LIGHTS: readonly Phrase[] = ofSlots("light", "time", "mood", "weather", "tone");

export const PLACES: readonly Phrase[] = plain("place", [
  "in a green meadow",
  "on a sandy beach",
  "in a quiet forest",
  "by a calm lake",
  "in a flower field",
  "in a snowy landscape",
  "in the mountains",
  "by the sea",
  "in a city at a street corner",
  "in a blooming garden",
  "in the desert",
  "in an old library",
]);

/** Settings that fit a prompt which already says where it is. */
export const BACKDROPS: readonly Phrase[] = plain("backdrop", [
  "with mountains in the background",
  "with a forest in the background",
  "with the sea in the background",
  "with a city skyline in the background",
  "with green hills in the background",
  "with a river winding past",
  "with a flower meadow around",
  "with a small village in the background",
  "with a calm lake in the background",
  "with desert dunes in the background",
  "with a snowy landscape beyond",
  "with a blooming garden around",
  "with a jungle in the background",
  "with a waterfall in the background",
]);

export const DETAILS: readonly Phrase[] = [
  ...ofSlots("finish").filter((p) => !p.forms[0].includes("simple")),
  ...plain("detail", [
    "with birds flying above",
    "with butterflies fluttering nearby",
    "with small flowers in the foreground",
    "with glowing lanterns hanging above",
    "with scattered autumn leaves",
    "with striking surface textures",
    "with tall grass in front",
    "with tiny sparkling lights nearby",
    "with glowing fireflies all around",
    "with strong shadows on the ground",
    "with drifting blossom petals",
    "with a crescent moon above",
    "with sparkling dew drops",
    "with a faint reflection below",
  ]),
];

/** Details and backdrops that would be absurd for a class of subjects. */
export const ABSURD: Readonly<Partial<Record<SubjectClass, RegExp>>> = {
  landscape: /lanterns|sparkling|dew|leaves|textures/u,
  sky: /lanterns|sparkling|dew|leaves|textures|grass|flowers|butterflies|shadows|petals|moon/u,
  boat: /grass|ground|butterflies|sparkling|dew|autumn|flower|garden|fireflies|petals|lanterns|desert/u,
  food: /birds|grass|fireflies|moon|sparkling|leaves|lanterns|shadows/u,
  "sea-animal":
    /birds|butterflies|flowers|lanterns|grass|sparkling|fireflies|leaves|petals|dew|moon|shadows/u,
  aircraft: /butterflies|flowers|lanterns|grass|sparkling|fireflies|leaves|petals|dew|shadows/u,
};

export const VIEWS: readonly Phrase[] = ofSlots("view");
export const PALETTES: readonly Phrase[] = ofSlots("palette", "contrast");
export const SEASONS: readonly Phrase[] = ofSlots("season", "weather", "time");

/** For subjects that no lexicon knows, abstract ones among them. */
export const RENDITIONS: readonly Phrase[] = plain("focus", [
  "shown as a vast empty landscape",
  "shown as a tiny world in a bottle",
  "shown as a glass sculpture",
  "shown as an intricate wood carving",
  "shown through a rainy window",
  "shown as a giant monument",
  "shown as swirling ribbons of color",
  "shown with one small glowing object",
  "shown as a lush overgrown place",
  "shown as a quiet empty room",
]);

/** Ways to retell a prompt that is a noun phrase. `%` is the prompt. Each names the view that it implies. */
export const FRAMES: readonly { frame: string; view: string | null }[] = [
  { frame: "A close-up view of %", view: "view:close" },
  { frame: "A wide shot of %", view: "view:wide" },
  { frame: "An aerial view of %", view: "view:above" },
  { frame: "A low angle view of %", view: "view:low" },
  { frame: "A panoramic view of %", view: "view:panorama" },
  { frame: "A centered composition of %", view: "view:centred" },
  { frame: "A carefully composed scene with %", view: null },
  { frame: "A memorable image of %", view: null },
  { frame: "A scene that shows %", view: null },
  { frame: "A storybook moment with %", view: null },
  { frame: "A striking depiction of %", view: null },
];

/** Ways to retell any prompt, whatever its grammar. */
export const RETELLINGS: readonly Phrase[] = [
  ...VIEWS,
  ...plain("focus", [
    "as the clear main subject",
    "filling most of the frame",
    "at a decisive moment",
    "well into the foreground",
    "standing out from the surroundings",
  ]),
];

/** Single words for prompts that have no room for a phrase. */
export const SINGLE_WORDS: readonly string[] = [
  ...new Set(
    ATTRIBUTES.filter((a) => a.slot !== "accent")
      .map((a) => a.forms[a.forms.length - 1] ?? "")
      .filter((word) => word !== "" && !word.includes(" ")),
  ),
];
