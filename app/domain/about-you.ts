import { ABOUT_YOU_QUESTIONS, type AboutYouQuestion } from "./study-parts.ts";

/** A question's title, and its answers by the value that is stored. */
export interface AboutYouText {
  title: string;
  options: Record<string, string>;
}

/** An answer to every question, kept apart from a question that was left blank (""). */
export const PREFER_NOT_TO_SAY = "prefer_not_to_say";

/** The optional questions about the rater. Bands are wide enough that an answer singles nobody out. */
export const ABOUT_YOU_TEXTS = {
  age_band: {
    title: "How old are you?",
    options: {
      "18_24": "18–24",
      "25_34": "25–34",
      "35_44": "35–44",
      "45_54": "45–54",
      "55_64": "55–64",
      "65_plus": "65 or older",
    },
  },
  gender: {
    title: "Which describes you best?",
    options: {
      woman: "Woman",
      man: "Man",
      non_binary: "Non-binary",
      other: "Another description",
    },
  },
  region: {
    title: "Where have you lived for most of your life?",
    options: {
      africa: "Africa",
      asia_east: "East or South-East Asia",
      asia_south: "South or Central Asia",
      europe: "Europe",
      latin_america: "Latin America or the Caribbean",
      middle_east: "Middle East or North Africa",
      north_america: "North America",
      oceania: "Oceania",
    },
  },
  first_language: {
    title: "Is English your first language?",
    options: {
      english: "Yes",
      english_and_other: "Yes, together with another",
      other_fluent: "No, but I speak it fluently",
      other: "No",
    },
  },
  art_experience: {
    title: "How much do you have to do with art, design or photography?",
    options: {
      none: "Nothing special",
      hobby: "As a hobby",
      trained: "I studied it",
      professional: "It is or was my job",
    },
  },
  image_generator_use: {
    title: "How often do you use programs that make images from text?",
    options: {
      never: "Never until now",
      tried: "I have tried some",
      monthly: "A few times a month",
      weekly: "Every week or more",
    },
  },
  colour_vision: {
    title: "Do you have difficulty telling some colours apart?",
    options: {
      no: "No",
      yes: "Yes",
      unsure: "I am not sure",
    },
  },
} as const satisfies Record<AboutYouQuestion, AboutYouText>;

/** The values that may answer `question`, in the order in which they are shown; "prefer not to say" is the last. */
export function aboutYouOptions(question: AboutYouQuestion): string[] {
  return [...Object.keys(ABOUT_YOU_TEXTS[question].options), PREFER_NOT_TO_SAY];
}

export type AboutYouAnswers = Record<string, string>;

/** The answers among `given` to the questions asked; a question without one of its own options counts as left blank. */
export function readAboutYou(
  questions: readonly AboutYouQuestion[],
  given: (question: AboutYouQuestion) => string,
): AboutYouAnswers {
  return Object.fromEntries(
    questions.map((question) => {
      const value = given(question);
      return [question, aboutYouOptions(question).includes(value) ? value : ""];
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
