import type { StudySettings } from "./study-settings.ts";

export interface SettingsProblem {
  /** Where it is shown, e.g. ["arms"]. */
  path: (string | number)[];
  message: string;
}

/**
 * What is wrong with settings whose fields are each possible on their own, before they are saved. Settings that were
 * published before a rule existed must go on working, so the schema itself asks for no more than {@link slateProblems}.
 */
export function settingsProblems(s: StudySettings): SettingsProblem[] {
  return [...slateProblems(s), ...promptProblems(s), ...consentProblems(s), ...placeProblems(s)];
}

/** Without these no slate could be made. */
export function slateProblems(s: StudySettings): SettingsProblem[] {
  const out: SettingsProblem[] = [];
  const keys = s.arms.map((a) => a.key);
  if (new Set(keys).size !== keys.length)
    out.push({ path: ["arms"], message: "Two arms have the same key." });
  if (s.categoryCount < s.columnCount) {
    out.push({
      path: ["categoryCount"],
      message:
        "At most one candidate per category is shown, so there must be at least as many categories as columns.",
    });
  }
  if (s.candidateCount < s.categoryCount) {
    out.push({
      path: ["candidateCount"],
      message: "There must be at least one candidate per category.",
    });
  }
  return out;
}

function promptProblems({ prompts }: StudySettings): SettingsProblem[] {
  const what = prompts.mode === "cue" ? "cue" : "prompt";
  if (prompts.mode === "free") return [];
  if (prompts.items.length === 0) {
    return [{ path: ["prompts", "items"], message: `List at least one ${what}, one per line.` }];
  }
  const seen = new Set<string>();
  for (const item of prompts.items) {
    const folded = item.toLowerCase();
    if (seen.has(folded)) {
      return [{ path: ["prompts", "items"], message: `“${item}” is in the list twice; each ${what} once.` }];
    }
    seen.add(folded);
  }
  return [];
}

function consentProblems(s: StudySettings): SettingsProblem[] {
  const out: SettingsProblem[] = [];
  if (s.optionalPhases.includes("consent")) {
    if (s.consent.text.trim() === "") {
      out.push({
        path: ["consent", "text"],
        message: "Write what raters agree to, or leave the consent step out.",
      });
    }
    if (s.consent.scopes.length === 0) {
      out.push({ path: ["consent", "scopes"], message: "Choose at least one use to ask consent for." });
    }
  }
  const scopes = s.consent.scopes.map((x) => x.scope);
  if (new Set(scopes).size !== scopes.length) {
    out.push({ path: ["consent", "scopes"], message: "A use of the data is listed twice." });
  }
  if (s.optionalPhases.includes("about_you") && s.aboutYouQuestions.length === 0) {
    out.push({
      path: ["aboutYouQuestions"],
      message: "Choose at least one question, or leave this step out.",
    });
  }
  if (new Set(s.aboutYouQuestions).size !== s.aboutYouQuestions.length) {
    out.push({ path: ["aboutYouQuestions"], message: "A question is listed twice." });
  }
  if (new Set(s.optionalPhases).size !== s.optionalPhases.length) {
    out.push({ path: ["optionalPhases"], message: "A step is listed twice." });
  }
  return out;
}

function placeProblems(s: StudySettings): SettingsProblem[] {
  const out: SettingsProblem[] = [];
  if (s.opensAtMs !== null && s.closesAtMs !== null && s.closesAtMs <= s.opensAtMs) {
    out.push({ path: ["closesAtMs"], message: "The study must close after it opens." });
  }
  const perDay = s.maxTrajectoriesPerRaterPerDay;
  if (perDay !== null && s.maxTrajectoriesPerRater !== null && perDay > s.maxTrajectoriesPerRater) {
    out.push({
      path: ["maxTrajectoriesPerRaterPerDay"],
      message: `A rater may do ${s.maxTrajectoriesPerRater} tasks in all, so the daily limit cannot be higher.`,
    });
  }
  if (s.reminderMinutes >= s.leaseMinutes) {
    out.push({
      path: ["reminderMinutes"],
      message: `Remind less than ${s.leaseMinutes} minutes before the end: that is the whole time a task may lie untouched.`,
    });
  }
  const pools = s.eligiblePools.map((p) => p.toLowerCase());
  if (new Set(pools).size !== pools.length) {
    out.push({ path: ["eligiblePools"], message: "A group is listed twice." });
  }
  if (s.payUnit === "hour" && s.payPerHourCents === 0 && s.payPerTrajectoryCents > 0) {
    out.push({ path: ["payPerHourCents"], message: "Pay is by the hour: say how much an hour is paid." });
  }
  return out;
}
