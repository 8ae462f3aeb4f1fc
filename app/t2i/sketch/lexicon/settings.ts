import type { SettingId } from "../scene.ts";

/** Places. Phrases as in LOOKS; a phrase that is also a thing is resolved by the thing lexicon first. */
export const SETTINGS: Record<SettingId, string> = {
  desert:
    "desert|dune|sand dune|sahara|egypt|egyptian|egyptian landscape|oasis|arid|canyon|savanna|savannah|safari|wild west|badlands|mesa|africa|african|mars|martian",
  sea: "sea|ocean|coast|cliff|seaside|shore|harbour|harbor|bay|port|wave|by the sea|rough sea|stormy sea|seascape|coastline|coastal|marina|pier|fjord|nautical",
  beach:
    "beach|sandy beach|seashore|tropical|tropical beach|island|sand|sandcastle|hawaii|on the sand|lagoon",
  forest:
    "forest|wood|woods|woodland|pine forest|grove|forest clearing|clearing|rainforest floor|forest floor|among tree",
  mountains:
    "mountain|mountains|alps|alpine|peak|himalaya|hill|highland|valley|mountain range|mountain top|summit|hillside|hilltop|volcanic|glacier|norway|switzerland|patagonia",
  city: "city|skyline|cityscape|town|metropolis|downtown|rooftop|urban|new york|london|tokyo|skyscraper|manhattan|paris|megacity|big city|hong kong",
  street:
    "street|alley|road side|market|street corner|sidewalk|pavement|shopping street|cafe|street cafe|square|plaza|bazaar|town square|narrow street|night market|marketplace",
  living:
    "living room|room|indoor|indoors|interior|sitting room|lounge|apartment|parlour|inside a house|home|at home|inside|nursery|fireside|waiting room|hotel room|by the window|by a window|windowsill|window sill",
  kitchen: "kitchen|bakery|restaurant|diner|dining room|pantry|bistro|coffee shop|pub|tavern|inn",
  library:
    "library|bookshop|study|bookstore|office|school|classroom|archive|reading room|laboratory|lab|workshop|museum",
  bedroom: "bedroom|in bed|attic|dormitory",
  hall: "hall|palace|throne room|ballroom|cathedral|temple hall|great hall|church interior|inside a temple|inside a cathedral|throne hall|inside a palace|inside a castle",
  tabletop: "tabletop|still life|wooden table|on a plate|on a wooden table|table top|on a tablecloth",
  space:
    "space|outer space|universe|deep space|orbit|in orbit|nebula|solar system|in space|interstellar|alien planet orbit|space station",
  moon: "on the moon|moon surface|lunar|lunar surface|surface of the moon|alien planet|alien world|another planet|asteroid|alien landscape|distant planet|crater",
  underwater:
    "underwater|under the sea|under water|coral reef|reef|ocean floor|deep sea|seabed|aquarium|bottom of the sea|under the ocean|sunken",
  garden:
    "garden|park|backyard|orchard|courtyard|greenhouse|vineyard|botanical garden|zen garden|japanese garden|picnic",
  flowers:
    "flower field|field of flower|field of sunflower|sunflower field|lavender field|poppy field|tulip field|wildflower|wildflower meadow|lavender|field of lavender|field of tulip|field of poppy|flower meadow",
  meadow:
    "meadow|field|farm|countryside|pasture|grassland|rural|landscape|prairie|grass|wheat field|rice field|rice terrace|ranch|outdoors|nature|farmland|lawn|green hill|plain field|scottish highland",
  snow: "snow|snowy|snowy landscape|arctic|antarctic|antarctica|tundra|north pole|snow covered|snow field|ski slope|iceberg|ice|polar|siberia|snowscape|iceland",
  lake: "lake|pond|lakeside|still water|calm water|calm lake|water surface|water|swamp|marsh|mountain lake|wetland",
  river: "river|stream|riverbank|creek|brook|canal|venice|river bank|waterside|rapids",
  jungle: "jungle|rainforest|tropical forest|amazon|exotic plant",
  stage:
    "stage|club|concert|theatre|theater|jazz club|nightclub|opera|smoky club|bar|circus|on stage|cabaret|arena|concert hall|studio stage|disco",
  sky: "sky|in the sky|in the air|heaven|in the cloud|above the cloud|floating in the air|mid air|cloudscape|among the cloud",
  cave: "cave|cavern|grotto|dungeon|mine|tunnel|underground|crystal cave|lair|catacomb",
  studio:
    "studio|plain background|white background|simple background|isolated|studio shot|blank background|neutral background|empty background|backdrop|plain backdrop|studio background",
  village:
    "village|hamlet|small town|medieval village|medieval town|neighbourhood|suburb|fishing village|medieval",
  abstract:
    "abstract|abstract art|abstraction|pattern|shape|swirl|fractal|idea|emotion|feeling|concept|dream",
};
