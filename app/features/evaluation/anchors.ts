import type { MissingAnswer } from "../../domain/evaluation.ts";

/** Fragment of the question that an answer is missing from: "rationale", "satisfaction-col_…". */
export function anchorOf(missing: MissingAnswer): string {
  return missing.question === "column_satisfaction" && missing.columnId
    ? `satisfaction-${missing.columnId}`
    : missing.question;
}
