import { useLocale, useTranslations } from "use-intl";
import { LINE_MAX_CHARACTERS, lineProblem } from "../../domain/text.ts";

/**
 * Says in the page's language why a prompt or critique was refused: `message` is the server's English sentence, which
 * stands where the text itself shows no reason.
 */
export function useProblemText(): (message: string, text: string, maxWords: number) => string {
  const t = useTranslations("session.problems");
  const locale = useLocale();
  return (message, text, maxWords) => {
    const problem = lineProblem(text, maxWords);
    if (locale === "en" || problem === null) return message;
    switch (problem.code) {
      case "EMPTY":
        return t("empty");
      case "TOO_MANY_WORDS":
        return t("tooManyWords", { max: maxWords, count: problem.count });
      case "TOO_LONG":
        return t("tooLong", { max: LINE_MAX_CHARACTERS });
    }
  };
}
