import { formatDateTime, formatMoney, formatNumber } from "../../components/format.ts";
import { ABOUT_YOU_TEXTS } from "../../domain/about-you.ts";
import type { AboutYouQuestion, ConsentSettings } from "../../domain/study-parts.ts";
import type { ArmSettings, StudySettings } from "../../domain/study-settings.ts";
import { countWords } from "../../domain/words.ts";
import { SETTING_PATHS, settingAt } from "./settings-fields.ts";
import { CHOICE_TEXTS, PHASE_LABELS, SCOPE_LABELS, SETTING_LABELS } from "./settings-labels.ts";

/** One setting that differs. Lists and long texts are summed up in `after` alone. */
export interface SettingsChange {
  path: string;
  label: string;
  /** "" where there is nothing short to show. */
  before: string;
  after: string;
}

/** What publishing `draft` would change, setting by setting, in words; empty when nothing differs. */
export function settingsChanges(published: StudySettings, draft: StudySettings): SettingsChange[] {
  const fields = SETTING_PATHS.flatMap((path): SettingsChange[] => {
    const [before, after] = [settingAt(published, path), settingAt(draft, path)];
    if (JSON.stringify(before) === JSON.stringify(after)) return [];
    return [
      { path, label: SETTING_LABELS[path] ?? path, ...describe(path, before, after, published, draft) },
    ];
  });
  return [...fields, ...armChanges(published.arms, draft.arms), ...orderChange(published.arms, draft.arms)];
}

/** The text or the uses of the data differ, but the version does not: nobody would be asked again. */
export function isConsentUnversioned(published: StudySettings, draft: StudySettings): boolean {
  const [a, b] = [published.consent, draft.consent];
  const differs = a.text !== b.text || JSON.stringify(a.scopes) !== JSON.stringify(b.scopes);
  return differs && b.version <= a.version && draft.optionalPhases.includes("consent");
}

function describe(
  path: string,
  before: unknown,
  after: unknown,
  published: StudySettings,
  draft: StudySettings,
): Pick<SettingsChange, "before" | "after"> {
  if (path === "prompts.items" || path === "eligiblePools") {
    return { before: "", after: listChange(before as string[], after as string[]) };
  }
  if (path === "consent.text" || path === "welcomeText") {
    const [a, b] = [countWords(String(before)), countWords(String(after))];
    return {
      before: a === 0 ? "none" : `${formatNumber(a)} words`,
      after: b === 0 ? "none" : `${formatNumber(b)} words${a === 0 ? "" : ", rewritten"}`,
    };
  }
  return { before: show(path, before, published), after: show(path, after, draft) };
}

function show(path: string, value: unknown, settings: StudySettings): string {
  if (path === "optionalPhases") return named(value as string[], PHASE_LABELS);
  if (path === "consent.scopes") return scopesText(value as ConsentSettings["scopes"]);
  if (path === "aboutYouQuestions") {
    const titles = (value as AboutYouQuestion[]).map((q) => ABOUT_YOU_TEXTS[q].title);
    return titles.length > 0 ? titles.join(" ") : "none";
  }
  if (value === null) return path === "opensAtMs" || path === "closesAtMs" ? "not set" : "no limit";
  if (value === "") return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string") return CHOICE_TEXTS[path]?.[value] ?? value;
  const number = value as number;
  if (path.endsWith("AtMs")) return formatDateTime(number);
  // The models' costs are in the operator's currency, which is not the study's.
  if (path === "spendCapCents") return (number / 100).toFixed(2);
  if (path.endsWith("Cents")) return formatMoney(number, settings.payCurrency);
  return formatNumber(number);
}

function named(list: readonly string[], names: Record<string, string>): string {
  return list.length > 0 ? list.map((entry) => names[entry] ?? entry).join(", ") : "none";
}

function scopesText(scopes: ConsentSettings["scopes"]): string {
  if (scopes.length === 0) return "none";
  return scopes
    .map(({ scope, required }) => `${SCOPE_LABELS[scope]} (${required ? "required" : "optional"})`)
    .join(", ");
}

/** "12 entries, were 10: 3 added, 1 removed". */
function listChange(before: readonly string[], after: readonly string[]): string {
  const [had, has] = [new Set(before), new Set(after)];
  const added = after.filter((entry) => !had.has(entry)).length;
  const removed = before.filter((entry) => !has.has(entry)).length;
  const parts = [
    added > 0 && `${formatNumber(added)} added`,
    removed > 0 && `${formatNumber(removed)} removed`,
  ];
  const what = parts.filter(Boolean).join(", ") || "another order";
  return `${formatNumber(after.length)} in the list, ${formatNumber(before.length)} before: ${what}`;
}

function armChanges(before: readonly ArmSettings[], after: readonly ArmSettings[]): SettingsChange[] {
  const changes: SettingsChange[] = [];
  const change = (key: string, label: string, was: string, is: string) =>
    changes.push({ path: `arms.${key}`, label, before: was, after: is });
  for (const arm of before) {
    if (!after.some((a) => a.key === arm.key)) change(arm.key, `Arm “${arm.label}”`, armText(arm), "removed");
  }
  for (const arm of after) {
    const old = before.find((a) => a.key === arm.key);
    if (!old) change(arm.key, `Arm “${arm.label}”`, "", `new: ${armText(arm)}`);
    else if (JSON.stringify(old) !== JSON.stringify(arm)) {
      change(arm.key, `Arm “${old.label}”`, armText(old), armText(arm));
    }
  }
  return changes;
}

function orderChange(before: readonly ArmSettings[], after: readonly ArmSettings[]): SettingsChange[] {
  const kept = (arms: readonly ArmSettings[], others: readonly ArmSettings[]) =>
    arms.map((a) => a.key).filter((key) => others.some((o) => o.key === key));
  const [was, is] = [kept(before, after).join(", "), kept(after, before).join(", ")];
  return was === is ? [] : [{ path: "arms", label: "Order of the arms", before: was, after: is }];
}

function armText({ label, weight, agent }: ArmSettings): string {
  const selector = agent.selector ?? "direct slate";
  return `${label}, weight ${weight}, ${agent.generator} + ${selector}, images by ${agent.t2iModel}`;
}
