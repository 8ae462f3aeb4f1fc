import { CONSENT_TEXT_DRAFT } from "../../domain/consent.ts";
import type { ArmSettings, StudySettings } from "../../domain/study-settings.ts";
import { fieldValues, withFieldValues } from "./settings-fields.ts";

/** Settings as a form holds them: one text per control, arms as "arms.0.label" and so on. */
export type SettingsValues = Record<string, string>;

const ARM_FIELD = /^arms\.(\d{1,3})\.(key|label|weight|agent\.generator|agent\.selector|agent\.t2iModel)$/;

/** What the form shows for stored settings. */
export function valuesOf(name: string, settings: StudySettings): SettingsValues {
  return { name, ...fieldValues(settings), ...armValues(settings.arms.map(armTexts)) };
}

/** What the form's selector says for an arm without one. */
export const DIRECT_SLATE = "direct-slate";

type ArmTexts = Record<
  "key" | "label" | "weight" | "agent.generator" | "agent.selector" | "agent.t2iModel",
  string
>;

export function armTexts(arm: ArmSettings): ArmTexts {
  return {
    key: arm.key,
    label: arm.label,
    weight: String(arm.weight),
    "agent.generator": arm.agent.generator,
    "agent.selector": arm.agent.selector ?? DIRECT_SLATE,
    "agent.t2iModel": arm.agent.t2iModel,
  };
}

function armValues(arms: ArmTexts[]): SettingsValues {
  return Object.fromEntries(
    arms.flatMap((arm, i) => Object.entries(arm).map(([field, text]) => [`arms.${i}.${field}`, text])),
  );
}

/** The arms in a form, in order; gaps that removed rows leave are closed. */
export function armsIn(values: SettingsValues): ArmTexts[] {
  const byIndex = new Map<number, Partial<ArmTexts>>();
  for (const [name, text] of Object.entries(values)) {
    const match = ARM_FIELD.exec(name);
    if (!match) continue;
    const index = Number(match[1]);
    byIndex.set(index, { ...byIndex.get(index), [match[2] as keyof ArmTexts]: text });
  }
  const blank: ArmTexts = {
    key: "",
    label: "",
    weight: "1",
    "agent.generator": "",
    "agent.selector": "",
    "agent.t2iModel": "",
  };
  return [...byIndex.entries()].sort(([a], [b]) => a - b).map(([, arm]) => ({ ...blank, ...arm }));
}

/**
 * What was posted; controls that the form does not have keep the draft's value. Of a name that is sent twice the last
 * counts: a checkbox follows a hidden "no".
 */
export function valuesFromForm(form: FormData, draft: SettingsValues): SettingsValues {
  const posted: SettingsValues = {};
  for (const [name, value] of form) {
    if (typeof value === "string" && (name in draft || ARM_FIELD.test(name))) posted[name] = value;
  }
  const rest = Object.fromEntries(Object.entries(draft).filter(([name]) => !name.startsWith("arms.")));
  const arms = armsIn(posted);
  return { ...rest, ...withoutArms(posted), ...armValues(arms.length > 0 ? arms : armsIn(draft)) };
}

function withoutArms(values: SettingsValues): SettingsValues {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !name.startsWith("arms.")));
}

/** For the buttons that only change the page, when scripts are off: "add-arm", "remove-arm-2" and "consent-draft". */
export function changeForm(values: SettingsValues, intent: string): SettingsValues | null {
  if (intent === "consent-draft") return { ...values, "consent.text": CONSENT_TEXT_DRAFT };
  const arms = armsIn(values);
  if (intent === "add-arm") return { ...withoutArms(values), ...armValues([...arms, nextArm(arms)]) };
  const match = /^remove-arm-(\d{1,3})$/.exec(intent);
  if (!match) return null;
  return { ...withoutArms(values), ...armValues(arms.filter((_, i) => i !== Number(match[1]))) };
}

/** A new row like the last one, with a key that is still free. */
export function nextArm(arms: readonly ArmTexts[]): ArmTexts {
  const keys = new Set(arms.map((arm) => arm.key));
  let n = arms.length + 1;
  while (keys.has(`arm-${n}`)) n += 1;
  const last = arms.at(-1);
  return {
    key: `arm-${n}`,
    label: `Arm ${n}`,
    weight: "1",
    "agent.generator": last?.["agent.generator"] ?? "",
    "agent.selector": last?.["agent.selector"] ?? "",
    "agent.t2iModel": last?.["agent.t2iModel"] ?? "",
  };
}

/** The form's texts as settings, unchecked: what is no number becomes NaN and is refused beside its field. */
export function settingsFromValues(values: SettingsValues, draft: StudySettings): unknown {
  const number = (text: string | undefined) => (text?.trim() ? Number(text) : Number.NaN);
  return {
    ...withFieldValues(draft, values),
    arms: armsIn(values).map((arm) => ({
      key: arm.key.trim(),
      label: arm.label,
      weight: number(arm.weight),
      agent: {
        generator: arm["agent.generator"],
        selector: arm["agent.selector"] === DIRECT_SLATE ? null : arm["agent.selector"],
        t2iModel: arm["agent.t2iModel"],
      },
    })),
  };
}
