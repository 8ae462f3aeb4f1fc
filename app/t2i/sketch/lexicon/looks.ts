import type { Framing, Light, Season, Style, TimeOfDay, Tint, Weather } from "../scene.ts";

/** Phrases (space separated, lower case, British spelling) that change the look and name no thing. */
export interface Looks {
  time: Record<TimeOfDay, string>;
  weather: Record<Weather, string>;
  season: Record<Season, string>;
  light: Record<Light, string>;
  tint: Record<Tint, string>;
  style: Record<Style, string>;
  framing: Record<Framing, string>;
}

/** Each value lists its phrases, separated by "|". Longer phrases win over shorter ones. */
export const LOOKS: Looks = {
  time: {
    dawn: "dawn|sunrise|daybreak|early morning|first light|morning|morning light",
    day: "day|midday|noon|daytime|daylight|sunny|sunny day|afternoon|sunshine|sunlit|sunlight|bright day|in the sun",
    golden: "golden hour|late afternoon|evening sun|low sun",
    sunset: "sunset|dusk|evening|sundown|evening light|setting sun|evening glow",
    blue: "blue hour|twilight|after sunset|nightfall|before dawn",
    night: "night|midnight|nighttime|nocturnal|at night|in the dark|dark night|night sky|night time",
  },
  weather: {
    storm: "storm|stormy|thunderstorm|lightning|thunder|tempest|hurricane|raging|lightning bolt|tornado",
    rain: "rain|rainy|raining|drizzle|downpour|shower of rain|heavy rain|pouring|wet",
    fog: "fog|foggy|haze|hazy|thick fog",
    snow: "snowing|snowfall|falling snow|blizzard|snowstorm|snowflake",
    cloudy: "cloudy|overcast|dramatic cloud|dramatic sky|cloud cover|cloud|grey sky",
    clear: "clear sky|blue sky|cloudless|clear weather",
    wind: "wind|windy|strong wind|breeze|breezy|gust|windswept",
    rainbow: "rainbow|rainbow in the sky",
  },
  season: {
    spring: "spring|springtime|cherry blossom|blossom|blossoming",
    summer: "summer|summertime|summer day",
    autumn: "autumn|autumnal|fall leaf|falling leaf|in fall|in the fall|october|fall colour|autumn leaf",
    winter: "winter|wintry|frost|frosty|icy|frozen|december",
  },
  light: {
    dramatic:
      "dramatic|dramatic light|dramatic lighting|epic|intense|chiaroscuro|spotlight|powerful|strong shadow|moody|moody light|moody lighting|dynamic lighting|more dramatic",
    golden: "golden light|warm light|warm lighting|sun glow|radiant|golden glow|sun kissed|warm glow",
    moon: "moonlight|moonlit|full moon|under the moon|crescent moon|moon light|moon",
    candle: "candlelight|candlelit|firelight|by candlelight|lamplight|torchlight|lantern light|dim|dimly lit",
    soft: "soft light|soft|softly|soft lighting|gentle|gentle light|diffuse light|dreamy|calm|peaceful|serene|tranquil|delicate|quiet|soothing|relaxing|soft focus|ethereal",
    backlit: "backlit|backlight|backlighting|silhouette|against the light|silhouetted|rim light",
    rays: "sun ray|god ray|light ray|ray of light|sunbeam|light beam|volumetric light|shaft of light|volumetric lighting|ray|beam of light",
    mist: "mist|misty|smoky|smoke|steam in the air|haze in the air|atmospheric|atmosphere|misty mood",
    gloomy:
      "gloomy|sad|melancholy|melancholic|dreary|bleak|sombre|somber|lonely|depressing|gritty|sinister|grim|horror|scary|spooky|haunted|creepy|eerie|ominous",
    cheerful:
      "cheerful|happy|joyful|playful|festive|lively|cute|fun|merry|uplifting|whimsical|lovely|vibrant mood|optimistic",
    mystery:
      "mysterious|mystical|magical|enchanted|magic|fantasy|fairytale|fairy tale|surreal|dreamlike|mystic|mysterious mood|otherworldly",
    glow: "glowing|glowing light|glow|luminous|bioluminescent|fairy light|illuminated|lit up|shining|glittering|sparkling|city light|firefly|bokeh|sparkle|shimmering",
    aurora: "aurora|northern light|aurora borealis|polar light",
    stars:
      "starry|starry sky|starry night|star|milky way|stargazing|constellation|shooting star|galaxy|cosmic",
  },
  tint: {
    vivid:
      "vivid|vibrant|vivid colour|saturated|highly saturated|more colour|more colourful|colourful|rich colour|vibrant colour|saturated colour|vivid saturated colour|bold colour|brighter colour|stronger colour|intense colour|rainbow colour|more vivid|more vibrant|multicoloured|colour",
    pastel: "pastel|pastel colour|pastel palette|pastel tone|candy colour|pale colour|light colour",
    mono: "monochrome|monochromatic|black and white|greyscale|grayscale|b w|single colour|noir|colourless|without colour",
    warm: "warm colour|warm|warmer|warm tone|warm palette|cosy|warm colour palette|warm atmosphere",
    cool: "cool colour|cool|cold|colder|cooler|cool tone|cool palette|cold colour|chilly|cool colour palette",
    muted:
      "muted|muted colour|desaturated|faded|subdued|less colourful|less saturated|less colour|dull|muted tone|subtle colour|washed out|toned down|less vivid",
    neon: "neon|neon colour|neon light|fluorescent|synthwave|vaporwave|electric colour|psychedelic|neon sign",
    dark: "dark|darker|dark tone|shadowy|darkness|dark colour|low key|dark mood|much darker",
    bright:
      "bright|brighter|bright tone|light and airy|high key|brightly lit|airy|lighter|more light|well lit|bright colour|bright light|luminosity",
    contrast: "high contrast|contrast|more contrast|strong contrast|sharp|crisp|bold|stark|striking",
    softcontrast: "low contrast|less contrast|flat light|flat colour",
    earth: "earth tone|earthy|earthy colour|natural colour|brown tone|terracotta|rustic",
    blue: "blue tone|blue palette|bluish|shades of blue|blue colour|blue tint|in blue",
    gold: "golden tone|gold tone|golden palette|golden colour|gilded|in gold|gold leaf|luxurious",
    purpleteal:
      "purple and teal palette|purple and teal|teal and purple|purple tone|violet tone|purple palette|in purple",
    green: "green tone|green palette|shades of green|in green|greenish",
    red: "red tone|red palette|shades of red|reddish|in red",
    pink: "pink tone|pink palette|shades of pink|in pink|rose tone",
  },
  style: {
    watercolour: "watercolour|watercolour style|watercolour painting|aquarelle|gouache|watercolour wash|wash",
    oil: "oil painting|oil|oil on canvas|brush stroke|painterly|visible brush stroke|acrylic|renaissance|baroque|classical painting|van gogh|painting|rembrandt|painted|thick paint|impasto",
    pencil:
      "pencil|pencil sketch|sketch|pencil drawing|graphite|hand drawn|drawing|sketched|sketchy|coloured pencil|crayon",
    pixel: "pixel art|pixel|8 bit|16 bit|8bit|16bit|pixelated|retro game|video game style|voxel",
    stained: "stained glass|stained glass window",
    lowpoly:
      "low poly|low polygon|polygonal|geometric|origami|faceted|cubist|cubism|geometric shape|triangle",
    comic:
      "comic|comic book|comic book style|cartoon|cartoonish|graphic novel|manga|anime|comic style|cel shaded|cartoon style|anime style",
    popart: "pop art|warhol|screen print|pop|silkscreen|pop art style|lichtenstein",
    impressionist:
      "impressionist|impressionism|impressionist painting|monet|impressionistic|post impressionist",
    ukiyoe:
      "ukiyo e|ukiyo|ukiyo e print|woodblock|woodblock print|japanese print|hokusai|woodcut|linocut|japanese style",
    ink: "ink|ink drawing|pen and ink|ink wash|sumi e|engraving|etching|ink sketch|calligraphy|hatching|cross hatching|pen drawing",
    charcoal: "charcoal|charcoal drawing|chalk|charcoal sketch|chalk drawing",
    lineart: "line art|line drawing|outline|contour|colouring book|line|lineart",
    papercut:
      "paper cut|paper cut out|papercut|cutout|paper art|collage|layered paper|paper craft|cut out|paper",
    mosaic: "mosaic|tiled|tessellated|mosaic tile|tile",
    pointillism: "pointillism|pointillist|seurat|dots|dotted|stippling|stippled",
    vintage:
      "vintage|sepia|retro|old photograph|vintage sepia photograph|antique photograph|nostalgic|old photo|victorian|daguerreotype|polaroid|1920s|1950s|1970s|film grain|old fashioned",
    cyberpunk:
      "cyberpunk|futuristic|sci fi|science fiction|dystopian|blade runner|futuristic style|steampunk",
    artdeco: "art deco|art deco poster|art nouveau|travel poster|poster|gatsby|ornate|vintage poster",
    minimalist:
      "minimalist|minimalism|minimal|simple|simplistic|clean|flat design|uncluttered|minimalistic|plain|fewer detail|simpler|less detail",
    cinematic:
      "cinematic|film still|movie scene|movie still|cinematic light|cinematic lighting|movie|blockbuster|cinematography|anamorphic",
    photo:
      "photo realistic|photorealistic|realistic|photograph|photo|photography|hyperrealistic|hyper realistic|realism|more realistic|dslr|35mm|depth of field|shallow depth of field|bokeh background|blurred background|lifelike|real life|4k|8k|hd|high resolution|detailed photograph|blurry background|ultra realistic",
    blueprint: "blueprint|technical drawing|schematic|cyanotype",
  },
  framing: {
    close:
      "close up|closeup|close up view|macro|macro shot|detail view|extreme close up|zoomed in|closer|zoom in|headshot|detail shot|larger|bigger|close",
    wide: "wide shot|wide|wide angle|from afar|distant|wide view|zoomed out|zoom out|in the distance|further away|vast|establishing shot|far away|long shot|smaller|wide angle view|expansive|landscape view",
    aerial:
      "aerial view|aerial|bird s eye view|birds eye view|from above|top down|overhead|drone view|drone shot|top view|high angle|bird eye view|overhead view|high angle view",
    low: "low angle|low angle view|from below|worm s eye view|looking up|towering|low angle shot|majestic|monumental",
    centred:
      "centred|centered|centred composition|in the centre|in the middle|central composition|centre|centered composition|in the center",
    thirds:
      "rule of third|off centre|off center|asymmetrical|negative space|to the left|to the right|on the left|on the right",
    symmetrical: "symmetrical|symmetry|symmetrical composition|symmetric|mirrored|balanced",
    portrait: "portrait|portrait framing|portrait of|half length|bust|portrait photo|portrait style",
    panoramic: "panoramic|panorama|panoramic view|letterbox|widescreen|sweeping view",
    leaves:
      "framed by leaf|framed by tree|through leaf|through the leaf|framed by branch|foreground leaf|framed by flower|foreground foliage",
    reflection:
      "reflection in water|reflection|reflected|mirror like water|mirrored in water|reflecting|reflected in water",
    tilted:
      "tilted|tilted camera|dutch angle|diagonal|dynamic|tilted angle|dynamic angle|action shot|dynamic pose|dynamic composition",
    vignette: "vignette|dark edge|vignetting|darkened edge",
    frame:
      "picture frame|framed|with a picture frame|white border|border|with a frame|with a border|passe partout",
  },
};
