import { type Attribute, attribute } from "./attribute-type.ts";

/** View, mood and light. Wording follows what the embedded renderer shows visibly. */

const VIEW: Attribute[] = [
  attribute(
    "view:close",
    "close-up(?: view)?|seen up close|macro",
    "close|closer|closeup|close ups?|zoom(?:ed)? in|zoom|nearer|tighter|bigger|larger|big|headshot|fills? the frame",
    ["in a close-up view", "close-up view", "close-up"],
    "view:wide",
  ),
  attribute(
    "view:wide",
    "wide (?:shot|view|angle)|seen from afar|wide-angle",
    "wide|wider|zoom(?:ed)? out|farther|further(?: away| back)?|far away|from afar|smaller|more space|full body|whole body|distant|landscape view|from a distance|pull(?:ed)? back|more (?:of the )?background",
    ["in a wide shot", "wide shot", "wide-angle"],
    "view:close",
  ),
  attribute(
    "view:above",
    "aerial(?: view)?|from above|bird's-eye",
    "overhead|top[- ]down|birds?[' ]?s?[- ]eye|drone|above view|from (?:the )?top|high angle",
    ["in an aerial view from above", "aerial view", "aerial"],
    "view:low",
  ),
  attribute(
    "view:low",
    "low[- ]angle(?: view)?|from below",
    "worm'?s[- ]eye|looking up|low view|towering|from (?:the )?ground",
    ["in a low angle view from below", "low angle view", "low-angle"],
    "view:above",
  ),
  attribute(
    "view:centred",
    "(?:centered|centred)(?: composition)?|in the cent(?:er|re)(?: of the picture)?",
    "cent(?:er|re)|in the middle|more central|central|cent(?:er|re) (?:the )?(?:subject|it)",
    ["in a centered composition", "centered composition", "centered"],
    "view:thirds",
  ),
  attribute(
    "view:thirds",
    "rule of thirds|off-cent(?:er|re)",
    "off ?cent(?:er|re)|asymmetr\\w+|to the side|on (?:the|one) side",
    ["placed by the rule of thirds", "rule of thirds", "off-center"],
    "view:centred",
  ),
  attribute(
    "view:symmetrical",
    "symmetrical(?: composition)?",
    "symmetr\\w+|balanced|mirrored",
    ["in a symmetrical composition", "symmetrical composition", "symmetrical"],
    "view:thirds",
  ),
  attribute(
    "view:panorama",
    "panoram(?:a|ic)(?: view)?",
    "sweeping|widescreen",
    ["in a sweeping panoramic view", "panoramic view", "panoramic"],
    "view:close",
  ),
  attribute("view:portrait", "portrait framing", "portrait", [
    "in portrait framing",
    "portrait framing",
    "portrait",
  ]),
  attribute(
    "view:tilted",
    "tilted(?: camera)?",
    "dynamic(?: angle| composition)?|more action|action|diagonal|energetic angle",
    ["seen with a tilted camera", "tilted camera", "tilted"],
  ),
  attribute("view:leaves", "framed by leaves", "framed by (?:trees|branches|flowers)", [
    "framed by leaves",
    "leaf-framed",
  ]),
];

const GLAD = ["mood:gloomy", "mood:scary", "tone:dark"];

const MOOD: Attribute[] = [
  attribute(
    "mood:happy",
    "cheerful|playful",
    "happy|happier|joy|joyful|fun|funnier|funny|cheerfull?er|livelier|lively|cuter?|cute|uplifting|festive|positive|smil(?:e|es|ing)",
    ["in a cheerful playful mood", "cheerful mood", "cheerful"],
    "mood:gloomy",
    GLAD,
  ),
  attribute(
    "mood:calm",
    "calm(?: and)? (?:quiet )?(?:mood|peaceful)|peaceful|serene",
    "calm|calmer|calming|quiet|quieter|peace|tranquil|relax\\w*|sooth\\w*|gentle|gentler|zen",
    ["in a calm peaceful mood", "peaceful mood", "peaceful"],
    "mood:dramatic",
    ["weather:storm"],
  ),
  attribute(
    "mood:scary",
    "eerie|spooky|scary",
    "scarier|creep(?:y|ier)|horror|frightening|sinister|ominous|spookier|haunted|terrifying",
    ["in an eerie spooky mood", "eerie mood", "eerie"],
    "mood:calm",
    ["tone:bright", "palette:pastel"],
  ),
  attribute(
    "mood:gloomy",
    "gloomy|melancholy|melancholic",
    "sad|sadder|sadness|bleak|depress\\w+|lonely|lonelier|sombre|somber|moody|moodier",
    ["in a gloomy melancholy mood", "gloomy mood", "gloomy"],
    "mood:happy",
    ["tone:bright"],
  ),
  attribute(
    "mood:dramatic",
    "dramatic(?! clouds)(?: light| mood)?",
    "drama|more dramatically|epic|intense|intensity|powerful|exciting|tension|impressive",
    ["in a tense dramatic mood", "dramatic light", "dramatic"],
    "mood:calm",
  ),
  attribute(
    "mood:mystery",
    "mysterious(?: mood)?|magical|dreamlike",
    "mystery|mystical|magic|mystic|dreamy|dreamier|enchanted|fantasy|fantastical|surreal|fairy ?tale|whimsical|otherworldly|ethereal",
    ["in a mysterious magical mood", "mysterious mood", "mysterious"],
  ),
  attribute("mood:cozy", "cozy|cosy", "co[sz]ier|homely|homey|inviting|intimate|romantic|snug", [
    "in a warm cozy mood",
    "cozy mood",
    "cozy",
  ]),
];

const LIGHT: Attribute[] = [
  attribute("light:golden", "golden light", "golden|warm glow|glowy", [
    "in warm golden light",
    "golden light",
    "golden-lit",
  ]),
  attribute(
    "light:soft",
    "soft(?: gentle)? light|softly lit",
    "soft(?:er)? light(?:ing)?|gentle light|diffused?(?: light)?|soft",
    ["in soft gentle light", "soft light", "soft-lit"],
    null,
    ["mood:dramatic"],
  ),
  attribute(
    "light:moon",
    "moonlight|moonlit",
    "moon ?light",
    ["in silvery moonlight", "moonlight", "moonlit"],
    null,
    ["time:day", "tone:bright"],
  ),
  attribute(
    "light:candle",
    "candlelight|candlelit",
    "candles?|fire ?light|torch ?light",
    ["in flickering candlelight", "candlelight", "candlelit"],
    null,
    ["time:day", "tone:bright"],
  ),
  attribute(
    "light:rays",
    "sun ?rays|rays of sun|sunbeams",
    "rays?|light rays|god rays|sun ?beams?|beams of light|volumetric(?: light(?:ing)?)?",
    ["with sun rays breaking through", "sun rays", "sun-rayed"],
    null,
    ["time:night"],
  ),
  attribute(
    "light:backlit",
    "backlit(?: silhouette)?|silhouette",
    "back ?lit|back ?light(?:ing)?|silhouettes?|silhouetted",
    ["in backlit silhouette", "backlit silhouette", "backlit"],
  ),
  attribute(
    "light:glow",
    "glowing lights?|glow(?:ing)?",
    "glows?|shiny|shinier|shine|shining|sparkl\\w+|glitter\\w*|shimmer\\w*|illuminated|fairy lights",
    ["with glowing lights all around", "glowing lights", "glowing"],
  ),
  attribute(
    "light:aurora",
    "northern lights|aurora",
    "polar lights|aurora borealis",
    ["under northern lights", "northern lights", "aurora-lit"],
    null,
    ["time:day", "tone:bright", "weather:rain", "weather:storm", "weather:clouds"],
  ),
  attribute(
    "light:stars",
    "starry(?: sky)?|starlit",
    "stars?|starlight|milky way|galaxy",
    ["under a starry sky", "starry sky", "starry"],
    null,
    [
      "time:day",
      "tone:bright",
      "weather:rain",
      "weather:snow",
      "weather:fog",
      "weather:storm",
      "weather:clouds",
    ],
  ),
];

export const SCENE_ATTRIBUTES: readonly Attribute[] = [...VIEW, ...MOOD, ...LIGHT];
