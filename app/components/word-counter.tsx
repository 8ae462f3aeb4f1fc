import { countWords } from "../domain/words.ts";
import { cx } from "./cx.ts";
import { useHydrated } from "./use-hydrated.ts";

export interface WordCounterProps {
  text: string;
  /** Most words allowed. */
  max?: number;
  /** Fewest words wanted. */
  min?: number;
  id?: string;
}

/** "7 of 12 words", counted exactly as the server counts; without scripts, only the limit. */
export function WordCounter({ text, max, min, id }: WordCounterProps) {
  const hydrated = useHydrated();
  const count = countWords(text);
  if (!hydrated) {
    const rule =
      max !== undefined ? `at most ${max} words` : min !== undefined ? `at least ${min} words` : "";
    return (
      <output id={id} className="text-sm text-muted">
        {rule}
      </output>
    );
  }
  const over = max !== undefined && count > max;
  const limit =
    max !== undefined ? ` of ${max}` : min !== undefined && count < min ? ` of at least ${min}` : "";
  return (
    <output
      id={id}
      aria-live={over ? "polite" : "off"}
      className={cx("text-sm tabular-nums", over ? "font-semibold text-danger-ink" : "text-muted")}
    >
      {count}
      {limit} {(max ?? min ?? count) === 1 ? "word" : "words"}
      {over && ` – ${count - max} too many`}
    </output>
  );
}
