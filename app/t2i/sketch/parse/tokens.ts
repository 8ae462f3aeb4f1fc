const PLURALS: Readonly<Record<string, string>> = {
  people: "people",
  children: "child",
  men: "man",
  women: "woman",
  mice: "mouse",
  geese: "goose",
  wolves: "wolf",
  leaves: "leaf",
  knives: "knife",
  feet: "foot",
  teeth: "tooth",
  cacti: "cactus",
  oxen: "ox",
  fireflies: "firefly",
  butterflies: "butterfly",
  puppies: "puppy",
  ponies: "pony",
  bunnies: "bunny",
  kitties: "kitty",
  lilies: "lily",
  daisies: "daisy",
  poppies: "poppy",
  fairies: "fairy",
  cities: "city",
  cherries: "cherry",
  berries: "berry",
  candies: "candy",
  shelves: "shelf",
  elves: "elf",
  dwarves: "dwarf",
  loaves: "loaf",
  lighthouses: "lighthouse",
  houses: "house",
  horses: "horse",
  roses: "rose",
  vases: "vase",
  buses: "bus",
  foxes: "fox",
  boxes: "box",
  glasses: "glasses",
  clothes: "clothes",
  noodles: "noodle",
  bridges: "bridge",
  branches: "branch",
  benches: "bench",
  beaches: "beach",
  churches: "church",
  brushes: "brush",
  bushes: "bush",
  watches: "watch",
  witches: "witch",
  torches: "torch",
  potatoes: "potato",
  tomatoes: "tomato",
  heroes: "hero",
  volcanoes: "volcano",
  waves: "wave",
  dunes: "dune",
  sandals: "sandal",
  clues: "clue",
};
const KEEP = new Set([
  "dress",
  "mars",
  "glass",
  "grass",
  "moss",
  "chess",
  "bus",
  "cactus",
  "octopus",
  "lotus",
  "venus",
  "canvas",
  "paris",
  "dusk",
  "gas",
  "christmas",
  "iris",
  "always",
  "his",
  "its",
  "this",
  "is",
  "was",
  "as",
  "us",
  "has",
  "dots",
  "focus",
  "across",
  "species",
  "atlas",
  "compass",
  "princess",
  "mess",
  "cross",
  "boss",
  "less",
  "toss",
  "colourless",
  "cloudless",
  "leafless",
  "fortress",
  "endless",
  "oasis",
  "news",
  "circus",
  "walrus",
  "hibiscus",
  "platypus",
  "santa claus",
  "claus",
  "alps",
  "woods",
  "glasses",
  "clothes",
  "lens",
  "triceratops",
  "analogous",
  "dangerous",
  "gorgeous",
  "luminous",
  "mysterious",
  "ominous",
  "majestuous",
  "colossus",
  "pegasus",
  "crocus",
  "famous",
  "citrus",
  "virus",
]);

const SPELLING: Readonly<Record<string, string>> = {
  gray: "grey",
  grayscale: "greyscale",
  center: "centre",
  centered: "centred",
  colorful: "colourful",
  jewelry: "jewel",
  cozy: "cosy",
  mountaintop: "mountain",
  theater: "theatre",
  birdseye: "bird s eye",
  closeup: "closeup",
  aquarell: "aquarelle",
  technicolor: "vivid",
};

/** British spelling and singular form of one lower-case word. */
export function normalWord(word: string): string {
  let w = (Object.hasOwn(SPELLING, word) ? SPELLING[word] : undefined) ?? word.replace(/color/g, "colour");
  const irregular = Object.hasOwn(PLURALS, w) ? PLURALS[w] : undefined;
  if (irregular) return irregular;
  if (w.length > 3 && w.endsWith("s") && !w.endsWith("ss") && !w.endsWith("ous") && !KEEP.has(w)) {
    if (w.endsWith("ies") && w.length > 5) w = `${w.slice(0, -3)}y`;
    else if (/(ches|shes|xes|sses)$/.test(w)) w = w.slice(0, -2);
    else w = w.slice(0, -1);
  }
  return w;
}

export interface Token {
  raw: string;
  word: string;
  /** The raw form is a plural of the word. */
  plural: boolean;
}

/** Longest prompt that is looked at. */
const MAX_TOKENS = 120;

/** Splits any text into words; a comma or full stop becomes the token ",". */
export function tokenise(prompt: string): Token[] {
  const out: Token[] = [];
  const text = prompt
    .slice(0, 4000)
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "");
  for (const m of text.matchAll(/[a-z0-9]+|[,.;:!?]/g)) {
    const raw = m[0];
    if (/^[,.;:!?]$/.test(raw)) {
      out.push({ raw: ",", word: ",", plural: false });
    } else {
      const word = normalWord(raw);
      for (const part of word.split(" "))
        out.push({
          raw,
          word: part,
          plural: raw.endsWith("s") && word !== raw && normalWord(raw) !== raw.replace(/color/g, "colour"),
        });
    }
    if (out.length >= MAX_TOKENS) break;
  }
  return out;
}

/** A phrase of a lexicon in the normal form of tokens. */
export function normalPhrase(phrase: string): string {
  return phrase
    .split(" ")
    .map((w) => normalWord(w.toLowerCase()))
    .join(" ");
}
