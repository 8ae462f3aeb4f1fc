import type { PromptFilter } from "../port.ts";
import { BLOCKED_PHRASES } from "./phrases.ts";

/** Digits and signs that people put for letters. */
const LOOK_ALIKES: Record<string, string> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
  "!": "i",
};

/**
 * Stops texts that hold a listed phrase as whole words, whatever their case, accents, punctuation between the words, or
 * digits in the place of letters. A list cannot understand a text: it is the floor, and a service can be added above it.
 */
export function createWordListFilter(phrases: readonly string[] = BLOCKED_PHRASES): PromptFilter {
  const listed = phrases.map((phrase) => ({ phrase, needle: ` ${plainWords(phrase, {})} ` }));
  return {
    id: "word-list",
    async check(text) {
      const readings = [` ${plainWords(text, {})} `, ` ${plainWords(text, LOOK_ALIKES)} `];
      const hit = listed.find(({ needle }) => readings.some((reading) => reading.includes(needle)));
      return { reason: hit ? `the word list has “${hit.phrase}”` : null };
    },
  };
}

function plainWords(text: string, replace: Record<string, string>): string {
  const letters = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[0-9@$!]/g, (sign) => replace[sign] ?? sign);
  return letters
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .replace(/\s+/g, " ");
}
