import { useTranslations } from "use-intl";
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
  const t = useTranslations("ui.words");
  const hydrated = useHydrated();
  const count = countWords(text);
  if (!hydrated) {
    const rule = max !== undefined ? t("atMost", { max }) : min !== undefined ? t("atLeast", { min }) : "";
    return (
      <output id={id} className="text-sm text-muted">
        {rule}
      </output>
    );
  }
  const over = max !== undefined && count > max;
  const counted =
    max !== undefined
      ? t("ofMost", { count, max })
      : min !== undefined && count < min
        ? t("ofLeast", { count, min })
        : t("count", { count });
  return (
    <output
      id={id}
      aria-live={over ? "polite" : "off"}
      className={cx("text-sm tabular-nums", over ? "font-semibold text-danger-ink" : "text-muted")}
    >
      {counted}
      {over && ` – ${t("tooMany", { over: count - max })}`}
    </output>
  );
}
