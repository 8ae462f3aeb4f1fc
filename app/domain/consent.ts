import type { ConsentSettings } from "./study-parts.ts";
import type { ConsentScope } from "./vocabulary.ts";

/** What a person agrees to with each scope, in their own words: the label of its checkbox. */
export const SCOPE_TEXTS = {
  research_internal:
    "The people who run this study may use my choices, ratings and texts for their research, under a pseudonym.",
  research_shared: "They may give these data to other research teams, without anything that names me.",
  public_release: "They may publish these data for everybody, without anything that names me.",
  free_text: "What I write myself (prompts, remarks, reasons) may be part of what is shared or published.",
  images: "The images that were made for me may be part of what is shared or published.",
  demographics: "My answers about myself, if I give any, may be part of what is shared or published.",
} as const satisfies Record<ConsentScope, string>;

/** A text to start from; the people who run a study answer for theirs. */
export const CONSENT_TEXT_DRAFT = `You take part in a study on how people judge images that computers make. You describe something that you would like to see, choose among images in several turns, and rate them. Some images may be unpleasant or strange; you can report any image and stop at any time.

We store what you type, choose and rate, with the times, under a pseudonym. Your name, e-mail address or panel id is kept apart from these data and is never passed on with them. Some answers are compared with each other to judge how careful the answers are; that alone never changes your pay.

Taking part is voluntary. You can stop at any time without giving a reason, and withdraw your consent later on your own page “Your data”.`;

/** Which of the required scopes were not agreed to. */
export function missingScopes(consent: ConsentSettings, given: readonly ConsentScope[]): ConsentScope[] {
  return consent.scopes.filter((s) => s.required && !given.includes(s.scope)).map((s) => s.scope);
}

/** What was agreed to, among the scopes that are asked for, in their order. */
export function agreedScopes(consent: ConsentSettings, given: readonly string[]): ConsentScope[] {
  return consent.scopes.map((s) => s.scope).filter((scope) => given.includes(scope));
}
