import { ABOUT_YOU_TEXTS } from "../../../domain/about-you.ts";
import { SCOPE_TEXTS } from "../../../domain/consent.ts";

/** From a recruitment link to the first prompt: taking part, consent, about you, practice; and "Your data". */
export default {
  steps: {
    label: "Steps before the first images",
    done: "(done)",
    consent: "Consent",
    about_you: "About you",
    instructions: "How it works",
    practice: "Practice",
    prompt: "Your prompt",
  },
  join: {
    intro: "You describe a picture and choose among images in turns.",
    time: "Time",
    minutes: "About {minutes} min",
    pay: "Pay",
    asAgreed: "As agreed with your panel",
    perHour: "{money} an hour",
    otherAccount:
      "You are signed in as {name}. If you go on, you are signed out there and take part with your participant id.",
    cookie:
      "A cookie keeps you signed in on this device. Your participant id is kept apart from your answers.",
    from: "From <time></time> on.",
    seeTasks: "See your tasks",
    closePage: "You can close this page.",
    refused: {
      other: "You cannot take part now",
      BAD_LINK: "This link is not complete",
      UNPROVEN: "This participant id is in use",
      OPENS_LATER: "This study is not open yet",
      STUDY_FULL: "This study is full",
      LINK_FULL: "This study is full",
      STUDY_CLOSED: "This study has ended",
      CLOSED_SINCE: "This study has ended",
      LINK_CLOSED: "This link is closed",
      POOL_NOT_ELIGIBLE: "This study is not for your group",
      CAP_REACHED: "You have done all your tasks",
      PAUSE: "Time for a break",
    },
  },
  consent: {
    title: "Do you want to take part?",
    whatYouAgreeTo: "What you agree to",
    needed: "Needed to take part",
    optional: "Optional: your choice changes nothing for you",
    decline: "I do not agree",
    agree: "I agree, continue",
    later:
      "You find what you agreed to, and the way to withdraw it, on your own page “Your data”. Text version {version}.",
    scopes: SCOPE_TEXTS,
  },
  aboutYou: {
    title: "About you",
    intro:
      "These answers help to tell whose taste the data describe. Every question is optional, no answer changes your pay, and you can change your answers later on “Your data”.",
    blank: "Leave blank what you do not want to answer.",
    preferNot: "Prefer not to say",
    questions: ABOUT_YOU_TEXTS,
  },
  left: {
    title: "You are not taking part",
    text: "You did not agree to the consent text of {study}. That is fine: your place is free for somebody else, and no answers of yours are kept.",
    goBack:
      "You can close this page, or go back to where you came from, which then knows that you did not take part.",
    close: "You can close this page. If you change your mind, start again.",
    back: "Back to your work",
  },
  yourData: {
    title: "Your data",
    intro: "What you agreed to, what you said about yourself, and how you come back.",
    studies: "Studies and consent",
    noStudies: "You do not take part in a study yet.",
    aboutYou: "About you",
    save: "Save these answers",
    signingIn: "Signing in",
    withPassword: "You sign in with <b>{email}</b> and your password.",
    byLink:
      "You came by a recruitment link, with the participant id <b>{id}</b>. To come back, open the study there again. The id is kept apart from your answers.",
    byProlific:
      "You came by a recruitment link from Prolific, with the participant id <b>{id}</b>. To come back, open the study there again. The id is kept apart from your answers.",
    linkIntro:
      "To go on in another browser or on another device, make a personal link. It works once, for 24 hours; do not give it to anybody else.",
    copyLink: "Copy the link",
    worksUntil: "Works until <time></time>",
    makeLink: "Make a personal link",
    memberSince: "Member since <time></time>",
    notAsked: "This study has not asked you for consent.",
    agreed: "You agreed to version {version} on <time></time>:",
    agreedAndWithdrew: "You agreed to version {version} on <time></time> and withdrew on <until></until>:",
    withdraw: "Withdraw",
    withdrawFrom: "Withdraw from {study}",
    withdrawAsk: "Withdraw from “{study}”?",
    withdrawButton: "Withdraw from this study",
    effects: {
      ends: "A task that is under way ends, and you get no more of this study.",
      leftOut: "Your work is left out of everything that is exported from now on.",
      earned: "What you have earned stays earned.",
      final: "Data sets that were made before cannot be called back. This cannot be undone.",
    },
  },
} as const;
