import { Card } from "../../components/card.tsx";
import { RadioGroup } from "../../components/choices.tsx";
import { ABOUT_YOU_TEXTS, type AboutYouAnswers } from "../../domain/about-you.ts";
import type { AboutYouQuestion } from "../../domain/study-parts.ts";

/** The optional questions as native radio groups; nothing is selected that the rater has not selected before. */
export function AboutYouQuestions({
  questions,
  answers,
}: {
  questions: readonly AboutYouQuestion[];
  answers: AboutYouAnswers;
}) {
  return (
    <div className="grid gap-4">
      {questions.map((question) => {
        const { title, options } = ABOUT_YOU_TEXTS[question];
        return (
          <Card key={question}>
            <RadioGroup
              legend={title}
              name={question}
              options={options}
              defaultValue={answers[question] || undefined}
              direction="row"
            />
          </Card>
        );
      })}
    </div>
  );
}
