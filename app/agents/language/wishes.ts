import type { HistoryTurn } from "../port.ts";
import { type Attribute, isExclusive } from "./attribute-type.ts";
import { type Directive, parseCritique } from "./critique.ts";
import { foldKey, stem, tokens } from "./text.ts";

/** Something that every further prompt has to carry. */
export interface Wish {
  /** Longest first. */
  forms: readonly [string, ...string[]];
  attribute: Attribute | null;
  stems: readonly string[];
}

/** What the critiques of a trajectory amount to so far. */
export interface Wishes {
  /** Oldest first. */
  wanted: Wish[];
  avoided: Attribute[];
  /** Stems of things to leave out. A text-to-image model ignores "no", so leaving out is the only way. */
  banned: ReadonlySet<string>;
  /** Every phrase that a critique ever wove in, folded; also those that a later critique took back. */
  everWoven: ReadonlySet<string>;
}

/** Folds all critiques, oldest first: a later one reverses an earlier one in what they have in common. */
export function wishesOf(history: readonly HistoryTurn[], initialPrompt: string): Wishes {
  let wanted: Wish[] = [];
  const avoided = new Map<string, Attribute>();
  const banned = new Set<string>();
  const everWoven = new Set<string>();
  const apply = (directive: Directive) => {
    switch (directive.kind) {
      case "want": {
        const { attribute } = directive;
        wanted = wanted.filter((wish) => !overrides(attribute, wish.attribute));
        avoided.delete(attribute.id);
        for (const word of tokens(attribute.forms.join(" "))) banned.delete(stem(word));
        wanted.push({ forms: attribute.forms, attribute, stems: [] });
        break;
      }
      case "avoid":
        wanted = wanted.filter((wish) => wish.attribute?.id !== directive.attribute.id);
        avoided.set(directive.attribute.id, directive.attribute);
        // "less red" also rules out a red scarf.
        if (directive.attribute.slot === "accent") banned.add(directive.attribute.id.slice("accent:".length));
        break;
      case "add": {
        const { forms, stems } = directive.woven;
        for (const word of stems) banned.delete(word);
        for (const form of forms) everWoven.add(foldKey(form));
        wanted = wanted.filter((wish) => wish.forms[0] !== forms[0]);
        wanted.push({ forms, attribute: null, stems });
        break;
      }
      case "remove":
        wanted = wanted.filter((wish) => !wish.stems.some((word) => directive.stems.includes(word)));
        for (const word of directive.stems) banned.add(word);
        break;
    }
  };
  for (const turn of history) {
    for (const directive of parseCritique(turn.critique, initialPrompt)) apply(directive);
  }
  return { wanted, avoided: [...avoided.values()], banned, everWoven };
}

/** Whether wanting `later` ends the wish for `earlier`. "At night" and "brighter" may both stand. */
function overrides(later: Attribute, earlier: Attribute | null): boolean {
  if (earlier === null) return false;
  if (later.id === earlier.id) return true;
  if (later.slot === earlier.slot) return isExclusive(later.slot);
  return later.clash.includes(`slot:${earlier.slot}`) || earlier.clash.includes(`slot:${later.slot}`);
}

/** Whether `text` names something that the critiques want left out. */
export function isRefused(text: string, wishes: Wishes): boolean {
  if (wishes.banned.size > 0) {
    for (const word of tokens(text)) {
      if (wishes.banned.has(stem(word))) return true;
      if (word.includes("-") && word.split("-").some((part) => wishes.banned.has(stem(part)))) return true;
    }
  }
  return wishes.avoided.some((attribute) => attribute.says.test(text));
}
