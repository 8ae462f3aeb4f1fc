import { describe, expect, it } from "vitest";
import { defaultStudySettings, type StudySettings } from "../../../app/domain/study-settings.ts";
import { isConsentUnversioned, settingsChanges } from "../../../app/features/console/settings-changes.ts";
import { SETTING_PATHS } from "../../../app/features/console/settings-fields.ts";
import { everySetting } from "../../support/every-setting.ts";

const defaults = defaultStudySettings();
const linesOf = (before: StudySettings, after: StudySettings) =>
  settingsChanges(before, after).map((c) => `${c.label}: ${c.before} → ${c.after}`);

describe("what changed since the published version", () => {
  it("is nothing for the same settings", () => {
    expect(settingsChanges(everySetting(), everySetting())).toEqual([]);
  });

  it("names every setting that differs", () => {
    const changed = settingsChanges(defaults, everySetting()).map((c) => c.path);
    expect(changed).toEqual(expect.arrayContaining([...SETTING_PATHS]));
  });

  it("says values as the form does: money, times, choices and limits", () => {
    const draft: StudySettings = {
      ...defaults,
      payPerTrajectoryCents: 450,
      maxTrajectoriesPerRater: 3,
      opensAtMs: Date.UTC(2027, 0, 11, 8, 30),
      payUnit: "hour",
      prompts: { mode: "free", items: ["a", "b"] },
    };
    expect(linesOf(defaults, draft)).toEqual([
      "Cues or prompts:  → 2 in the list, 0 before: 2 added",
      "Most trajectories per rater: no limit → 3",
      "Opens at (UTC): not set → 11 Jan 2027, 08:30 UTC",
      "Paid by: Completed trajectory → Hour of work",
      `Pay per completed trajectory: $${(defaults.payPerTrajectoryCents / 100).toFixed(2)} → $4.50`,
    ]);
  });

  it("tells arms by their key: new, removed, changed, and in another order", () => {
    const [a, b] = defaults.arms as [StudySettings["arms"][0], StudySettings["arms"][0]];
    const arms = (...list: StudySettings["arms"]) => ({ ...defaults, arms: list });
    expect(linesOf(defaults, arms({ ...a, weight: 3 }, { ...b, key: "new", label: "New" }))).toEqual([
      expect.stringMatching(/^Arm “Lexicon \+ attribute-value”: .* → removed$/),
      expect.stringMatching(/^Arm “Lexicon \+ random”: .*weight 1.* → .*weight 3/),
      expect.stringMatching(/^Arm “New”: {2}→ new: New, weight 1/),
    ]);
    expect(linesOf(defaults, arms(b, a))).toEqual([
      "Order of the arms: random, attribute-value → attribute-value, random",
    ]);
  });

  it("notices a consent text that changed without a new version", () => {
    const published = everySetting();
    const text = { ...published, consent: { ...published.consent, text: "Another text." } };
    expect(isConsentUnversioned(published, text)).toBe(true);
    expect(isConsentUnversioned(published, { ...text, consent: { ...text.consent, version: 3 } })).toBe(
      false,
    );
    expect(isConsentUnversioned(published, published)).toBe(false);
  });
});
