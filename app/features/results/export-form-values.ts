/** The export builder's form: what was entered, as text, so that nothing is lost when it is refused. */
import { DAY_MS, dayStartMs } from "../../domain/day.ts";
import {
  type ExportOptions,
  type ExportOptionsInput,
  INCLUDE_VALUES,
  LICENCE_IDS,
  TABLE_FORMATS,
  TABLE_NAMES,
} from "../../domain/export-options.ts";
import { type PRIVACY_PROFILES, SOURCES } from "../../domain/vocabulary.ts";

export interface ExportFormValues {
  profile: string;
  include: string;
  source: string;
  formats: string[];
  tables: string[];
  armIds: string[];
  versions: string[];
  /** Days as `2026-01-31`, UTC; the last one is in. */
  fromDay: string;
  toDay: string;
  images: boolean;
  splits: boolean;
  testUnseen: string;
  testSeen: string;
  linkAs: string;
  title: string;
  subtitle: string;
  slug: string;
  owner: string;
  licence: string;
  version: string;
  creators: string;
}

/** What the form begins with. */
export const NEW_EXPORT: ExportFormValues = {
  profile: "internal",
  include: "complete",
  source: "",
  formats: [...TABLE_FORMATS],
  tables: [...TABLE_NAMES],
  armIds: [],
  versions: [],
  fromDay: "",
  toDay: "",
  images: false,
  splits: true,
  testUnseen: "10",
  testSeen: "10",
  linkAs: "",
  title: "",
  subtitle: "",
  slug: "",
  owner: "",
  licence: "",
  version: "",
  creators: "",
};

export function readExportForm(form: FormData): ExportFormValues {
  const one = (name: string) => {
    const value = form.get(name);
    return typeof value === "string" ? value.replaceAll("\0", "") : "";
  };
  const many = (name: string) => form.getAll(name).filter((value) => typeof value === "string");
  return {
    profile: one("profile"),
    include: one("include"),
    source: one("source"),
    formats: many("formats"),
    tables: many("tables"),
    armIds: many("armIds"),
    versions: many("versions"),
    fromDay: one("fromDay"),
    toDay: one("toDay"),
    images: form.has("images"),
    splits: form.has("splits"),
    testUnseen: one("testUnseen"),
    testSeen: one("testSeen"),
    linkAs: one("linkAs"),
    title: one("title"),
    subtitle: one("subtitle"),
    slug: one("slug"),
    owner: one("owner"),
    licence: one("licence"),
    version: one("version"),
    creators: one("creators"),
  };
}

/** The options that were meant; what is no option at all is left for the use case to refuse by field. */
export function toExportOptions(values: ExportFormValues): ExportOptionsInput {
  const known = <T extends string>(all: readonly T[], given: string[]) =>
    all.filter((one) => given.includes(one));
  const info = Object.fromEntries(
    (["title", "subtitle", "slug", "owner", "licence", "version"] as const)
      .map((name) => [name, values[name].trim()] as const)
      .filter(([, text]) => text !== ""),
  );
  const creators = values.creators
    .split(/[\r\n;]+/)
    .map((name) => name.trim())
    .filter((name) => name !== "");
  return {
    profile: values.profile as ExportOptionsInput["profile"],
    include: known(INCLUDE_VALUES, [values.include])[0] ?? "all",
    source: known(SOURCES, [values.source])[0] ?? null,
    formats: known(TABLE_FORMATS, values.formats),
    tables: known(TABLE_NAMES, values.tables),
    images: values.images,
    splits: values.splits
      ? { key: null, testUnseen: shareOf(values.testUnseen), testSeen: shareOf(values.testSeen) }
      : null,
    filters: {
      armIds: values.armIds.length > 0 ? values.armIds : null,
      studyVersions: values.versions.length > 0 ? values.versions.map(Number) : null,
      startedFromMs: dayOf(values.fromDay),
      startedBeforeMs: values.toDay === "" ? null : (dayOf(values.toDay) ?? Number.NaN) + DAY_MS,
    },
    linkAs: values.linkAs.trim() === "" ? null : values.linkAs,
    info: { ...info, ...(creators.length > 0 && { creators }) },
  };
}

/** An earlier export's options as the form has them, to be repeated or changed. */
export function exportFormOf(options: ExportOptions): ExportFormValues {
  const { filters, splits, info } = options;
  const day = (ms: number | null) => (ms === null ? "" : new Date(ms).toISOString().slice(0, 10));
  const percent = (share: number) => String(Math.round(share * 10_000) / 100);
  return {
    profile: options.profile,
    include: options.include,
    source: options.source ?? "",
    formats: [...options.formats],
    tables: [...options.tables],
    armIds: [...(filters.armIds ?? [])],
    versions: (filters.studyVersions ?? []).map(String),
    fromDay: day(filters.startedFromMs),
    toDay: day(filters.startedBeforeMs === null ? null : filters.startedBeforeMs - 1),
    images: options.images,
    splits: splits !== null,
    testUnseen: percent(splits?.testUnseen ?? 0.1),
    testSeen: percent(splits?.testSeen ?? 0.1),
    linkAs: options.linkAs ?? "",
    title: info.title ?? "",
    subtitle: info.subtitle ?? "",
    slug: info.slug ?? "",
    owner: info.owner ?? "",
    licence: info.licence ?? "",
    version: info.version ?? "",
    creators: (info.creators ?? []).join("\n"),
  };
}

/** Entered as percent; NaN for what is no number, which the options refuse. */
function shareOf(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text) / 100;
}

/** Null for no day; NaN for what is none. */
function dayOf(text: string): number | null {
  return text === "" ? null : dayStartMs(text);
}

export const LICENCE_OPTIONS = LICENCE_IDS.map((value) => ({
  value,
  label: value === "other" ? "None: not to be given on" : value,
}));

/** In plain words: whom each profile is for, and what it takes out. */
export const PROFILE_TEXTS: Record<(typeof PRIVACY_PROFILES)[number], { label: string; hint: string }> = {
  internal: {
    label: "Internal – the study's own team",
    hint: "Everyone who agreed to research by the team. Ids become pseudonyms of this release; exact times stay; free text stays as typed.",
  },
  shared: {
    label: "Shared – named partners",
    hint: "Only raters who agreed to sharing. Times become the day and elapsed milliseconds; texts that reviewers redacted or left out are; demographics only with consent.",
  },
  public: {
    label: "Public – everybody",
    hint: "Only raters who agreed to publication. As shared, and it waits until every text that may hold personal data was reviewed.",
  },
};
