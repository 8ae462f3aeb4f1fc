import { useTranslations } from "use-intl";
import { Card } from "../../components/card.tsx";
import { RadioGroup } from "../../components/choices.tsx";
import { type AboutYouAnswers, aboutYouOptions, PREFER_NOT_TO_SAY } from "../../domain/about-you.ts";
import type { AboutYouQuestion } from "../../domain/study-parts.ts";

/** Options differ by question, which the type of a joined key cannot say. */
type OptionKey = "questions.gender.options.other";

/** The optional questions as native radio groups; nothing is selected that the rater has not selected before. */
export function AboutYouQuestions({
  questions,
  answers,
}: {
  questions: readonly AboutYouQuestion[];
  answers: AboutYouAnswers;
}) {
  const t = useTranslations("onboarding.aboutYou");
  return (
    <div className="grid gap-4">
      {questions.map((question) => {
        return (
          <Card key={question}>
            <RadioGroup
              legend={t(`questions.${question}.title`)}
              name={question}
              options={aboutYouOptions(question).map((value) => ({
                value,
                label:
                  value === PREFER_NOT_TO_SAY
                    ? t("preferNot")
                    : t(`questions.${question}.options.${value}` as OptionKey),
              }))}
              defaultValue={answers[question] || undefined}
              direction="row"
            />
          </Card>
        );
      })}
    </div>
  );
}
