import { ABOUT_YOU_QUESTIONS } from "../../domain/study-parts.ts";

/** Value per question of a posted form; whether they are answers is for the use case to tell. */
export function readAboutYouForm(form: FormData): Record<string, string> {
  return Object.fromEntries(
    ABOUT_YOU_QUESTIONS.flatMap((question) => {
      const value = form.get(question);
      return typeof value === "string" ? [[question, value]] : [];
    }),
  );
}
