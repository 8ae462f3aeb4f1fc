/** Of every step of a session: instructions, prompt, saving, signing in again, being elsewhere, the end. */
export default {
  instructions: {
    title: "How it works",
    adultTitle: "Images may show adult or disturbing content",
    adult:
      "The images are made by a machine and can turn out sexual, violent or otherwise disturbing. You can hide or report any image, and you can give the task back at any time without a penalty.",
    describe: {
      title: "Describe what you want to see, in at most {max, plural, one {# word} other {# words}}",
      text: "One specific thing that you would really like to see. You refine it later, so not everything has to fit.",
      good: "Descriptive",
      bad: "Too generic",
      badExample: "a temple",
    },
    choose: {
      title: "In each of {turns, number} turns, choose the column with the best single image",
      text: "You see {images, number} images in {columns, number} columns. Find the one image that you like best: good in itself, and close to what you asked for. Its column is your choice. If <b>2A</b> is the best of the {images, number}, select column <b>2</b>, even if the rest of that column is weaker.",
    },
    change: {
      title: "Say what to change, if you like",
      text: "A remark of at most {max, plural, one {# word} other {# words}} on style, composition, colour or content, such as “Add more color”. It steers the next turn. Don’t change your original idea: someone who asked for a temple shouldn’t ask for a car.",
    },
    rate: {
      title: "Then rate every turn",
      text: "After the last turn you press “Enter rater mode” and answer the same questions about each turn:",
      q1: "Which column do you prefer?",
      q2: "How satisfied are you with each column, judged by its best image?",
      q3: "Why did you select your column?",
      q4: "Is this turn better than, about the same as, or worse than the one before?",
      q5: "How satisfied are you with all images of the turn?",
      noRight:
        "There are no right answers. A remark is sometimes not followed; don’t judge the images by that.",
    },
    saved: "Everything is saved as you go. You can stop at any time and come back.",
    begin: "I understand, begin",
    back: "Back to where you were",
    exampleAlt:
      "Sixteen small images in four columns. Only image 2A shows a white cat sleeping on a red sofa, so column 2 is selected, although the rest of it shows other things.",
    exampleCaption: "For “{prompt}”, 2A is the best image, so the answer is column 2.",
  },
  examples: {
    temple: "An ancient Egyptian temple with hieroglyphs",
    cat: "A white cat sleeping on a red sofa",
    lighthouse: "A lighthouse in a storm at night",
  },
  quoted: "“{text}”",
  prompt: {
    givenTitle: "This is what you will look for",
    givenIntro:
      "Imagine how a picture of it should look to please you. You steer towards it over {turns, plural, one {# turn} other {# turns}}.",
    title: "What would you like to see?",
    intro:
      "Describe one specific thing in at most {max, plural, one {# word} other {# words}}. You will refine it over {turns, plural, one {# turn} other {# turns}}, so not everything has to fit.",
    label: "Your prompt",
    theme: "Your theme",
    themeHint: "Describe something of your own on this theme.",
    submit: "Show me images",
    again: "Read the instructions again",
    general:
      "That is quite general. A few details, such as a place, a mood or a colour, give you more to choose from. You can also send it as it is.",
    descriptive: "Descriptive, not generic",
  },
  problems: {
    empty: "Type what you would like to see.",
    tooManyWords: "Use at most {max, plural, one {# word} other {# words}} (now {count, number}).",
    tooLong: "Use at most {max, number} characters.",
    chooseColumn: "Choose a column.",
    needed: "This is needed to take part.",
  },
  done: {
    title: "Thank you, you are done",
    received: "All your choices and ratings for “{prompt}” were received on <time></time>.",
    code: "Your completion code",
    copy: "Copy the code",
    handIn: "Go back with the button below, which hands the code in, or enter it there yourself.",
    keep: "Keep it if you were asked for a code where you found this study.",
    back: "Back to your work",
    returnTo: "Return to {host}",
  },
  lease: {
    label: "Until when your place is kept",
    keptUntil: "Place kept until",
    text: "Your place is kept until <time></time>; anything you do renews it. Your work is kept in any case.",
    soon: "Your place is kept until <time></time>. Anything you do renews it.",
  },
  save: {
    saving: "Saving…",
    saved: "Saved",
    retrying: "Kept on this device – saving as soon as Turnwise answers",
    signed_out: "Kept on this device – you are signed out.",
    moved: "Not saved – you went on elsewhere.",
    refused: "Not saved",
    conflict: "Changed in two places",
  },
  conflict: {
    title: "You changed this in two places",
    here: "On this page:",
    there: "Saved from elsewhere:",
    empty: "(empty)",
    keepMine: "Keep what is on this page",
    useTheirs: "Use what was saved",
  },
  signInAgain: {
    title: "Sign in again",
    newTab: "(opens in a new tab)",
    still: "Everything on this page is still here, and is saved as soon as you are signed in.",
    recruited:
      "Everything on this page is still here. Open the study again where you found it, in another tab of this browser, press “Continue” there, and come back to this tab.",
    done: "I am signed in again",
    tooMany: "Too many attempts. Wait a minute, then try again.",
    wrong: "The e-mail address or the password is wrong.",
    notNow: "Turnwise could not sign you in just now. Try again in a moment.",
    noAnswer: "Turnwise did not answer. Check your connection and try again.",
  },
  elsewhere: {
    title: "This task is open elsewhere",
    text: "You are working on it in another tab or on another device. Only one can be active, so that your answers never overwrite each other.",
    leave: "Leave it there",
    goOn: "Go on here",
  },
  /** By the code of a refusal; other codes keep the server's own sentence. */
  refusals: {
    UNREACHABLE:
      "Turnwise did not answer. What you entered is still here: check your connection and send it again.",
    SIGN_IN_NEEDED:
      "This was not sent: you are signed out. What you entered is still here. Sign in, then send it again.",
    STORAGE_UNAVAILABLE:
      "The server cannot save right now. Nothing you typed is lost on this page: try again in a moment.",
    TURN_ALREADY_CHOSEN: "You already chose a column in this turn; that choice stands.",
    TURN_NOT_READY: "The images of this turn are not ready yet.",
    WRONG_PHASE: "This step is already behind you. Go on where you left off.",
    ASSIGNMENT_NOT_LIVE: "This task has ended; nothing more can be changed in it.",
    ASSIGNMENT_PAUSED: "The coordinator has paused this task. Your work is kept, and no time is lost.",
    WRITER_MOVED: "You went on with this task in another tab or on another device. Nothing was changed here.",
    SUBMISSION_ID_REUSED: "The form is out of date. Reload the page and try again.",
    TOO_MANY_REQUESTS: "Too many answers at once. Try again in a moment.",
    STUDY_NOT_OPEN: "This study takes no new tasks at the moment. Look again later.",
    STUDY_FULL: "All places of this study are taken.",
    OFFER_NOT_TAKEN: "This offer is no longer open.",
    ASSIGNMENT_ALREADY_LIVE: "You have a task of this study under way already. Finish it first.",
    INVITATION_INVALID: "This link no longer works: it was used, replaced or withdrawn.",
  },
} as const;
