import type { LoadedSession } from "../assignment/load-session.ts";

/** The code that proves a finished task: the panel's fixed one where the study has it, else the task's own. */
export function completionCodeOf({ assignment, settings }: LoadedSession): string {
  return settings.recruitment.completionCode || assignment.completionCode;
}
