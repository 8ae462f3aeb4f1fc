import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import {
  BACKDROPS,
  LIGHTS,
  PALETTES,
  PLACES,
  SEASONS,
  STYLES,
  VIEWS,
} from "../../../app/agents/lexicon/phrases.ts";

const FOLDER = "app/t2i/sketch";
const FILES = [`${FOLDER}/vocabulary.ts`, `${FOLDER}/lexicon/looks.ts`, `${FOLDER}/lexicon/settings.ts`];
/** By URL, so that this file compiles without the renderer. */
const load = (file: string): Promise<unknown> => import(/* @vite-ignore */ pathToFileURL(file).href);
/** Words that stand in many phrases of the vocabulary and so prove nothing. */
const WEAK = new Set(
  "in on at a an the by of with under view style light sky tone tones colour colours mood".split(" "),
);

/** Words of a phrase as the renderer spells them. */
function british(text: string): string[] {
  return text
    .toLowerCase()
    .replaceAll("color", "colour")
    .replaceAll("center", "centre")
    .split(/[^a-z]+/u)
    .filter((word) => word !== "" && !WEAK.has(word));
}

/** Every string inside a module's exports. */
function strings(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(strings) : [];
}

// The embedded renderer is another module that agents must not import: only this test ties them together.
describe.skipIf(!FILES.every((file) => existsSync(file)))("phrases of the lexicon", () => {
  it.each([
    ["style", STYLES],
    ["place", PLACES],
    ["backdrop", BACKDROPS],
    ["mood and light", LIGHTS],
    ["season and weather", SEASONS],
    ["palette", PALETTES],
    ["view", VIEWS],
  ])("of %s use words that the embedded renderer shows", async (_, phrases) => {
    const modules: unknown[] = await Promise.all(FILES.map((file) => load(file)));
    const known = new Set(
      modules
        .map((module) => ({ ...(module as object) }))
        .flatMap(strings)
        .flatMap(british),
    );
    const misses = phrases
      .map((p) => p.forms[0])
      .filter((text) => !british(text).some((word) => known.has(word)));
    expect(misses).toEqual([]);
  });

  it("name every style of the renderer's vocabulary", async () => {
    const { SKETCH_VOCABULARY } = (await load(FILES[0] ?? "")) as {
      SKETCH_VOCABULARY: { style: readonly string[]; palette: readonly string[] };
    };
    const said = new Set([...STYLES, ...PALETTES].flatMap((p) => p.forms).flatMap(british));
    for (const style of SKETCH_VOCABULARY.style) {
      expect(british(style).filter((word) => said.has(word)).length, style).toBeGreaterThan(0);
    }
  });
});
