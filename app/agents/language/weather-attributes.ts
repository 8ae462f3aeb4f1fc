import { type Attribute, attribute } from "./attribute-type.ts";

/** Weather, time of day and season. Wording follows what the embedded renderer shows visibly. */

const WEATHER: Attribute[] = [
  attribute(
    "weather:rain",
    "rain|rainy|raining",
    "rainfall|drizzle|downpour|wet|wetter|rainier",
    ["in heavy rain", "rain", "rainy"],
    "weather:clear",
  ),
  attribute(
    "weather:snow",
    "falling snow|snowy|snowing|snow",
    "snowfall|snowier|blizzard|snowflakes",
    ["in falling snow", "snow", "snowy"],
    "weather:clear",
    ["season:summer"],
  ),
  attribute(
    "weather:fog",
    "fog|foggy|mist|misty",
    "haze|hazy|foggier|mistier|smok[ey]y?",
    ["with fog drifting through", "fog", "foggy"],
    "weather:clear",
  ),
  attribute(
    "weather:storm",
    "storm|stormy|lightning",
    "thunder|thunderstorm|storms|stormier|tempest",
    ["in a storm with lightning", "storm", "stormy"],
    "weather:clear",
  ),
  attribute(
    "weather:clouds",
    "(?:dramatic )?clouds|cloudy|overcast",
    "cloudier|cloud",
    ["under dramatic clouds", "dramatic clouds", "cloudy"],
    "weather:clear",
  ),
  attribute(
    "weather:clear",
    "clear (?:blue )?sky|cloudless|sunny",
    "blue sky|sunshine|sunnier|clear weather|good weather|clear skies|sun|sunlight|sunlit",
    ["under a clear blue sky", "clear sky", "sunny"],
    "weather:clouds",
    ["time:night", "light:moon", "light:stars", "light:aurora"],
  ),
  attribute("weather:wind", "strong wind|windy|windswept", "wind|windier|breez[ey]y?", [
    "in strong wind",
    "strong wind",
    "windy",
  ]),
  attribute(
    "weather:rainbow",
    "rainbow",
    "rainbows",
    ["with a rainbow above", "rainbow", "rainbow-lit"],
    null,
    ["time:night", "time:blue", "mood:gloomy", "mood:scary"],
  ),
];

const DAYTIME = ["light:moon", "light:stars", "light:aurora", "light:candle"];

const TIME: Attribute[] = [
  attribute(
    "time:dawn",
    "(?:at|in the) dawn|dawn|sunrise",
    "early morning|morning|daybreak|in the morning",
    ["at dawn", "dawn"],
    null,
    DAYTIME,
  ),
  attribute(
    "time:day",
    "at midday|midday|daylight",
    "daytime|day|day time|noon|afternoon|during the day|at noon",
    ["at midday", "midday"],
    "time:night",
    DAYTIME,
  ),
  attribute(
    "time:golden",
    "golden hour",
    "late afternoon",
    ["in the golden hour", "golden hour", "golden-hour"],
    null,
    DAYTIME,
  ),
  attribute(
    "time:sunset",
    "at sunset|sunset",
    "sunsets?|evening|sundown|dusk|setting sun|in the evening",
    ["at sunset", "sunset"],
    null,
    DAYTIME,
  ),
  attribute(
    "time:blue",
    "blue hour|twilight",
    "at twilight|nightfall",
    ["at blue hour", "blue hour", "twilight"],
    null,
    ["weather:clear"],
  ),
  attribute(
    "time:night",
    "at night|night|midnight|night-time",
    "nighttime|night time|nocturnal|in the dark|during the night|nights",
    ["at night", "night", "night-time"],
    "time:day",
    ["tone:bright", "weather:clear", "light:rays", "light:golden"],
  ),
];

const SEASON: Attribute[] = [
  attribute(
    "season:autumn",
    "autumn(?:al)?",
    "fall leaves|in (?:the )?fall|fall colou?rs|autumn leaves|october",
    ["in autumn", "autumn", "autumnal"],
    null,
    ["weather:snow"],
  ),
  attribute(
    "season:winter",
    "winter|wintry",
    "frost(?:y)?|icy|ice|frozen|christmas",
    ["in winter", "winter", "wintry"],
    "season:summer",
  ),
  attribute(
    "season:spring",
    "spring(?: with blossom)?|blossom",
    "springtime|blossoms|cherry blossoms?|blooming",
    ["in spring with blossom", "spring blossom", "springtime"],
    null,
    ["weather:snow"],
  ),
  attribute(
    "season:summer",
    "summer(?:y|time)?",
    "summery",
    ["in summer", "summer", "summery"],
    "season:winter",
    ["weather:snow"],
  ),
];

export const WEATHER_ATTRIBUTES: readonly Attribute[] = [...WEATHER, ...TIME, ...SEASON];
