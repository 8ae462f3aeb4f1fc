/** What a prompt means to the renderer. Pure data: no pixels, no chance. */

export type TimeOfDay = "dawn" | "day" | "golden" | "sunset" | "blue" | "night";
export type Weather = "storm" | "rain" | "fog" | "snow" | "cloudy" | "clear" | "wind" | "rainbow";
export type Season = "spring" | "summer" | "autumn" | "winter";
export type Light =
  | "dramatic"
  | "golden"
  | "moon"
  | "candle"
  | "soft"
  | "backlit"
  | "rays"
  | "mist"
  | "gloomy"
  | "cheerful"
  | "mystery"
  | "glow"
  | "aurora"
  | "stars";
export type Tint =
  | "vivid"
  | "pastel"
  | "mono"
  | "warm"
  | "cool"
  | "muted"
  | "neon"
  | "dark"
  | "bright"
  | "contrast"
  | "softcontrast"
  | "earth"
  | "blue"
  | "gold"
  | "purpleteal"
  | "green"
  | "red"
  | "pink";
export type Style =
  | "watercolour"
  | "oil"
  | "pencil"
  | "pixel"
  | "stained"
  | "lowpoly"
  | "comic"
  | "popart"
  | "impressionist"
  | "ukiyoe"
  | "ink"
  | "charcoal"
  | "lineart"
  | "papercut"
  | "mosaic"
  | "pointillism"
  | "vintage"
  | "cyberpunk"
  | "artdeco"
  | "minimalist"
  | "cinematic"
  | "photo"
  | "blueprint";
export type Framing =
  | "close"
  | "wide"
  | "aerial"
  | "low"
  | "centred"
  | "thirds"
  | "symmetrical"
  | "portrait"
  | "panoramic"
  | "leaves"
  | "reflection"
  | "tilted"
  | "vignette"
  | "frame";
export type SettingId =
  | "desert"
  | "sea"
  | "beach"
  | "forest"
  | "mountains"
  | "city"
  | "street"
  | "living"
  | "kitchen"
  | "library"
  | "bedroom"
  | "hall"
  | "tabletop"
  | "space"
  | "moon"
  | "underwater"
  | "garden"
  | "flowers"
  | "meadow"
  | "snow"
  | "lake"
  | "river"
  | "jungle"
  | "stage"
  | "sky"
  | "cave"
  | "studio"
  | "village"
  | "abstract";
export type Pose =
  | "stand"
  | "sit"
  | "sleep"
  | "walk"
  | "fly"
  | "ride"
  | "hold"
  | "play"
  | "dance"
  | "swim"
  | "lean";
export type Relation = "on" | "under" | "beside" | "front" | "behind" | "above" | "with" | "ride" | "in";

export interface Subject {
  /** Id in the art catalogue, or `icon:<name>` of the icon set. */
  art: string;
  /** The prompt's own word, kept for tests and for hash-free debugging only; never drawn. */
  word: string;
  count: number;
  /** Colour words in front of the noun, as hex values; the first one dominates. */
  colours: string[];
  /** Relative size: 1 is natural. */
  size: number;
  pose: Pose | null;
  traits: string[];
  relation: { kind: Relation; target: number } | null;
}

export interface Scene {
  subjects: Subject[];
  setting: SettingId | null;
  time: TimeOfDay | null;
  weather: Weather[];
  season: Season | null;
  lights: Light[];
  tints: Tint[];
  styles: Style[];
  framing: Framing[];
  /** Colour words that belong to no noun: they tint the whole picture. */
  looseColours: string[];
  /** Words of the setting's phrase: they flavour it (which flowers, which desert). */
  hints: string[];
  /** Words that no lexicon knows. They pick a motif, they are never printed. */
  unknown: string[];
}
