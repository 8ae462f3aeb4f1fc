import { iconForPhrase } from "../icons.ts";
import { LOOKS } from "../lexicon/looks.ts";
import { SETTINGS } from "../lexicon/settings.ts";
import { THINGS } from "../lexicon/things.ts";
import type { Framing, Light, Season, SettingId, Style, TimeOfDay, Tint, Weather } from "../scene.ts";
import { normalPhrase, type Token } from "./tokens.ts";

type Value =
  | { axis: "time"; value: TimeOfDay }
  | { axis: "weather"; value: Weather }
  | { axis: "season"; value: Season }
  | { axis: "light"; value: Light }
  | { axis: "tint"; value: Tint }
  | { axis: "style"; value: Style }
  | { axis: "framing"; value: Framing }
  | { axis: "setting"; value: SettingId }
  | { axis: "thing"; value: string };

export type Meaning = Value & { length: number; start: number; also?: SettingId };

/** Things that also say where we are. */
const ALSO: Readonly<Record<string, SettingId>> = {
  "icon:christmas-tree": "living",
  floatingIsland: "sky",
  planet: "space",
};

let table: Map<string, Value> | null = null;
const LONGEST = 5;

function build(): Map<string, Value> {
  const out = new Map<string, Value>();
  const add = (phrases: string, value: Value) => {
    for (const p of phrases.split("|")) {
      const key = normalPhrase(p);
      if (!out.has(key)) out.set(key, value);
    }
  };
  for (const [id, phrases] of Object.entries(THINGS)) add(phrases, { axis: "thing", value: id });
  for (const [axis, values] of Object.entries(LOOKS)) {
    for (const [value, phrases] of Object.entries(values as Record<string, string>))
      add(phrases, { axis, value } as Value);
  }
  for (const [id, phrases] of Object.entries(SETTINGS))
    add(phrases, { axis: "setting", value: id as SettingId });
  return out;
}

/** The longest phrase of any lexicon that starts at token i. */
export function meaningAt(tokens: readonly Token[], i: number): Meaning | null {
  table ??= build();
  for (let length = Math.min(LONGEST, tokens.length - i); length >= 1; length--) {
    const slice = tokens.slice(i, i + length);
    if (slice.some((t) => t.word === ",")) continue;
    const key = slice.map((t) => t.word).join(" ");
    const found = table.get(key);
    if (found) {
      const also = found.axis === "thing" ? ALSO[found.value] : undefined;
      return { ...found, length, start: i, ...(also ? { also } : {}) } as Meaning;
    }
    const icon = key.length > 2 ? iconForPhrase(key) : null;
    if (icon) return { axis: "thing", value: `icon:${icon}`, length, start: i };
  }
  return null;
}
