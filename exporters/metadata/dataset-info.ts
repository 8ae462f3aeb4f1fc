import type { PrivacyProfile } from "../../app/domain/vocabulary.ts";
import { ExportError } from "../errors.ts";
import type { SourceStudy } from "../source.ts";
import { LICENCE_IDS, type LicenceId } from "./licences.ts";

/** How the dataset is presented; every field has a default from the study. */
export interface DatasetInfo {
  /** 6 to 50 characters. */
  title: string;
  /** 6 to 50 lower-case letters, digits and hyphens. */
  slug: string;
  /** Account under which the dataset is published, where a catalogue asks for it. */
  owner: string;
  /** 20 to 80 characters. */
  subtitle: string;
  description: string;
  licence: LicenceId;
  /** Of the release: MAJOR.MINOR.PATCH. Erasure bumps MAJOR. */
  version: string;
  creators: readonly string[];
  /** Where the dataset can be found. */
  url: string;
  keywords: readonly string[];
  /** What changed in this and earlier releases, the newest first; counts, never names. */
  changes: readonly { version: string; date: string; text: string }[];
}

const SUBTITLE = "Multi-turn human preferences for personalised text-to-image";
const DESCRIPTION =
  "Sessions in which raters steer a text-to-image agent over several turns: each turn shows columns of images, the rater " +
  "chooses one and may say what to change, and afterwards rates everything that was shown.";

/** Fills in what was not given and checks the rest. Throws an {@link ExportError} that says what to mend. */
export function datasetInfo(
  given: Partial<DatasetInfo>,
  study: SourceStudy,
  profile: PrivacyProfile,
): DatasetInfo {
  const title = given.title ?? defaultTitle(study.name);
  const info: DatasetInfo = {
    title,
    slug: given.slug ?? slugOf(title),
    owner: given.owner ?? "your-account",
    subtitle: given.subtitle ?? SUBTITLE,
    description: given.description ?? DESCRIPTION,
    licence: given.licence ?? (profile === "public" ? "CC-BY-4.0" : "other"),
    version: given.version ?? "1.0.0",
    creators: given.creators ?? ["The study team"],
    url: given.url ?? "",
    keywords: given.keywords ?? ["text-to-image", "human preferences", "multi-turn", "personalisation"],
    changes: given.changes ?? [],
  };
  if (info.url === "") info.url = `https://www.kaggle.com/datasets/${info.owner}/${info.slug}`;
  check(info);
  return info;
}

function defaultTitle(studyName: string): string {
  const name = studyName.toWellFormed().trim().replace(/\s+/gu, " ");
  const characters = [...name];
  const short = characters.length > 50 ? `${characters.slice(0, 49).join("").trim()}…` : name;
  return characters.length < 6 ? `${short || "Study"} preferences` : short;
}

function slugOf(title: string): string {
  const slug = title
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 50)
    .replace(/-+$/, "");
  return slug.length < 6 ? `${slug || "study"}-preferences` : slug;
}

function check(info: DatasetInfo): void {
  const length = (text: string) => [...text].length;
  const problems: [boolean, string][] = [
    [length(info.title) >= 6 && length(info.title) <= 50, "The title needs 6 to 50 characters."],
    [
      /^[a-z0-9][a-z0-9-]{4,48}[a-z0-9]$/.test(info.slug),
      "The slug needs 6 to 50 lower-case letters, digits and hyphens.",
    ],
    [/^[A-Za-z0-9-]+$/.test(info.owner), "The owner is an account name of letters, digits and hyphens."],
    [length(info.subtitle) >= 20 && length(info.subtitle) <= 80, "The subtitle needs 20 to 80 characters."],
    [LICENCE_IDS.includes(info.licence), `The licence is one of ${LICENCE_IDS.join(", ")}.`],
    [/^\d+\.\d+\.\d+$/.test(info.version), "The version looks like 1.0.0."],
    [info.creators.length > 0, "Name at least one creator."],
    [URL.canParse(info.url) && /^https?:/.test(info.url), "The address must start with https://."],
  ];
  const broken = problems.find(([ok]) => !ok);
  if (broken) throw new ExportError(broken[1]);
}
