import { type Attribute, attribute } from "./attribute-type.ts";

/** Colour, tone, finish and style. Wording follows what the embedded renderer shows visibly. */

const COLOUR = "colou?rs?";

const PALETTE: Attribute[] = [
  attribute(
    "palette:vivid",
    `vivid|vibrant|colou?rful|saturated|rich ${COLOUR}|bold ${COLOUR}`,
    `vividly|vibrance|saturation|colou?rfull?ness|more colou?rfully?|(?:brighter|bright|bolder|richer|stronger|deeper|livelier|intense|popping) ${COLOUR}|${COLOUR} pop|colou?ring|${COLOUR}|colou?red`,
    ["in vivid saturated colors", "vivid colors", "vivid"],
    "palette:muted",
    ["tone:dark", "mood:sad"],
  ),
  attribute(
    "palette:muted",
    `muted|desaturated|subdued|faded|subtle ${COLOUR}`,
    `(?:softer|soft|duller|paler|pale|quieter|calmer|natural) ${COLOUR}|tone(?:d)? down|subtler`,
    ["in muted subtle colors", "muted colors", "muted"],
    "palette:vivid",
  ),
  attribute(
    "palette:mono",
    "black[- ]and[- ]white|monochrome|monochromatic|gr[ae]yscale",
    "b ?& ?w|bw|noir",
    ["in black and white", "monochrome"],
    "palette:vivid",
    ["slot:accent"],
  ),
  attribute(
    "palette:pastel",
    "pastels?",
    `pastel ${COLOUR}|candy ${COLOUR}`,
    ["in pastel colors", "pastel"],
    "palette:vivid",
  ),
  attribute(
    "palette:warm",
    `warm (?:${COLOUR}|tones?|golden tones?|palette)|warm golden tones`,
    "warm|warmer|warmth|(?:warmer|hot) (?:colou?rs?|tones?|palette|light|lighting|shades)",
    ["in warm golden tones", "warm colors", "warm"],
    "palette:cool",
  ),
  attribute(
    "palette:cool",
    `cool (?:${COLOUR}|tones?|blue tones?|palette)`,
    "cool|cooler|cold|colder|(?:cooler|colder|cold) (?:colou?rs?|tones?|palette|light|lighting|shades)",
    ["in cool blue tones", "cool colors", "cool"],
    "palette:warm",
  ),
  attribute(
    "palette:neon",
    `neon(?: ${COLOUR})?|fluorescent`,
    "neons?|neon lights?",
    ["in glowing neon colors", "neon colors", "neon"],
    "palette:muted",
  ),
  attribute(
    "palette:earth",
    "earth tones?|earthy",
    "earth colou?rs?|earthier",
    ["in earth tones", "earthy"],
    "palette:vivid",
  ),
];

const ACCENT_NAMES =
  "red orange yellow green blue purple pink brown white black grey turquoise teal violet gold silver".split(
    " ",
  );

/** "more blue", "make it red": a colour that the picture should lean to. */
const ACCENTS: Attribute[] = ACCENT_NAMES.map((name) => {
  const word = name === "grey" ? "gr[ae]y" : name;
  const bent = `${word}(?:der|er|ish|dish)?`;
  return attribute(
    `accent:${name}`,
    `shades of ${word}|${word} tones?`,
    `${bent}(?: (?:colou?rs?|tones?|hues?|tints?|shades?|palette))?|shades? of ${word}|${name.replace(/e$/u, "")}(?:er|ish)`,
    [`in shades of ${name}`, `${name} tones`, name],
    null,
    ["palette:mono"],
  );
});

const TONE: Attribute[] = [
  attribute(
    "tone:bright",
    "bright(?:ly)?(?: clear)? light|bright tones?|brightly lit|bright",
    "brighter|brightness|brighten|lighter|lighten|well[- ]lit|more light|light|lighting|lights|luminous|sunnier",
    ["in bright clear light", "bright light", "bright"],
    "tone:dark",
    [
      "time:night",
      "time:blue",
      "light:candle",
      "light:moon",
      "light:soft",
      "weather:storm",
      "weather:fog",
      "mood:gloomy",
      "mood:scary",
    ],
  ),
  attribute(
    "tone:dark",
    "dark(?:,)?(?: dramatic)? tones?|dark light|dark tones?|shadowy|dimly lit|dark",
    "darker|darkness|darken|dim|dimmer|low[- ]light|low key|shadows|shadowed|gloomier",
    ["in dark shadowy tones", "dark tones", "dark"],
    "tone:bright",
    ["mood:happy", "palette:pastel"],
  ),
  attribute(
    "contrast:high",
    "(?:high|strong) contrast",
    "contrast|contrasts|contrasty|punchier|punchy|stark",
    ["with high contrast", "high contrast", "contrast-rich"],
    "contrast:low",
  ),
  attribute(
    "contrast:low",
    "(?:low|soft) contrast|flat light",
    "softer contrast",
    ["with low contrast", "low contrast", "low-contrast"],
    "contrast:high",
  ),
];

const FINISH: Attribute[] = [
  attribute(
    "finish:detailed",
    "(?:rich|fine|intricate)(?: fine| striking)? details?|richly detailed|highly detailed|detailed",
    "details?|intricate|intricacy|elaborate|ornamented|textured?s?|textures|refined|complexity|complex|busy|busier|clutter|cluttered|messy|chaotic|crowded",
    ["with rich striking detail", "richly detailed", "detailed"],
    "finish:simple",
    ["style:minimalist"],
  ),
  attribute(
    "finish:simple",
    "simple(?: and)? (?:clean|uncluttered)|simple|uncluttered",
    "simpler|simply|simplify|simplified|simplicity|plain|plainer|clean|cleaner|less busy|minimal|empty space|emptier",
    ["in a simple uncluttered arrangement", "simple and uncluttered", "simple"],
    "finish:detailed",
  ),
  attribute(
    "finish:sharp",
    "crisp(?: and sharp)?|sharp focus|in sharp",
    "sharp|sharper|sharpness|crisper|in focus|clearer|clarity|focused|hd",
    ["in sharp crisp focus", "crisp focus", "crisp"],
    "finish:soft",
  ),
  attribute(
    "finish:soft",
    "soft focus|blurred background|bokeh",
    "softer|blurry background|blur the background|blurry|blurred|blur|unclear|out of focus|fuzzy|depth of field|blurrier",
    ["with a softly blurred background", "soft focus", "soft-focus"],
    "finish:sharp",
  ),
];

const STYLE: Attribute[] = [
  attribute(
    "style:photo",
    "photo[- ]?realis(?:tic|m)|realistic|photo(?:graph)?s?|photographic",
    "realism|real|real life|true to life|lifelike|life-like|like a photo|natural|naturalistic|photography",
    ["as a realistic photograph", "realistic photograph", "photo-realistic"],
  ),
  attribute(
    "style:watercolour",
    "watercolou?rs?",
    "water colou?rs?|aquarelle|like (?:a )?watercolou?r(?: painting)?",
    ["in loose watercolor style", "watercolor style", "watercolor"],
  ),
  attribute(
    "style:oil",
    "oil painting|oil on canvas|oil[- ]painted",
    "oils?|paint(?:ed|erly|ing)?|paintings?|(?:like|as) (?:a |an )?(?:oil )?painting|brush ?strokes?|artistic|artsy|van gogh|rembrandt",
    ["as an oil painting on canvas", "oil painting", "oil-painted"],
  ),
  attribute(
    "style:pencil",
    "pencil (?:sketch|drawing)|pencil-drawn",
    "pencil|sketch|sketchy|sketched|drawing|drawn|hand[- ]drawn|crayon",
    ["as a pencil sketch", "pencil sketch", "pencil-drawn"],
  ),
  attribute("style:pixel", "pixel[- ]art", "pixels?|pixelated|8[- ]bit|16[- ]bit|retro game", [
    "in pixel art style",
    "pixel art",
    "pixel-art",
  ]),
  attribute("style:glass", "stained[- ]glass", "stained glass window", [
    "as a stained glass window",
    "stained glass",
    "stained-glass",
  ]),
  attribute("style:lowpoly", "low[- ]poly", "polygonal|geometric|3d|origami|cubist", [
    "in low poly style",
    "low poly",
    "low-poly",
  ]),
  attribute(
    "style:comic",
    "comic[- ]book|comic|cartoon",
    "cartoons?|cartoonish|cartoony|comics|anime|manga|animated|disney|pixar|graphic novel",
    ["in comic book cartoon style", "cartoon style", "cartoon"],
  ),
  attribute("style:pop", "pop[- ]art", "warhol|lichtenstein", ["in pop art style", "pop art", "pop-art"]),
  attribute("style:impressionist", "impressionist(?:ic)?", "impressionism|monet|renoir", [
    "as an impressionist painting",
    "impressionist painting",
    "impressionist",
  ]),
  attribute("style:ukiyoe", "ukiyo-e(?: print)?", "woodblock|japanese (?:style|print)|hokusai|woodcut", [
    "as a Japanese ukiyo-e print",
    "ukiyo-e print",
    "ukiyo-e",
  ]),
  attribute("style:ink", "ink drawing|ink-drawn", "ink|inked|pen and ink|engraving|etching|calligraphy", [
    "as an ink drawing",
    "ink drawing",
    "ink-drawn",
  ]),
  attribute("style:charcoal", "charcoal(?: drawing)?", "chalk", [
    "as a charcoal drawing",
    "charcoal drawing",
    "charcoal",
  ]),
  attribute("style:lineart", "line[- ]art", "line drawing|outlines?|colou?ring book", [
    "as line art",
    "line art",
    "line-art",
  ]),
  attribute("style:papercut", "paper cut-?out|paper-cut", "paper ?cut|collage|paper|cut[- ]?out", [
    "as a layered paper cut-out",
    "paper cut-out",
    "paper-cut",
  ]),
  attribute("style:mosaic", "mosaic", "mosaics|tiled", [
    "as a mosaic of small tiles",
    "mosaic style",
    "mosaic",
  ]),
  attribute("style:pointillism", "pointillis[mt]", "dots|dotted|seurat", [
    "in dotted pointillism style",
    "pointillism",
    "pointillist",
  ]),
  attribute(
    "style:vintage",
    "vintage(?: sepia)?|sepia",
    "retro|old[- ]fashioned|nostalgic|antique|old photo(?:graph)?|older look|film grain",
    ["as a vintage sepia photograph", "vintage photograph", "vintage"],
  ),
  attribute(
    "style:cyberpunk",
    "cyberpunk",
    "sci-?fi|science fiction|futuristic|modern|high[- ]tech|steampunk",
    ["in futuristic cyberpunk style", "cyberpunk style", "cyberpunk"],
  ),
  attribute("style:artdeco", "art deco", "art nouveau|poster|ornate", [
    "as an art deco poster",
    "art deco",
    "art-deco",
  ]),
  attribute(
    "style:minimalist",
    "minimalist(?:ic)?",
    "minimalism|flat design",
    ["in minimalist style", "minimalist style", "minimalist"],
    null,
    ["finish:detailed"],
  ),
  attribute("style:cinematic", "cinematic", "movie|film|film still|movie[- ]like", [
    "like a cinematic film still",
    "cinematic look",
    "cinematic",
  ]),
];

export const LOOK_ATTRIBUTES: readonly Attribute[] = [...PALETTE, ...ACCENTS, ...TONE, ...FINISH, ...STYLE];
