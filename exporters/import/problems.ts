/** What is wrong with a bundle, in the order in which it was found. */
export interface BundleProblem {
  file: string;
  /** 1-based: the line of a JSONL file, the record of a CSV file with its header as record 1; null = the whole file. */
  row: number | null;
  /** Path of the value, such as `turns[1].columns[0].prompt`; "" = the whole row. */
  column: string;
  message: string;
}

/** Problems that are kept word by word; beyond it they are only counted. */
export const PROBLEMS_LISTED_MAX = 200;
const TEXT_SHOWN_MAX = 80;

/** The bundle cannot be imported. */
export class BundleError extends Error {
  override readonly name = "BundleError";
  readonly problems: readonly BundleProblem[];
  /** All problems, listed or not, by file. */
  readonly counts: ReadonlyMap<string, number>;

  constructor({ listed, counts }: BundleProblems) {
    const total = [...counts.values()].reduce((sum, n) => sum + n, 0);
    super(`The bundle has ${total === 1 ? "1 problem" : `${total} problems`}. Nothing was imported.`);
    this.problems = listed;
    this.counts = counts;
  }
}

export class BundleProblems {
  readonly listed: BundleProblem[] = [];
  readonly counts = new Map<string, number>();

  add(file: string, row: number | null, column: string, message: string): void {
    this.counts.set(file, (this.counts.get(file) ?? 0) + 1);
    if (this.listed.length < PROBLEMS_LISTED_MAX) this.listed.push({ file, row, column, message });
  }

  /** Throws a {@link BundleError} when there is any. */
  assertNone(): void {
    if (this.counts.size > 0) throw new BundleError(this);
  }
}

/** A value as a message shows it: short, and without anything that moves a cursor. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > TEXT_SHOWN_MAX ? `${text.slice(0, TEXT_SHOWN_MAX).toWellFormed()}…` : text;
}
