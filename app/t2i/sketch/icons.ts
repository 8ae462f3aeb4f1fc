import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { z } from "zod";
import type { Art, ArtKind } from "./art.ts";
import { fromHsl, hslOf, luma, shift } from "./colour.ts";
import { ICON_KINDS, ICON_STOP } from "./lexicon/things.ts";
import { NUMBERS, POSES, RELATIONS, SIZES, STOP_WORDS } from "./lexicon/words.ts";
import { normalPhrase } from "./parse/tokens.ts";
import type { SettingId } from "./scene.ts";

/** Colour icons of the Fluent Emoji flat set (MIT), read once on first use. */
interface IconSet {
  body: Map<string, string>;
  byPhrase: Map<string, string>;
  kind: Map<string, ArtKind>;
}

interface IconFile {
  icons: Record<string, { body?: unknown }>;
}
const categorySchema = z.object({ categories: z.record(z.string(), z.array(z.string())) });

const CATEGORIES: Record<string, ArtKind> = {
  "Animals & Nature": "creature",
  "Food & Drink": "object",
  Objects: "object",
  Activities: "object",
  "Travel & Places": "object",
};

let loaded: IconSet | null = null;

function load(): IconSet {
  const require = createRequire(import.meta.url);
  const read = (name: string): unknown =>
    JSON.parse(readFileSync(require.resolve(`@iconify-json/fluent-emoji-flat/${name}`), "utf8"));
  const { categories } = categorySchema.parse(read("metadata.json"));
  // The icon file is 9 MB: checked at its top only, icon by icon when used.
  const icons = (read("icons.json") as IconFile).icons;
  const set: IconSet = { body: new Map(), byPhrase: new Map(), kind: new Map() };
  const people = new Set(categories["People & Body"] ?? []);
  const taken = (w: string) =>
    Object.hasOwn(NUMBERS, w) ||
    Object.hasOwn(POSES, w) ||
    Object.hasOwn(RELATIONS, w) ||
    Object.hasOwn(SIZES, w) ||
    STOP_WORDS.has(w);
  const add = (name: string, kind: ArtKind, list: boolean) => {
    const body = icons[name]?.body;
    if (typeof body !== "string") return;
    set.body.set(name, body);
    if (!set.kind.has(name)) set.kind.set(name, kind);
    const phrase = normalPhrase(name.replaceAll("-", " "));
    if (list && !ICON_STOP.has(phrase) && !taken(phrase) && !set.byPhrase.has(phrase))
      set.byPhrase.set(phrase, name);
  };
  for (const [kind, names] of Object.entries(ICON_KINDS))
    for (const name of names.split(" ")) add(name, kind as ArtKind, true);
  for (const [category, kind] of Object.entries(CATEGORIES)) {
    for (const name of categories[category] ?? [])
      if (!people.has(name) && !/button|arrow|oclock|thirty|symbol|^keycap|moon|-face$/.test(name))
        add(name, kind, true);
  }
  for (const name of [
    "ghost",
    "alien",
    "robot",
    "skull",
    "goblin",
    "ogre",
    "ninja",
    "santa-claus",
    "heart-suit",
    "troll",
    "woman-dancing",
    "person-surfing",
    "skier",
    "woman-merpeople",
    "woman-fairy",
    "woman-elf",
    "man-vampire",
    "man-genie",
    "superhero",
  ])
    add(name, name === "heart-suit" || name === "skull" ? "object" : "creature", true);
  return set;
}

const icons = (): IconSet => {
  loaded ??= load();
  return loaded;
};

/** The icon whose name is this phrase (normal form), if any. */
export function iconForPhrase(phrase: string): string | null {
  return icons().byPhrase.get(phrase) ?? null;
}

const KIND_SETTINGS: Partial<Record<ArtKind, readonly SettingId[]>> = {
  creature: ["meadow", "forest", "garden"],
  aquatic: ["underwater"],
  flyer: ["sky", "meadow", "mountains"],
  landmark: ["meadow", "mountains"],
  vehicle: ["street", "meadow", "city"],
  plant: ["garden", "meadow"],
  boat: ["sea", "lake"],
  object: ["tabletop"],
};

const KIND_METRES: Partial<Record<ArtKind, number>> = {
  creature: 1,
  aquatic: 1,
  flyer: 0.5,
  landmark: 12,
  vehicle: 1.8,
  plant: 0.8,
  boat: 4,
  object: 0.3,
};

const METRES: Record<string, number> = {
  elephant: 3,
  giraffe: 4.5,
  sauropod: 8,
  "t-rex": 5,
  whale: 6,
  "spouting-whale": 6,
  butterfly: 0.12,
  honeybee: 0.08,
  snail: 0.1,
  bug: 0.1,
  "lady-beetle": 0.06,
  chipmunk: 0.25,
  mouse: 0.15,
  hedgehog: 0.25,
  volcano: 200,
  "mount-fuji": 300,
  airplane: 10,
  rocket: 20,
  "flying-saucer": 6,
  bird: 0.25,
  owl: 0.4,
  eagle: 0.7,
  fireworks: 30,
  "ferris-wheel": 30,
  "tokyo-tower": 100,
  "statue-of-liberty": 30,
  camel: 2.2,
  "two-hump-camel": 2.2,
  cow: 1.5,
  deer: 1.5,
  moose: 2,
  penguin: 0.7,
  fire: 0.8,
  shark: 2,
  octopus: 1,
  tulip: 0.5,
  fountain: 3,
};

/** Recolours the main hue of an icon; near-black and near-white details stay. */
function recolour(body: string, target: string): string {
  const [th, ts, tl] = hslOf(target);
  const found = [...body.matchAll(/fill="(#[0-9a-f]{3,6})"/gi)].map((m) => m[1] as string);
  const main =
    found.find((c) => hslOf(c)[1] > 0.25 && luma(c) > 0.16) ?? found.find((c) => luma(c) > 0.3) ?? "#888888";
  const [mh, , ml] = hslOf(main);
  return body.replace(/#[0-9a-f]{3,6}\b/gi, (c) => {
    const [h, s, l] = hslOf(c);
    if (luma(c) < 0.14) return c;
    const distance = Math.min(Math.abs(h - mh), 360 - Math.abs(h - mh));
    if (s > 0.2 && distance > 50 && hslOf(main)[1] > 0.2) return c;
    return fromHsl(th, ts, Math.min(0.97, Math.max(0.1, tl + (l - ml) * 0.7)));
  });
}

const cache = new Map<string, Art>();

/** The drawing of an icon, toned by the light of the scene. */
export function iconArt(name: string): Art | null {
  const known = cache.get(name);
  if (known) return known;
  const body = icons().body.get(name);
  if (!body) return null;
  const kind = icons().kind.get(name) ?? "object";
  const art: Art = {
    kind,
    w: 30,
    h: 30,
    metres: METRES[name] ?? KIND_METRES[kind] ?? 0.5,
    settings: /^(rocket|flying-saucer|satellite|comet)$/.test(name)
      ? ["space", "sky"]
      : (KIND_SETTINGS[kind] ?? ["tabletop"]),
    seat: { x: 15, y: 8 },
    draw(pen, o) {
      const painted = o.colours[0] ? recolour(body, o.colours[0]) : body;
      const toned = painted.replace(/#[0-9a-f]{6}\b|#[0-9a-f]{3}\b/gi, (c) => pen.tone(shift(c, 0, -0.1, 0)));
      return `<g transform="translate(-1 -1)">${toned}</g>`;
    },
  };
  cache.set(name, art);
  return art;
}
