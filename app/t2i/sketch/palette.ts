import type { Random } from "../../domain/random.ts";
import { mix, multiply, shift } from "./colour.ts";
import type { Scene, Season, TimeOfDay } from "./scene.ts";

/** The light and the natural colours of one picture. */
export interface Palette {
  time: TimeOfDay;
  season: Season;
  /** Zenith, middle, horizon. */
  sky: readonly [string, string, string];
  /** Colour of the light; surfaces are multiplied by it. */
  light: string;
  /** What far things fade into. */
  haze: string;
  cloud: string;
  cloudShade: string;
  grass: string;
  foliage: string;
  sand: string;
  rock: string;
  water: string;
  /** Windows and lamps are lit. */
  lit: boolean;
  dark: boolean;
  accent: string;
}

type Sky = readonly [string, string, string];

const SKIES: Record<TimeOfDay, readonly Sky[]> = {
  dawn: [
    ["#6f8cc0", "#e9bcb6", "#ffe3bd"],
    ["#8aa2d2", "#f4c7c3", "#ffecd2"],
    ["#5f83b3", "#dcb0b8", "#fcd7a6"],
    ["#7f93bd", "#f0b59f", "#ffdca0"],
  ],
  day: [
    ["#3f8fdc", "#93c9ef", "#e2f2f5"],
    ["#2f7fcc", "#7fbde9", "#d5ecf2"],
    ["#57a9d8", "#aedaea", "#f3f4e4"],
    ["#4a9bd0", "#9fd3e6", "#fbeed6"],
  ],
  golden: [
    ["#6f9cc8", "#f0cf97", "#fde5ac"],
    ["#88a9c4", "#f6c880", "#ffdf98"],
    ["#a58fa8", "#f2b878", "#ffd78c"],
  ],
  sunset: [
    ["#3f3f80", "#d9647c", "#fdb469"],
    ["#56306f", "#e3665b", "#fcc25d"],
    ["#2e4b80", "#e07c60", "#f8c67b"],
    ["#6a3a72", "#ee7f6a", "#ffd08a"],
  ],
  blue: [
    ["#142a60", "#3c60a4", "#a9b7da"],
    ["#1b2556", "#4d5ea8", "#d4a9c0"],
    ["#0f2f5c", "#3a6c9f", "#9cc3cf"],
  ],
  night: [
    ["#070d28", "#132552", "#2a4a80"],
    ["#0a0b2c", "#20205c", "#474388"],
    ["#04131f", "#0e3348", "#2c5d6c"],
    ["#0b0a1f", "#251c48", "#5a3d70"],
  ],
};

const LIGHTS: Record<TimeOfDay, string> = {
  dawn: "#ffe9e0",
  day: "#ffffff",
  golden: "#ffe8c0",
  sunset: "#f6c6a6",
  blue: "#93a8dc",
  night: "#7c8ec6",
};

const GRASS: Record<Season, readonly string[]> = {
  spring: ["#8fbf5a", "#9cc65f", "#84b96a"],
  summer: ["#6fa848", "#7fae4a", "#62a05a"],
  autumn: ["#c49a4a", "#b98f45", "#a8974f"],
  winter: ["#e6edf2", "#dfe8f0", "#edf1f3"],
};

const FOLIAGE: Record<Season, readonly string[]> = {
  spring: ["#8cc152", "#f2b6c6", "#79b35a"],
  summer: ["#3f8a48", "#4c9650", "#2f7d5a"],
  autumn: ["#d9822b", "#c9502c", "#e2a52e"],
  winter: ["#7f98a0", "#8ea6ad", "#6d8a8c"],
};

const ACCENTS = ["#d9583f", "#e0a030", "#2f8f8a", "#4a6fb5", "#a8559a", "#7a9a3c"] as const;

function timeOf(scene: Scene, rnd: Random): TimeOfDay {
  if (scene.time) return scene.time;
  const has = (l: Scene["lights"][number]) => scene.lights.includes(l);
  if (has("moon") || has("stars") || has("aurora")) return "night";
  if (has("candle")) return "night";
  if (has("golden")) return "golden";
  if (has("backlit")) return "sunset";
  if (scene.styles.includes("cyberpunk") || scene.tints.includes("neon")) return "night";
  if (scene.tints.includes("dark") || has("mystery")) return rnd.pick(["blue", "night"]);
  if (
    has("gloomy") ||
    scene.weather.includes("fog") ||
    scene.weather.includes("storm") ||
    scene.weather.includes("snow")
  )
    return "day";
  return rnd.pick(["day", "day", "day", "golden", "dawn"] as const);
}

function weathered(sky: Sky, scene: Scene, time: TimeOfDay): Sky {
  const night = time === "night" || time === "blue";
  let out = sky;
  const towards = (t: Sky, k: number) => {
    out = [mix(out[0], t[0], k), mix(out[1], t[1], k), mix(out[2], t[2], k)];
  };
  if (scene.weather.includes("storm")) {
    towards(
      night ? ["#090e1b", "#1b2838", "#43586b"] : ["#2b3541", "#56646f", "#a3afae"],
      night ? 0.6 : 0.72,
    );
  } else if (scene.weather.includes("rain")) {
    towards(night ? ["#101a30", "#2c4064", "#6a7f9f"] : ["#5d6c7a", "#8c9aa5", "#c2cacb"], 0.7);
  } else if (scene.weather.includes("cloudy") || scene.lights.includes("gloomy")) {
    towards(night ? ["#101728", "#29354a", "#4a5a70"] : ["#6a7c8f", "#a0b0bb", "#dcdcd4"], 0.55);
  } else if (scene.weather.includes("snow")) {
    towards(night ? ["#18223c", "#3b4b70", "#7485a6"] : ["#9fb2c6", "#c6d3df", "#eef1f3"], 0.6);
  } else if (scene.weather.includes("fog") || scene.lights.includes("mist")) {
    towards(night ? ["#1c2740", "#3f4f6a", "#7586a0"] : ["#aab8c2", "#cfd7da", "#eceae4"], 0.55);
  }
  if (scene.lights.includes("dramatic") && !night) towards(["#2c3d66", "#a66a72", "#ffc77d"], 0.35);
  return out;
}

/** Chooses light and natural colours for a scene. The stream decides among siblings of one mood. */
export function paletteFor(scene: Scene, rnd: Random): Palette {
  const time = timeOf(scene, rnd);
  const season: Season =
    scene.season ?? (scene.setting === "snow" || scene.weather.includes("snow") ? "winter" : "summer");
  const hue = (rnd.next() - 0.5) * 14;
  const base = rnd.pick(SKIES[time]).map((c) => shift(c, hue)) as unknown as Sky;
  const sky = weathered(base, scene, time);
  let light = LIGHTS[time];
  const dim = scene.weather.includes("storm") || scene.weather.includes("rain");
  if (dim) light = multiply(light, "#c3cbd6");
  if (scene.lights.includes("gloomy")) light = multiply(light, "#c6c9d2");
  if (scene.lights.includes("moon")) light = multiply(light, "#c9d6ff");
  const dark = time === "night" || time === "blue" || (dim && time === "sunset");
  const cloudBase = dark ? mix(sky[1], "#c8d2ee", 0.28) : mix(sky[2], "#ffffff", dim ? 0.1 : 0.72);
  return {
    time,
    season,
    sky,
    light,
    haze: mix(sky[2], sky[1], 0.25),
    cloud: cloudBase,
    cloudShade: mix(cloudBase, sky[0], 0.4),
    grass: shift(rnd.pick(GRASS[season]), hue * 0.5),
    foliage: shift(season === "spring" ? rnd.pick(FOLIAGE.spring) : rnd.pick(FOLIAGE[season]), hue * 0.5),
    sand: shift(rnd.pick(["#e8c68a", "#e3b878", "#efd09c", "#dfae72"]), hue * 0.4),
    rock: shift(rnd.pick(["#8d8780", "#7f7c86", "#978b7c"]), hue),
    water: mix(shift(rnd.pick(["#2f86a8", "#2a7ab0", "#3a95a0", "#2d6f9c"]), hue), sky[1], 0.32),
    lit: dark || time === "sunset" || scene.lights.includes("candle") || dim,
    dark,
    accent: rnd.pick(ACCENTS),
  };
}
