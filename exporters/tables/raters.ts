import { ABOUT_YOU_QUESTIONS, type AboutYouQuestion } from "../../app/domain/study-parts.ts";
import type { RaterRecord } from "../records.ts";
import { lift, optional, required, type Table } from "./table.ts";

const DEMOGRAPHICS: Record<AboutYouQuestion, string> = {
  age_band: "Age band",
  gender: "Gender",
  region: "Region of the world",
  first_language: "First language",
  art_experience: "Experience with art or design",
  image_generator_use: "How often image generators are used",
  colour_vision: "Colour vision",
};

export interface RaterRow {
  rater: RaterRecord;
  trajectories: number;
}

/** Fed with raters once all trajectories are through, not with trajectories. */
export const ratersTable: Table<RaterRow> = {
  name: "raters",
  description: "One row per rater with a trajectory in this release, in order of first appearance.",
  primaryKey: ["rater_id"],
  columns: [
    ...lift<RaterRow, RaterRecord>(
      [
        required("rater_id", "id", "Pseudonym of the rater, new in every release.", (r) => r.raterId),
        required("pool", "string", 'Group that the rater was recruited into; "" = none.', (r) => r.pool),
        required("locale", "string", "Language of the rater's pages.", (r) => r.locale),
        optional(
          "consent_version",
          "int",
          "Version of the consent text agreed to; null = the study asked for none.",
          (r) => r.consentVersion,
        ),
        required(
          "consent_scopes",
          "string",
          "What the rater agreed to, separated by blanks.",
          (r) => r.consentScopes,
        ),
      ],
      (row) => row.rater,
    ),
    required("n_trajectories", "int", "Trajectories of the rater in this release.", (r) => r.trajectories),
    ...ABOUT_YOU_QUESTIONS.map((question) =>
      optional<RaterRow>(
        question,
        "string",
        `${DEMOGRAPHICS[question]}, by the rater's own account; null = not asked, not answered or not agreed to.`,
        ({ rater }) => rater.demographics[question] ?? null,
      ),
    ),
  ],
  each() {},
};
