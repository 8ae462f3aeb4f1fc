import { beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "../../../app/domain/actor.ts";
import { defaultStudySettings, type StudySettings } from "../../../app/domain/study-settings.ts";
import {
  changeForm,
  settingsFromValues,
  valuesFromForm,
  valuesOf,
} from "../../../app/features/console/settings-values.ts";
import { createStudy } from "../../../app/services/study/create-study.server.ts";
import { getStudySettings } from "../../../app/services/study/get-study-settings.server.ts";
import { setStudyStatus } from "../../../app/services/study/set-study-status.server.ts";
import { settingsOfVersion } from "../../../app/services/study/settings-of-version.ts";
import { updateStudySettings } from "../../../app/services/study/update-study-settings.server.ts";
import { createPerson, describeBothDatabases } from "../../support/context.ts";
import { everySetting } from "../../support/every-setting.ts";
import { newSubmission } from "../../support/session.ts";
import { refusal } from "./helpers.ts";

describeBothDatabases("study settings", (open) => {
  let coordinator: Actor;
  let studyId: string;
  beforeAll(async () => {
    const { ctx } = open();
    coordinator = await createPerson(ctx, "coordinator");
    ({ studyId } = await createStudy(ctx, coordinator, { name: "S", submissionId: newSubmission() }));
  });
  const save = (settings: unknown, name?: string) =>
    updateStudySettings(open().ctx, coordinator, { studyId, name, settings, submissionId: newSubmission() });
  const withArm = (change: object): StudySettings => {
    const settings = defaultStudySettings();
    return { ...settings, arms: [{ ...settings.arms[0], ...change }] } as StudySettings;
  };

  it.each([
    ["horizon", { ...defaultStudySettings(), horizon: 0 }, "horizon", "Use 1 or more."],
    [
      "a number that is none",
      { ...defaultStudySettings(), leaseMinutes: Number.NaN },
      "leaseMinutes",
      "Type a whole number.",
    ],
    ["a fraction", { ...defaultStudySettings(), columnCount: 2.5 }, "columnCount", "Type a whole number."],
    ["an empty arm name", withArm({ label: " " }), "arms.0.label", "Give the arm a name."],
    ["a weight too large", withArm({ weight: 21 }), "arms.0.weight", "Use 20 or less."],
    ["no arms", { ...defaultStudySettings(), arms: [] }, "arms", "A study needs at least one arm."],
    [
      "fewer categories than columns",
      { ...defaultStudySettings(), categoryCount: 3 },
      "categoryCount",
      "at least as many",
    ],
  ])("refuses %s beside its field", async (_, settings, field, message) => {
    const error = await refusal(save(settings));
    expect(error.code).toBe("INVALID_INPUT");
    expect(Object.keys(error.fields)).toEqual([field]);
    expect(error.fields[field]).toContain(message);
  });

  it.each(["generator", "selector", "t2iModel"] as const)(
    "refuses a %s that this server lacks",
    async (part) => {
      const { agent } = defaultStudySettings().arms[0] as StudySettings["arms"][number];
      const error = await refusal(save(withArm({ agent: { ...agent, [part]: "mystery" } })));
      expect(error.fields[`arms.0.agent.${part}`]).toContain("mystery");
    },
  );

  it("names every wrong field in one answer, and changes nothing", async () => {
    const error = await refusal(save({ ...defaultStudySettings(), horizon: 99, payCurrency: "euro" }, " "));
    expect(Object.keys(error.fields).sort()).toEqual(["horizon", "name", "payCurrency"]);
    expect((await getStudySettings(open().ctx, coordinator, { studyId })).draft.horizon).toBe(5);
  });

  it("keeps what was saved", async () => {
    const settings = { ...defaultStudySettings(), horizon: 2, welcomeText: "Hello\r\nthere\u0000" };
    await save(settings, "Renamed");
    const view = await getStudySettings(open().ctx, coordinator, { studyId });
    expect(view.name).toBe("Renamed");
    expect(view.draft).toEqual({ ...settings, welcomeText: "Hello\nthere" });
  });

  it("saves every setting from the form, and freezes it on publishing", async () => {
    const { ctx } = open();
    const { studyId } = await createStudy(ctx, coordinator, { name: "All", submissionId: newSubmission() });
    const { name, draft } = await getStudySettings(ctx, coordinator, { studyId });
    const posted = new FormData();
    for (const [key, text] of Object.entries(valuesOf("All", everySetting()))) posted.set(key, text);
    const values = valuesFromForm(posted, valuesOf(name, draft));
    await updateStudySettings(ctx, coordinator, {
      studyId,
      settings: settingsFromValues(values, draft),
      submissionId: newSubmission(),
    });
    await setStudyStatus(ctx, coordinator, { studyId, action: "publish", submissionId: newSubmission() });
    expect(await settingsOfVersion(ctx, ctx.store.read, studyId, 1)).toEqual(everySetting());
    const view = await getStudySettings(ctx, coordinator, { studyId });
    expect([view.draft, view.hasUnpublishedChanges]).toEqual([everySetting(), false]);
  });

  it.each([
    ["an amount", { payPerHourCents: Number.NaN }, "payPerHourCents", "Type an amount"],
    [
      "an amount too large",
      { payPerTrajectoryCents: 1_000_001 },
      "payPerTrajectoryCents",
      "Use 10000 or less.",
    ],
    ["a time that is none", { opensAtMs: Number.NaN }, "opensAtMs", "Give a date and a time"],
    ["closing before opening", { opensAtMs: 2, closesAtMs: 1 }, "closesAtMs", "after it opens"],
    ["a list without entries", { prompts: { mode: "cue", items: [] } }, "prompts.items", "at least one cue"],
    [
      "an address that is none",
      { recruitment: { ...everySetting().recruitment, completedUrl: "panel" } },
      "recruitment.completedUrl",
      "web address",
    ],
  ])("refuses %s beside its field", async (_, change, field, message) => {
    const error = await refusal(save({ ...defaultStudySettings(), ...change }));
    expect(error.fields).toEqual({ [field]: expect.stringContaining(message) });
  });
});

describe("the settings form", () => {
  const draft: StudySettings = {
    ...defaultStudySettings(),
    payPerTrajectoryCents: 1234,
    maxTrajectoriesPerRater: 3,
  };
  const form = (entries: Record<string, string>) => {
    const data = new FormData();
    for (const [name, value] of Object.entries(entries)) data.set(name, value);
    return data;
  };

  it("gives back the settings that it was filled with", () => {
    const values = valuesOf("N", draft);
    expect(values.payPerTrajectoryCents).toBe("12.34");
    expect(
      settingsFromValues(valuesFromForm(form(values), valuesOf("", defaultStudySettings())), draft),
    ).toEqual(draft);
  });

  it("keeps the draft's value of a field that was not sent", () => {
    const values = valuesFromForm(form({ horizon: "7" }), valuesOf("N", draft));
    expect(settingsFromValues(values, draft)).toEqual({ ...draft, horizon: 7 });
  });

  it("turns an empty limit into none, and an empty number into one that is refused", () => {
    const values = { ...valuesOf("N", draft), maxTrajectoriesPerRater: " ", horizon: "" };
    const settings = settingsFromValues(values, draft) as StudySettings;
    expect(settings.maxTrajectoriesPerRater).toBeNull();
    expect(settings.horizon).toBeNaN();
  });

  it("adds and removes arms without losing what was typed", () => {
    const typed = { ...valuesOf("N", draft), "arms.1.label": "Typed" };
    const added = changeForm(typed, "add-arm") as Record<string, string>;
    expect(added["arms.2.key"]).toBe("arm-3");
    const removed = changeForm(added, "remove-arm-0") as Record<string, string>;
    expect(removed["arms.0.label"]).toBe("Typed");
    expect(removed["arms.2.key"]).toBeUndefined();
    expect(changeForm(typed, "save")).toBeNull();
  });

  it("keeps an arm without a selector as a direct slate", () => {
    const [arm] = draft.arms;
    const direct = {
      ...draft,
      arms: [{ ...arm, agent: { ...arm?.agent, selector: null } }],
    } as StudySettings;
    const values = valuesOf("N", direct);
    expect(values["arms.0.agent.selector"]).toBe("direct-slate");
    expect(settingsFromValues(valuesFromForm(form(values), valuesOf("N", draft)), draft)).toEqual(direct);
  });

  it("closes the gaps that removed rows leave", () => {
    const values = valuesFromForm(
      form({ "arms.1.key": "b", "arms.1.label": "B", "arms.4.key": "e", "arms.4.label": "E" }),
      valuesOf("N", draft),
    );
    expect((settingsFromValues(values, draft) as StudySettings).arms.map((arm) => arm.key)).toEqual([
      "b",
      "e",
    ]);
  });
});
