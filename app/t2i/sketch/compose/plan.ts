import { type Random, seedFrom } from "../../../domain/random.ts";
import type { Art } from "../art.ts";
import { findArt } from "../catalogue.ts";
import { isPerson } from "../parse/index.ts";
import type { Scene, SettingId, Subject } from "../scene.ts";

/** A subject with its drawing. */
export interface Actor {
  subject: Subject;
  art: Art;
  /** Stands on, rides or is held by another actor. */
  host: Actor | null;
  role: "free" | "on" | "held" | "behind" | "front" | "above" | "under";
}

/** Motifs for prompts that name no thing we know. */
const MOTIFS: readonly (readonly [SettingId, readonly string[]])[] = [
  ["tabletop", ["fruitBowl"]],
  ["tabletop", ["vase"]],
  ["abstract", []],
  ["mountains", ["oak"]],
  ["lake", ["rowboat"]],
  ["meadow", ["hotAirBalloon"]],
  ["abstract", []],
  ["desert", ["obelisk"]],
  ["sky", ["floatingIsland"]],
  ["abstract", ["icon:gem-stone"]],
];

/** What may stand in a place that the prompt leaves empty. */
const GUESTS: Partial<Record<SettingId, readonly string[]>> = {
  street: ["icon:bicycle", "car", "dog", "icon:tram", "icon:motor-scooter"],
  city: ["car", "icon:taxi", "icon:bus"],
  sea: ["sailboat", "boat", "ship", "sailboat"],
  lake: ["rowboat", "boat", "icon:swan", "sailboat"],
  river: ["bridge", "icon:deer", "rowboat"],
  beach: ["icon:beach-with-umbrella", "icon:crab", "palm", "sailboat"],
  desert: ["icon:camel", "cactus", "icon:camel", "tent"],
  space: ["astronaut", "icon:rocket", "icon:satellite", "icon:flying-saucer"],
  moon: ["astronaut", "icon:rocket", "robot"],
  garden: ["icon:fountain", "rabbit", "bush"],
  forest: ["icon:deer", "fox", "cabin", "rabbit", "wolf"],
  jungle: ["icon:parrot", "tiger", "icon:elephant", "waterfall"],
  snow: ["cabin", "icon:snowman", "icon:deer", "polarBear"],
  mountains: ["cabin", "icon:goat", "hotAirBalloon", "tent"],
  meadow: ["oak", "horse", "windmill", "icon:cow", "house"],
  flowers: ["windmill", "icon:butterfly", "oak"],
  village: ["icon:church", "windmill", "oak"],
  sky: ["hotAirBalloon", "icon:eagle", "floatingIsland", "icon:small-airplane"],
  living: ["sofa", "armchair", "piano", "sofa"],
  bedroom: ["bed"],
  library: ["armchair", "table", "armchair"],
  kitchen: ["table", "table", "chair"],
  hall: ["armchair", "icon:crown"],
  stage: ["piano", "piano", "icon:studio-microphone"],
  cave: ["dragon", "icon:bat", "lantern", "icon:gem-stone"],
  underwater: ["icon:turtle", "icon:tropical-fish", "icon:octopus", "icon:dolphin"],
  tabletop: ["fruitBowl", "vase", "cup"],
  studio: ["vase", "armchair"],
};

const guest = (id: string, art: Art, colours: string[]): Actor => ({
  subject: {
    art: id,
    word: "",
    count: 1,
    colours,
    size: art.kind === "furniture" || art.kind === "object" ? 1 : 0.74,
    pose: null,
    traits: [],
    relation: null,
  },
  art,
  host: null,
  role: "free",
});

function actorsOf(scene: Scene): Actor[] {
  const map = new Map<number, Actor>();
  const out: Actor[] = [];
  scene.subjects.slice(0, 7).forEach((subject, i) => {
    const art = findArt(subject.art);
    if (!art) return;
    const target = subject.relation ? (map.get(subject.relation.target) ?? null) : null;
    const actor: Actor = { subject, art, host: null, role: "free" };
    if (target && subject.relation) attach(actor, target, subject.relation.kind);
    map.set(i, actor);
    out.push(actor);
  });
  return out;
}

/** Postures that a seat does not change. */
const STAYS: ReadonlySet<string> = new Set(["stand", "sleep", "dance", "walk", "play", "lean"]);

const isBig = (a: Art) =>
  a.kind === "landmark" ||
  a.kind === "furniture" ||
  a.kind === "vehicle" ||
  a.kind === "boat" ||
  a.kind === "plant";

/** "cat on sofa": the sofa is named second, so it becomes the host of the cat. */
function attach(actor: Actor, target: Actor, kind: NonNullable<Subject["relation"]>["kind"]): void {
  const seat = actor.art.seat ?? (actor.art.kind === "object" ? { x: actor.art.w / 2, y: 4 } : undefined);
  switch (kind) {
    case "on":
    case "in":
    case "ride":
      if (seat && target.host === null && (actor.art.kind !== "landmark" || kind === "on")) {
        if (actor.art.kind === "landmark" && actor.subject.art !== "floatingIsland") {
          actor.role = "behind";
          return;
        }
        target.host = actor;
        target.role = "on";
        if (kind === "ride" && isPerson(target.subject.art)) target.subject.pose = "ride";
        else if (actor.art.kind === "creature" && isPerson(target.subject.art)) target.subject.pose = "ride";
        else if (
          isPerson(target.subject.art) &&
          actor.art.kind === "furniture" &&
          actor.subject.art !== "table"
        )
          target.subject.pose = STAYS.has(target.subject.pose ?? "") ? target.subject.pose : "sit";
        else if (actor.art.kind === "boat" && isPerson(target.subject.art)) target.subject.pose = "sit";
        return;
      }
      actor.role = isBig(actor.art) ? "behind" : "free";
      return;
    case "with":
      if (actor.art.kind === "furniture" && !actor.art.seat) actor.role = "behind";
      if (
        (target.art.hand || target.art.kind === "creature") &&
        !isBig(actor.art) &&
        actor.art.kind !== "creature" &&
        actor.art.kind !== "person" &&
        actor.subject.count <= 2 &&
        actor.art.metres < 1.2
      ) {
        actor.host = target;
        actor.role = "held";
        if (isPerson(target.subject.art) && target.subject.pose !== "ride" && target.subject.pose !== "sit")
          target.subject.pose = isInstrument(actor.subject.art) ? "play" : "hold";
      }
      return;
    case "under":
      actor.role = isBig(actor.art) ? "behind" : "above";
      return;
    case "behind":
      actor.role = "behind";
      return;
    case "front":
      actor.role = isBig(actor.art) ? "behind" : "front";
      return;
    case "above":
      target.role = target.art.kind === "person" ? target.role : "above";
      return;
    case "beside":
      if (actor.art.kind === "furniture" && !actor.art.seat) actor.role = "behind";
      return;
  }
}

export function isInstrument(art: string): boolean {
  return /trumpet|saxophone|violin|guitar|microphone|flute|drum|accordion/.test(art);
}

/** Setting and actors of a picture. What the prompt leaves open is decided by the stream. */
export function planScene(
  scene: Scene,
  rnd: Random,
): { setting: SettingId; actors: Actor[]; flavour: Set<string> } {
  const flavour = new Set<string>();
  const actors = actorsOf(scene);
  // "jazz trumpet player": an instrument in front of a musician belongs into the hands.
  for (const a of actors) if (a.subject.art === "dancer") a.subject.pose ??= "dance";
  const player = actors.find((a) => isPerson(a.subject.art));
  if (player) {
    for (const a of actors) {
      if (isInstrument(a.subject.art) && a.host === null && a !== player) {
        a.host = player;
        a.role = "held";
        player.subject.pose = "play";
      }
    }
  }
  let setting = scene.setting;
  const words = new Set(scene.subjects.map((s) => s.art));
  if (actors.length === 0 && setting === null) {
    const key = scene.unknown.join(" ");
    const motif = MOTIFS[seedFrom("motif", key || "still") % MOTIFS.length] as (typeof MOTIFS)[number];
    setting = scene.unknown.length === 0 ? rnd.pick(["meadow", "mountains", "lake"] as const) : motif[0];
    for (const id of scene.unknown.length === 0 ? [] : motif[1]) {
      const art = findArt(id);
      if (art) actors.push(guest(id, art, [...scene.looseColours]));
    }
  }
  if (setting === null && scene.styles.includes("cyberpunk")) setting = rnd.pick(["city", "street"] as const);
  if (setting === null && scene.styles.includes("minimalist") && actors[0]?.art.kind !== "landmark")
    setting = "studio";
  if (setting === null) {
    const order = [...actors].sort((a, b) => importance(b) - importance(a));
    const green = order.find(
      (a) => a.subject.traits.includes("gardener") || (a.art.kind === "plant" && a.role !== "held"),
    );
    const choices = order.find((a) => a.art.kind === "furniture" || a.art.kind === "boat")?.art.settings ??
      (green && order[0]?.art.kind === "person" ? (["garden", "flowers"] as const) : undefined) ??
      (order[0]?.host ?? order[0])?.art.settings ?? ["meadow"];
    setting =
      scene.season === "winter" && choices.includes("meadow")
        ? "snow"
        : rnd.next() < 0.6
          ? (choices[0] as SettingId)
          : rnd.pick(choices);
  }
  if (actors.length === 0 && !scene.styles.includes("minimalist") && rnd.next() < 0.8) {
    const guests = GUESTS[setting];
    const art = guests ? findArt(rnd.pick(guests)) : null;
    const id = guests?.find((g) => findArt(g) === art);
    if (art && id) actors.push(guest(id, art, [...scene.looseColours]));
  }
  if (["egyptTemple", "pyramid", "sphinx", "obelisk"].some((w) => words.has(w))) flavour.add("egypt");
  if (setting === "desert" && [...scene.hints, ...scene.unknown].some((w) => /egypt|pharaoh|nile/.test(w)))
    flavour.add("egypt");
  if (
    scene.subjects.some((s) => s.art === "car") &&
    (setting === "desert" || setting === "mountains" || setting === "city")
  )
    flavour.add("road");
  if (scene.unknown.some((w) => w === "road" || w === "highway")) flavour.add("road");
  for (const f of ["sunflower", "tulip", "poppy"])
    if (words.has(f) || scene.hints.includes(f)) flavour.add(f);
  for (const f of ["lavender", "mars", "tropical", "arctic"]) if (scene.hints.includes(f)) flavour.add(f);
  if (scene.hints.includes("martian")) flavour.add("mars");
  if (scene.hints.includes("rough") || scene.hints.includes("stormy")) flavour.add("rough");
  if (words.has("fireplace")) flavour.add("fireplace");
  if (actors.some((a) => a.art.floats)) flavour.add("boat");
  if (words.has("polarBear") || words.has("icon:penguin")) flavour.add("arctic");
  if (words.has("mirrorMoon")) flavour.add("own-moon");
  return { setting, actors, flavour };
}

/** What the picture is about ranks before what it stands on. */
export function importance(a: Actor): number {
  const base = {
    person: 6,
    creature: 6,
    flyer: 5,
    aquatic: 5,
    landmark: 5,
    vehicle: 5,
    boat: 5,
    object: 4,
    furniture: 3,
    plant: 3,
    celestial: 2,
    wall: 1,
  }[a.art.kind];
  return base + (a.role === "held" ? -4 : a.role === "behind" ? -1.5 : 0);
}
