import { type Attribute, isExclusive } from "./attribute-type.ts";
import { LOOK_ATTRIBUTES } from "./look-attributes.ts";
import { SCENE_ATTRIBUTES } from "./scene-attributes.ts";
import { WEATHER_ATTRIBUTES } from "./weather-attributes.ts";

export const ATTRIBUTES: readonly Attribute[] = [
  ...LOOK_ATTRIBUTES,
  ...SCENE_ATTRIBUTES,
  ...WEATHER_ATTRIBUTES,
];

const BY_ID: ReadonlyMap<string, Attribute> = new Map(ATTRIBUTES.map((a) => [a.id, a]));

/** The attribute with this id, or null. */
export function findAttribute(id: string): Attribute | null {
  return BY_ID.get(id) ?? null;
}

/** Most texts kept in the memo below; when it is full it starts anew. */
const MEMO_SIZE = 4000;
const memo = new Map<string, readonly Attribute[]>();

/** Attributes that `prompt` states, in table order. Remembered: agents ask again for the same phrases. */
export function attributesIn(prompt: string): readonly Attribute[] {
  const known = memo.get(prompt);
  if (known !== undefined) return known;
  const found = ATTRIBUTES.filter((a) => a.says.test(prompt));
  if (memo.size >= MEMO_SIZE) memo.clear();
  memo.set(prompt, found);
  return found;
}

/** Whether two attributes cannot both hold of one picture: same exclusive slot, or listed as a clash. */
export function contradicts(a: Attribute, b: Attribute): boolean {
  if (a.id === b.id) return false;
  if (a.slot === b.slot && isExclusive(a.slot)) return true;
  return lists(a, b) || lists(b, a);
}

function lists(a: Attribute, b: Attribute): boolean {
  return a.clash.includes(b.id) || a.clash.includes(`slot:${b.slot}`);
}
