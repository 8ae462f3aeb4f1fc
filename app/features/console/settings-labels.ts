/** What each setting is called, by its path: in the form and in the list of what changed. */
export const SETTING_LABELS: Record<string, string> = {
  horizon: "Turns (H)",
  columnCount: "Columns of a slate (L)",
  imagesPerColumn: "Images of a column (M)",
  candidateCount: "Candidates per turn",
  categoryCount: "Candidate categories",
  imageSizePx: "Image size in pixels",
  initialPromptMaxWords: "Most words of the initial prompt",
  critiqueMaxWords: "Most words of a critique",
  expansionMaxWords: "Most words of an expansion in the last turn",
  rationaleMinWords: "Fewest words of a rationale",
  welcomeText: "Welcome text",
  optionalPhases: "Steps before the first task",
  "consent.version": "Version of the consent text",
  "consent.text": "Consent text",
  "consent.scopes": "Uses of the data",
  aboutYouQuestions: "Questions about the rater",
  "prompts.mode": "Where initial prompts come from",
  "prompts.items": "Cues or prompts",
  targetTrajectories: "Completed trajectories wanted",
  overRecruitment: "Places beyond the target",
  allocationLevel: "What is assigned to an arm",
  maxTrajectoriesPerRater: "Most trajectories per rater",
  maxTrajectoriesPerRaterPerDay: "Most trajectories per rater and day",
  minPauseMinutes: "Minutes of pause between two trajectories",
  opensAtMs: "Opens at (UTC)",
  closesAtMs: "Closes at (UTC)",
  eligiblePools: "Groups that may take part",
  leaseMinutes: "Minutes an idle rater keeps the place",
  expiryPolicy: "When a place has expired",
  reminderMinutes: "Remind this many minutes before",
  reuseRejectedPlaces: "Rejected work gives its place to somebody else",
  payUnit: "Paid by",
  payPerTrajectoryCents: "Pay per completed trajectory",
  payPerHourCents: "Pay per hour",
  payCurrency: "Currency code",
  expectedMinutes: "Expected minutes per trajectory",
  "recruitment.completionCode": "Completion code of the panel",
  "recruitment.completedUrl": "After completing",
  "recruitment.screenedOutUrl": "After being screened out",
  "recruitment.studyFullUrl": "When the study is full",
  turnDeadlineSeconds: "Seconds until a turn counts as failed",
  spendCapCents: "Most that the models may cost",
  adultContentNotice: "Warn of adult or disturbing images",
  arms: "Arms",
};

export interface SettingsSection {
  id: string;
  title: string;
  /** First parts of the paths that belong here. */
  owns: readonly string[];
}

/** The parts of the page, in order. */
export const SETTINGS_SECTIONS: readonly SettingsSection[] = [
  {
    id: "general",
    title: "Name and welcome",
    owns: ["name", "welcomeText"],
  },
  {
    id: "sizes",
    title: "Sizes and limits",
    owns: [
      "horizon",
      "columnCount",
      "imagesPerColumn",
      "candidateCount",
      "categoryCount",
      "imageSizePx",
      "initialPromptMaxWords",
      "critiqueMaxWords",
      "expansionMaxWords",
      "rationaleMinWords",
    ],
  },
  { id: "arms", title: "Arms", owns: ["arms", "allocationLevel"] },
  { id: "prompts", title: "Initial prompts", owns: ["prompts"] },
  { id: "steps", title: "Steps and consent", owns: ["optionalPhases", "consent"] },
  { id: "about-you", title: "About the rater", owns: ["aboutYouQuestions"] },
  {
    id: "places",
    title: "Places and time",
    owns: [
      "targetTrajectories",
      "overRecruitment",
      "reuseRejectedPlaces",
      "opensAtMs",
      "closesAtMs",
      "leaseMinutes",
      "reminderMinutes",
      "expiryPolicy",
    ],
  },
  {
    id: "raters",
    title: "Who, and how often",
    owns: ["eligiblePools", "maxTrajectoriesPerRater", "maxTrajectoriesPerRaterPerDay", "minPauseMinutes"],
  },
  {
    id: "pay",
    title: "Pay",
    owns: ["payUnit", "payPerTrajectoryCents", "payPerHourCents", "payCurrency", "expectedMinutes"],
  },
  { id: "recruitment", title: "Coming from a panel", owns: ["recruitment"] },
  {
    id: "images",
    title: "Making images",
    owns: ["turnDeadlineSeconds", "spendCapCents", "adultContentNotice"],
  },
];

/** Words for what a choice stores. */
export const CHOICE_TEXTS: Record<string, Record<string, string>> = {
  "prompts.mode": {
    free: "The rater's own idea",
    cue: "A theme to write about",
    given: "A prompt as it is",
  },
  allocationLevel: {
    trajectory: "Every trajectory, balanced within each rater",
    rater: "The rater, for all of their trajectories",
  },
  expiryPolicy: {
    revive: "The rater can go on while a place is free",
    final: "The work is kept, and closed",
  },
  payUnit: { trajectory: "Completed trajectory", hour: "Hour of work" },
};

export const PHASE_LABELS: Record<string, string> = {
  consent: "Consent",
  about_you: "Questions about the rater",
  practice: "Practice turn",
};

/** Uses of the data, in short; raters read the sentences of `SCOPE_TEXTS`. */
export const SCOPE_LABELS: Record<string, string> = {
  research_internal: "Research of this study's team",
  research_shared: "Sharing with other research teams",
  public_release: "Publication",
  free_text: "Free texts in what is shared",
  images: "Images in what is shared",
  demographics: "Answers about the rater in what is shared",
};
