import { describe, expect, it } from "vitest";
import {
  defaultStudySettings,
  type StudySettings,
  studySettingsSchema,
} from "../../../app/domain/study-settings.ts";
import { SETTING_PATHS, settingAt } from "../../../app/features/console/settings-fields.ts";
import { SETTING_LABELS, SETTINGS_SECTIONS } from "../../../app/features/console/settings-labels.ts";
import {
  settingsFromValues,
  valuesFromForm,
  valuesOf,
} from "../../../app/features/console/settings-values.ts";
import { everySetting } from "../../support/every-setting.ts";

const defaults = defaultStudySettings();

/** Paths of the settings, from the schema's own defaults; consent, prompts and recruitment have parts. */
const paths = Object.keys(studySettingsSchema.shape).flatMap((key) => {
  const value = settingAt(defaults, key);
  const hasParts = typeof value === "object" && value !== null && !Array.isArray(value);
  return hasParts ? Object.keys(value).map((part) => `${key}.${part}`) : [key];
});

function formOf(values: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  return form;
}

/** What is stored when `values` are typed over the draft. */
function typedOver(draft: StudySettings, values: Record<string, string>): unknown {
  return settingsFromValues(valuesFromForm(formOf(values), valuesOf("N", draft)), draft);
}

describe("the settings form", () => {
  it("has a control, a name and a section for every setting of the schema", () => {
    expect([...SETTING_PATHS, "arms"].sort()).toEqual([...paths].sort());
    expect(Object.keys(SETTING_LABELS).sort()).toEqual([...paths].sort());
    const owned = SETTINGS_SECTIONS.flatMap((s) => s.owns);
    expect([...owned].sort()).toEqual(["name", ...Object.keys(studySettingsSchema.shape)].sort());
  });

  it("stores every setting as it is typed", () => {
    const settings = everySetting();
    for (const path of paths) {
      expect(settingAt(settings, path), `${path} differs from the default`).not.toEqual(
        settingAt(defaults, path),
      );
    }
    expect(studySettingsSchema.parse(typedOver(defaults, valuesOf("N", settings)))).toEqual(settings);
  });

  it("sets every setting back to its default", () => {
    expect(typedOver(everySetting(), valuesOf("N", defaults))).toEqual(defaults);
  });

  it("reads a list one entry per line, without empty lines and with single spaces", () => {
    const typed = { "prompts.items": " a  red\tdoor \r\n\r\nblue sea\n" };
    expect(settingAt(typedOver(defaults, typed) as StudySettings, "prompts.items")).toEqual([
      "a red door",
      "blue sea",
    ]);
  });

  it("takes the last of two values: a checkbox follows the hidden “no”", () => {
    const form = new FormData();
    form.append("adultContentNotice", "no");
    form.append("adultContentNotice", "yes");
    form.append("reuseRejectedPlaces", "no");
    const settings = settingsFromValues(valuesFromForm(form, valuesOf("N", defaults)), defaults);
    expect(settings).toEqual({ ...defaults, adultContentNotice: true, reuseRejectedPlaces: false });
  });

  it("reads times as UTC, and refuses what is none", () => {
    const opens = (text: string) =>
      settingAt(typedOver(defaults, { opensAtMs: text }) as StudySettings, "opensAtMs");
    expect(opens("2027-03-01T06:00")).toBe(Date.UTC(2027, 2, 1, 6));
    expect(opens("2027-03-01 06:00")).toBe(Date.UTC(2027, 2, 1, 6));
    expect(opens("")).toBeNull();
    expect(opens("tomorrow")).toBeNaN();
  });

  it("keeps the order of questions, and that of the list for two with the same place", () => {
    const typed = {
      "aboutYouQuestions.region": "2",
      "aboutYouQuestions.gender": "2",
      "aboutYouQuestions.colour_vision": "1",
    };
    expect(settingAt(typedOver(defaults, typed) as StudySettings, "aboutYouQuestions")).toEqual([
      "colour_vision",
      "gender",
      "region",
    ]);
  });
});
