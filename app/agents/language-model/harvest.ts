import { countWords, words } from "../../domain/words.ts";
import { cleanText, foldKey } from "../language/text.ts";
import type { Candidate } from "../port.ts";
import { echoesInstructions } from "./instructions.ts";
import type { WantedCategory } from "./study-data.ts";

const CATEGORY_MAX_CHARACTERS = 60;
/** Longest prompt by characters, per word that is allowed: keeps "words" of thousands of letters out. */
const CHARACTERS_PER_WORD = 24;

interface Bin {
  name: string;
  prompts: string[];
  /** Too long; cut to fit only when nothing else is left. */
  overlong: string[];
}

/** Collects what is usable from one or two answers of a language model. */
export interface Harvest {
  add(categories: readonly { name: string; prompts: readonly string[] }[]): void;
  /** What is still to be asked for; empty when the harvest is complete. */
  missing(): WantedCategory[];
  /** Prompts that are already there. */
  kept(): string[];
  /**
   * The candidates, or null when there are too few. `lenient` also takes prompts cut to the word limit, and uneven
   * categories.
   */
  take(lenient: boolean): { candidates: Candidate[]; shortened: number } | null;
  /** Prompts that were of no use so far. */
  readonly dropped: number;
}

export function createHarvest(size: {
  candidateCount: number;
  categoryCount: number;
  wordLimit: number;
}): Harvest {
  const { candidateCount, wordLimit } = size;
  const categoryCount = Math.max(1, Math.min(size.categoryCount, candidateCount));
  const bins: Bin[] = [];
  const taken = new Set<string>();
  let dropped = 0;

  /** 7 in 5 is 2, 2, 1, 1, 1. */
  const shareOf = (index: number) =>
    Math.floor(candidateCount / categoryCount) + (index < candidateCount % categoryCount ? 1 : 0);

  function binOf(name: string): Bin {
    const key = foldKey(name);
    const known = bins.find((bin) => foldKey(bin.name) === key);
    if (known) return known;
    const bin: Bin = { name, prompts: [], overlong: [] };
    bins.push(bin);
    return bin;
  }

  function addPrompt(bin: Bin, raw: string): void {
    const prompt = cleanPrompt(raw);
    const key = foldKey(prompt);
    const isUsable =
      prompt !== "" &&
      prompt.length <= Math.max(2, wordLimit) * CHARACTERS_PER_WORD * 2 &&
      !taken.has(key) &&
      !echoesInstructions(prompt);
    if (!isUsable) dropped++;
    else if (countWords(prompt) > wordLimit) bin.overlong.push(prompt);
    else if (prompt.length > Math.max(2, wordLimit) * CHARACTERS_PER_WORD) dropped++;
    else {
      taken.add(key);
      bin.prompts.push(prompt);
    }
  }

  /** The fullest categories, in the order in which they came. */
  function chosenBins(): Bin[] {
    const fill = (bin: Bin) => Math.min(bin.prompts.length, shareOf(0));
    const best = new Set([...bins].sort((a, b) => fill(b) - fill(a)).slice(0, categoryCount));
    return bins.filter((bin) => best.has(bin));
  }

  /** Each chosen category up to its share; larger shares go to fuller categories. */
  function quotas(chosen: Bin[]): Map<Bin, number> {
    const byFill = [...chosen].sort((a, b) => b.prompts.length - a.prompts.length);
    return new Map(byFill.map((bin, index) => [bin, shareOf(index)]));
  }

  return {
    add(categories) {
      for (const category of categories) {
        const name = cleanText(category.name).slice(0, CATEGORY_MAX_CHARACTERS).trim().toWellFormed();
        if (name === "" || echoesInstructions(name)) dropped += category.prompts.length;
        else for (const prompt of category.prompts) addPrompt(binOf(name), prompt);
      }
    },
    missing() {
      const chosen = chosenBins();
      const quota = quotas(chosen);
      const wanted: WantedCategory[] = chosen.map((bin) => ({
        name: bin.name,
        prompts: (quota.get(bin) ?? 0) - bin.prompts.length,
      }));
      for (let i = chosen.length; i < categoryCount; i++) wanted.push({ name: null, prompts: shareOf(i) });
      return wanted.filter(({ prompts }) => prompts > 0);
    },
    kept: () => bins.flatMap((bin) => bin.prompts),
    take(lenient) {
      const chosen = chosenBins();
      let shortened = 0;
      if (lenient) {
        for (const bin of bins) {
          for (const prompt of bin.overlong.splice(0)) {
            const before = bin.prompts.length;
            addPrompt(bin, shorten(prompt, wordLimit));
            shortened += bin.prompts.length - before;
          }
        }
      }
      const bestNow = lenient ? chosenBins() : chosen;
      const quota = quotas(bestNow);
      const lists = bestNow.map((bin) => ({ bin, prompts: bin.prompts.slice(0, quota.get(bin)) }));
      if (lenient) {
        let short = candidateCount - lists.reduce((sum, { prompts }) => sum + prompts.length, 0);
        for (const list of lists) {
          const more = list.bin.prompts.slice(list.prompts.length, list.prompts.length + Math.max(0, short));
          list.prompts.push(...more);
          short -= more.length;
        }
      }
      const candidates = lists.flatMap(({ bin, prompts }) =>
        prompts.map((prompt) => ({ prompt, category: bin.name })),
      );
      const isWhole =
        candidates.length === candidateCount &&
        lists.filter((l) => l.prompts.length > 0).length === categoryCount;
      return isWhole ? { candidates, shortened } : null;
    },
    get dropped() {
      return dropped;
    },
  };
}

/** Removes what models like to put around a prompt: numbers, bullets, quotation marks. */
function cleanPrompt(raw: string): string {
  return cleanText(raw)
    .replace(/^(?:[-*•]|\(?\d{1,2}[.):])\s+/u, "")
    .replace(/^(["'“«])(.*)(["'”»])$/u, "$2")
    .trim();
}

/** The first words, ended at a comma where one is near. */
function shorten(prompt: string, wordLimit: number): string {
  const kept = words(prompt).slice(0, wordLimit);
  const comma = kept.findLastIndex((word) => /[,;.]$/.test(word));
  const end = comma >= Math.ceil(wordLimit / 2) ? comma + 1 : kept.length;
  return kept
    .slice(0, end)
    .join(" ")
    .replace(/[\s,;.:–-]+$/u, "");
}
