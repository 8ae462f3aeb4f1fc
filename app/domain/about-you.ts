import { ABOUT_YOU_QUESTIONS, type AboutYouQuestion } from "./study-parts.ts";

/** The optional questions about the rater. Bands are wide enough that an answer singles nobody out. */
export interface AboutYouText {
  title: string;
  options: readonly { value: string; label: string }[];
}

/** An answer to every question, kept apart from a question that was left blank (""). */
export const PREFER_NOT_TO_SAY = "prefer_not_to_say";

const option = (value: string, label: string) => ({ value, label });
const withPreferNot = (title: string, ...options: { value: string; label: string }[]): AboutYouText => ({
  title,
  options: [...options, option(PREFER_NOT_TO_SAY, "Prefer not to say")],
});

export const ABOUT_YOU_TEXTS: Record<AboutYouQuestion, AboutYouText> = {
  age_band: withPreferNot(
    "How old are you?",
    option("18_24", "18–24"),
    option("25_34", "25–34"),
    option("35_44", "35–44"),
    option("45_54", "45–54"),
    option("55_64", "55–64"),
    option("65_plus", "65 or older"),
  ),
  gender: withPreferNot(
    "Which describes you best?",
    option("woman", "Woman"),
    option("man", "Man"),
    option("non_binary", "Non-binary"),
    option("other", "Another description"),
  ),
  region: withPreferNot(
    "Where have you lived for most of your life?",
    option("africa", "Africa"),
    option("asia_east", "East or South-East Asia"),
    option("asia_south", "South or Central Asia"),
    option("europe", "Europe"),
    option("latin_america", "Latin America or the Caribbean"),
    option("middle_east", "Middle East or North Africa"),
    option("north_america", "North America"),
    option("oceania", "Oceania"),
  ),
  first_language: withPreferNot(
    "Is English your first language?",
    option("english", "Yes"),
    option("english_and_other", "Yes, together with another"),
    option("other_fluent", "No, but I speak it fluently"),
    option("other", "No"),
  ),
  art_experience: withPreferNot(
    "How much do you have to do with art, design or photography?",
    option("none", "Nothing special"),
    option("hobby", "As a hobby"),
    option("trained", "I studied it"),
    option("professional", "It is or was my job"),
  ),
  image_generator_use: withPreferNot(
    "How often do you use programs that make images from text?",
    option("never", "Never until now"),
    option("tried", "I have tried some"),
    option("monthly", "A few times a month"),
    option("weekly", "Every week or more"),
  ),
  colour_vision: withPreferNot(
    "Do you have difficulty telling some colours apart?",
    option("no", "No"),
    option("yes", "Yes"),
    option("unsure", "I am not sure"),
  ),
};

export type AboutYouAnswers = Record<string, string>;

/** The answers among `given` to the questions asked; a question without one of its own options counts as left blank. */
export function readAboutYou(
  questions: readonly AboutYouQuestion[],
  given: (question: AboutYouQuestion) => string,
): AboutYouAnswers {
  return Object.fromEntries(
    questions.map((question) => {
      const value = given(question);
      return [question, ABOUT_YOU_TEXTS[question].options.some((o) => o.value === value) ? value : ""];
    }),
  );
}

/** Whether each question was shown before, so that nobody is asked twice. */
export function isAboutYouAsked(questions: readonly AboutYouQuestion[], answers: AboutYouAnswers): boolean {
  return questions.every((question) => question in answers);
}

/** The questions that stored answers belong to, in the usual order. */
export function askedQuestions(answers: AboutYouAnswers): AboutYouQuestion[] {
  return ABOUT_YOU_QUESTIONS.filter((question) => question in answers);
}
