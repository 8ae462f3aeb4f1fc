import { SCOPE_OF_PROFILE } from "../privacy/consent.ts";
import { builtOn, type MetadataContext } from "./context.ts";
import { LICENCES } from "./licences.ts";

/** DATASHEET.md, after the questions of "Datasheets for Datasets". */
export function datasheetText(context: MetadataContext): string {
  return [
    `# Datasheet: ${context.info.title}`,
    "",
    `Release ${context.info.version} of ${builtOn(context)}, made with Turnwise ${context.softwareVersion}.`,
    "",
    ...motivation(context),
    ...composition(context),
    ...collection(),
    ...processing(context),
    ...limitations(),
    ...usesAndCare(context),
  ].join("\n");
}

function motivation({ info }: MetadataContext): string[] {
  return [
    "## Motivation",
    "",
    "To learn and to evaluate agents that adapt the images they propose to one person over several turns.",
    `Created by ${info.creators.join(", ")}.`,
    "",
  ];
}

function composition({ counts, sizes, excluded, withheld, images }: MetadataContext): string[] {
  return [
    "## Composition",
    "",
    `An instance is a trajectory: one rater, one initial prompt, up to ${sizes.horizon} turns of ${sizes.columnCount} columns.`,
    `There are ${counts.trajectories} trajectories of ${counts.raters} raters: ${counts.complete} complete and ${counts.abandoned} abandoned (${counts.inProgress} of these were still open), with ${counts.turns} turns, ${counts.choices} choices, ${counts.images} images and ${counts.answers} answers.`,
    images === null ? "Image files are not included." : `${images.files} image files are included.`,
    "",
    "Left out, in trajectories:",
    "",
    "| reason | trajectories |",
    "|---|---|",
    `| consent was withdrawn | ${excluded.withdrawn} |`,
    `| no consent is on record | ${excluded.noConsent} |`,
    `| consent does not cover this release | ${excluded.outOfScope} |`,
    `| work was rejected | ${excluded.rejected} |`,
    `| abandoned, and only complete ones were asked for | ${excluded.abandoned} |`,
    `| other source than asked for | ${excluded.source} |`,
    `| other arm, version or day than asked for | ${excluded.filtered} |`,
    "",
    "Included without a part that the rater did not agree to give, in trajectories:",
    "",
    "| part | trajectories |",
    "|---|---|",
    `| texts (and the expansions that quote them) | ${withheld.freeText} |`,
    `| images | ${withheld.images} |`,
    `| answers about the rater | ${withheld.demographics} |`,
    "",
    "Numbers of a complete trajectory were checked before publication: one choice a turn, all columns, images and answers, and all pairs.",
    "",
  ];
}

function collection(): string[] {
  return [
    "## Collection process",
    "",
    "Each rater types a short initial prompt for something they want to see. In every turn an agent proposes prompt expansions; an image model renders several images of each; the rater sees the images only, chooses one column by its best image, and may write a short critique. After the last turn every slate is shown again in its order and rated: preferred column, satisfaction with each column and with the turn, comparison with the turn before, and a rationale.",
    "Arms are assigned by the server from concealed lists of permuted blocks; raters, and whoever supports them, do not see which arm they are in. The order of columns and rows is drawn anew for every turn and recorded.",
    "",
  ];
}

function processing({ profile, withheld, splits }: MetadataContext): string[] {
  const { screening } = withheld;
  return [
    "## Preprocessing and privacy",
    "",
    `Profile: ${profile}. People are included when they agreed to \`${SCOPE_OF_PROFILE[profile]}\`; in the internal profile also when their study asked for no consent. Simulated raters need not agree.`,
    "Ids are keyed hashes (HMAC-SHA-256) with a key that is not part of the release. Names and addresses are never exported.",
    profile === "internal"
      ? "Times are exact."
      : "Times are days, and milliseconds since the start of the trajectory.",
    profile === "internal"
      ? "Texts were not screened for personal data."
      : `Texts were screened for e-mail addresses, web addresses, telephone numbers, handles and names: ${screening.flagged} were flagged, ${screening.redacted} redacted, ${screening.excluded} left out, ${screening.undecided} not decided about. Nobody looked at ${screening.unreviewed} texts, flagged or not.`,
    splits
      ? `Splits by keyed hash: ${splits.testUnseen} of the raters are in test_unseen; ${splits.testSeen} of the other raters' trajectories, never the first of a rater, in test_seen.`
      : "No splits were drawn.",
    "Text is well-formed Unicode: a lone surrogate became U+FFFD. Nothing else was changed.",
    "",
  ];
}

/** The limitations that the paper names for its own study (B.3), and what this software does about each. */
function limitations(): string[] {
  return [
    "## Known limitations",
    "",
    "| limitation | here |",
    "|---|---|",
    "| arms that run one after another are confounded with time | arms run at the same time and are drawn on the server |",
    "| raters work at different times and hours | arms are balanced in small blocks within raters; times are recorded |",
    "| raters may not be representative | look at `raters`: pools, languages and, where agreed to, answers about themselves |",
    "| initial prompts are not diverse | they are the raters' own; compare them before you generalise |",
    "| lost connections and errors | writes are idempotent; waiting time is recorded apart from active time |",
    "| abandoned sessions | kept with status `abandoned`, unless only complete ones were asked for |",
    "| critiques that the agent ignored | `critique_sent_to_agent` tells what the agent was given |",
    "",
    "Judgements are by the best image of a column. Satisfactions are ordinal, and raters use the scale differently. Where the image model is the sketch renderer, images are drawings by rule and no output of a generative model.",
    "",
  ];
}

function usesAndCare({ info }: MetadataContext): string[] {
  const licence = LICENCES[info.licence];
  return [
    "## Uses",
    "",
    "Meant for reward and user models, for agents that propose prompts, and for off-policy evaluation. Not meant for telling who a rater is, nor for statements about groups of people that the raters do not represent.",
    "",
    "## Distribution and maintenance",
    "",
    `Licence: ${licence.title}${licence.url && ` (${licence.url})`}. Address: ${info.url}`,
    "A rater may withdraw: their data are removed at the source and from every later release, whose MAJOR version grows. CHANGELOG.md tells how many trajectories went, never whose.",
    "",
  ];
}
