import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ConsentScope, PrivacyProfile } from "../../../app/domain/vocabulary.ts";
import { CONSENT_SCOPES } from "../../../app/domain/vocabulary.ts";
import {
  type BundleOptions,
  listFlaggedTexts,
  type RecordedDecision,
  textKey,
  writeBundle,
} from "../../../exporters/index.ts";
import type { SourceTrajectory } from "../../../exporters/source.ts";
import { makeTempDir } from "../../support/temp.ts";
import { arraySource, completeTrajectory, sampleRater } from "./sample.ts";

function human(
  id: string,
  scopes: readonly ConsentScope[] | null,
  overrides: Partial<SourceTrajectory> = {},
) {
  const trajectory = completeTrajectory(id);
  trajectory.consentAsked = scopes !== null;
  trajectory.raterId = `rtr_${id}`;
  trajectory.rater = sampleRater(trajectory.raterId, {
    consent: scopes && { version: 3, scopes, withdrawn: false },
    demographics: { age_band: "25-34", gender: "" },
    names: ["Jane Doe"],
  });
  return Object.assign(trajectory, overrides);
}

async function release(
  trajectories: SourceTrajectory[],
  profile: PrivacyProfile,
  overrides: Partial<BundleOptions> = {},
) {
  const outDir = join(makeTempDir("privacy"), "out");
  const bundle = await writeBundle(arraySource(trajectories), {
    studyId: "std_1",
    profile,
    include: "all",
    images: null,
    releaseKey: new Uint8Array(32).fill(1),
    splits: null,
    startedBeforeMs: Number.MAX_SAFE_INTEGER,
    builtAtMs: 0,
    softwareVersion: "0.0.0",
    outDir,
    ...overrides,
  });
  const lines = readFileSync(join(outDir, "trajectories.jsonl"), "utf8").split("\n").filter(Boolean);
  const everything = readdirSync(outDir)
    .map((name) => readFileSync(join(outDir, name), "utf8"))
    .join("\n");
  return { ...bundle, outDir, everything, rows: lines.map((line) => JSON.parse(line) as Row) };
}

interface Row {
  initial_prompt: string;
  started_at: string;
  turns: {
    critique: string;
    rationale: string;
    columns: { prompt: string; satisfaction: number; images: unknown[] }[];
  }[];
}

describe("consent decides what goes into a release", () => {
  const all = [...CONSENT_SCOPES];
  const cases: [string, readonly ConsentScope[] | null, PrivacyProfile[]][] = [
    ["to everything", all, ["internal", "shared", "public"]],
    ["to internal research", ["research_internal"], ["internal"]],
    ["to sharing", ["research_internal", "research_shared"], ["internal", "shared"]],
    ["to a public release only", ["public_release"], ["public"]],
    ["to nothing", [], []],
    ["in a study that asks for none", null, ["internal"]],
  ];
  it.each(cases)("given %s", async (_, scopes, allowed) => {
    for (const profile of ["internal", "shared", "public"] as const) {
      // Somebody who agreed to everything keeps the release from being empty.
      const { counts, excluded } = await release([human("a", scopes), human("b", all)], profile, {
        tables: ["trajectories"],
        formats: ["jsonl"],
      });
      const isIn = allowed.includes(profile);
      expect(counts.trajectories, profile).toBe(isIn ? 2 : 1);
      expect(excluded.noConsent + excluded.outOfScope, profile).toBe(isIn ? 0 : 1);
    }
  });

  it("and taking it back, or never giving it where it is asked for, keeps a rater out of every release", async () => {
    const withdrawn = human("a", all);
    withdrawn.rater = { ...withdrawn.rater, consent: { version: 1, scopes: all, withdrawn: true } };
    const never = human("b", null, { consentAsked: true });
    for (const profile of ["internal", "shared", "public"] as const) {
      const { counts, excluded } = await release([withdrawn, never, human("c", all)], profile);
      expect(counts).toMatchObject({ trajectories: 1, raters: 1 });
      expect(excluded).toMatchObject({ withdrawn: 1, noConsent: 1 });
    }
  });

  it("does not concern simulated raters", async () => {
    const { counts } = await release([human("a", null, { source: "simulated" })], "public");
    expect(counts.trajectories).toBe(1);
  });

  it("and a release that nobody agreed to is refused", async () => {
    await expect(release([human("a", null)], "public")).rejects.toThrow("Nobody agreed");
    await expect(release([human("a", ["research_internal"])], "shared")).rejects.toThrow("shared release");
  });

  it("counts in manifest and datasheet are those of the release", async () => {
    const { outDir } = await release([human("a", ["public_release"]), human("b", [])], "public");
    const manifest = JSON.parse(readFileSync(join(outDir, "manifest.json"), "utf8")) as object;
    expect(manifest).toMatchObject({
      excluded: { out_of_scope: 1, no_consent: 0 },
      withheld: { free_text: 1, images: 1, demographics: 1 },
    });
    const datasheet = readFileSync(join(outDir, "DATASHEET.md"), "utf8");
    expect(datasheet).toContain("| consent does not cover this release | 1 |");
    expect(datasheet).toContain("| texts (and the expansions that quote them) | 1 |");
  });
});

describe("a part that was not agreed to", () => {
  const without = (part: ConsentScope) => CONSENT_SCOPES.filter((scope) => scope !== part);

  it("free text: every text goes, also what quotes it, and nothing else", async () => {
    const { rows, outDir, counts } = await release([human("a", without("free_text"))], "public");
    const [row] = rows as [Row];
    expect(row.initial_prompt).toBe("");
    expect(
      row.turns.flatMap((t) => [t.critique, t.rationale, ...t.columns.map((c) => c.prompt)]).join(""),
    ).toBe("");
    expect(row.turns[0]?.columns[1]).toMatchObject({ satisfaction: 2 });
    expect(row.turns[0]?.columns[0]?.images).toHaveLength(4);
    expect(counts).toMatchObject({ inTurnPairs: 30, crossTurnPairs: 4, images: 80 });
    expect(readFileSync(join(outDir, "candidates.csv"), "utf8")).not.toContain("sofa");
    // Conversations without texts would be false examples.
    expect(readFileSync(join(outDir, "preferences_trl.jsonl"), "utf8")).toBe("");
    expect(readFileSync(join(outDir, "prompts_trl.jsonl"), "utf8")).toBe("");
  });

  it("images: no image is named or copied", async () => {
    const { rows, counts, outDir } = await release([human("a", without("images"))], "public");
    expect(counts).toMatchObject({ images: 0, columns: 20 });
    expect(rows[0]?.turns.flatMap((t) => t.columns.flatMap((c) => c.images))).toEqual([]);
    expect(readFileSync(join(outDir, "images.csv"), "utf8").trimEnd().split("\r\n")).toHaveLength(1);
  });

  it("demographics: answers are null; those agreed to tell no answer from an empty one", async () => {
    const rater = async (scopes: readonly ConsentScope[]) => {
      const { outDir } = await release([human("a", scopes)], "public");
      const [header = "", line = ""] = readFileSync(join(outDir, "raters.csv"), "utf8").split("\r\n");
      const cells = line.split(",");
      return Object.fromEntries(header.split(",").map((name, i) => [name, cells[i]]));
    };
    expect(await rater(without("demographics"))).toMatchObject({
      age_band: "",
      gender: "",
      consent_version: "3",
    });
    expect(await rater(CONSENT_SCOPES)).toMatchObject({ age_band: "25-34", gender: '""', region: "" });
  });
});

describe("a public release", () => {
  it("tells days and durations, no clock times, and no id, name or key of the database", async () => {
    const { everything, rows } = await release([human("a", CONSENT_SCOPES)], "public");
    expect(rows[0]?.started_at).toBe("2026-03-04");
    expect(everything).not.toMatch(/T\d\d:\d\d:\d\d\.125Z/);
    for (const secret of ["rtr_a", "std_1", "arm_1", "Jane", "AQEBAQ"])
      expect(everything).not.toContain(secret);
  });

  const flagged = () => {
    const trajectory = human("a", CONSENT_SCOPES);
    trajectory.initialPrompt = "a portrait of Jane";
    for (const turn of trajectory.turns)
      for (const column of turn.columns) column.prompt = "A portrait of jane, oil";
    Object.assign(trajectory.turns[1]?.choice ?? {}, { critique: "mail me: j@example.org" });
    Object.assign(trajectory.turns[2]?.evaluation ?? {}, { rationale: "looks like my @handle_1 picture" });
    return trajectory;
  };
  const decide = (
    decisions: Record<string, RecordedDecision["decision"] | Omit<RecordedDecision, "decision">>,
  ) => ({
    decisions: async () =>
      new Map<string, RecordedDecision>(
        Object.entries(decisions).map(([key, one]) => [
          key,
          typeof one === "string" ? { decision: one, replacement: null } : { decision: "redacted", ...one },
        ]),
      ),
  });

  it("is refused while somebody has to decide about flagged texts, and says how many", async () => {
    await expect(release([flagged()], "public")).rejects.toThrow("3 texts may hold personal data");
    const some = decide({ "a//initial_prompt": "kept", "a/1/critique": "redacted" });
    await expect(release([flagged()], "public", some)).rejects.toThrow("1 text may hold personal data");
    expect((await release([flagged()], "shared")).withheld.screening).toMatchObject({
      flagged: 3,
      undecided: 3,
    });
    expect((await release([flagged()], "internal")).withheld.screening).toMatchObject({ flagged: 0 });
  });

  it("has what was decided: kept texts as they are, redacted ones without what was found, wherever it was repeated", async () => {
    const decisions = decide({
      "a//initial_prompt": "redacted",
      "a/1/critique": "redacted",
      "a/2/rationale": "kept",
      // Nothing was found in it; a person wants it gone all the same.
      "a/3/rationale": "redacted",
    });
    const { rows, withheld, everything } = await release([flagged()], "public", decisions);
    const [row] = rows as [Row];
    expect(row.initial_prompt).toBe("a portrait of [redacted]");
    expect(row.turns[0]?.columns[0]?.prompt).toBe("A portrait of [redacted], oil");
    expect(row.turns[1]?.critique).toBe("mail me: [redacted]");
    expect(row.turns[2]?.rationale).toBe("looks like my @handle_1 picture");
    expect(row.turns[3]?.rationale).toBe("[redacted]");
    expect(withheld.screening).toMatchObject({ flagged: 3, redacted: 3, excluded: 0, undecided: 0 });
    expect(withheld.screening.unreviewed).toBeGreaterThan(0);
    expect(everything).not.toMatch(/jane|j@example/i);
  });

  it("has the replacement that a reviewer wrote, and what it took out nowhere else", async () => {
    const trajectory = flagged();
    for (const turn of trajectory.turns)
      for (const column of turn.columns) column.prompt = "A portrait of Jane in her red shop at the corner";
    trajectory.initialPrompt = "a portrait of Jane in her red shop";
    const { rows, everything } = await release(
      [trajectory],
      "public",
      decide({
        "a//initial_prompt": { replacement: "a portrait of a woman" },
        "a/1/critique": { replacement: "" },
        "a/2/rationale": { replacement: "looks like my @handle_1 drawing" },
      }),
    );
    const [row] = rows as [Row];
    expect(row.initial_prompt).toBe("a portrait of a woman");
    expect(row.turns[0]?.columns[0]?.prompt).toBe("A portrait of [redacted] at the corner");
    expect(row.turns[1]?.critique).toBe("");
    expect(row.turns[2]?.rationale).toBe("looks like my @handle_1 drawing");
    expect(everything).not.toMatch(/jane|red shop|j@example/i);
  });

  it("leaves out what was excluded: a rationale alone, a prompt or critique with every text of its trajectory", async () => {
    const kept = { "a//initial_prompt": "kept", "a/1/critique": "kept" } as const;
    const one = await release([flagged()], "public", decide({ ...kept, "a/2/rationale": "excluded" }));
    const [row] = one.rows as [Row];
    expect(row.turns[2]?.rationale).toBe("");
    expect(row.initial_prompt).toBe("a portrait of Jane");
    expect(one.withheld).toMatchObject({ freeText: 0, screening: { excluded: 1 } });

    const all = await release(
      [flagged()],
      "public",
      decide({ ...kept, "a//initial_prompt": "excluded", "a/2/rationale": "kept" }),
    );
    const [blank] = all.rows as [Row];
    expect(blank.initial_prompt).toBe("");
    expect(blank.turns.flatMap((t) => [t.critique, t.rationale, ...t.columns.map((c) => c.prompt)])).toEqual(
      blank.turns.flatMap((t) => ["", "", ...t.columns.map(() => "")]),
    );
    expect(all.withheld).toMatchObject({ freeText: 1, screening: { excluded: 1 } });
  });

  it("does not take a decision over to a text that another has taken the place of", async () => {
    const stale = decide({
      "a//initial_prompt": { replacement: "x", textSha256: "of another text" },
      "a/1/critique": "kept",
      "a/2/rationale": "kept",
    });
    await expect(release([flagged()], "public", stale)).rejects.toThrow("1 text may hold personal data");
  });

  it("lists the flagged texts of exactly the trajectories that it would hold", async () => {
    const query = { studyId: "std_1", startedBeforeMs: Number.MAX_SAFE_INTEGER };
    const outside = { ...flagged(), id: "b", raterId: "rtr_b", rater: sampleRater("rtr_b") };
    const keys: string[] = [];
    const filters = { profile: "public", include: "all", source: null } as const;
    for await (const text of listFlaggedTexts(arraySource([flagged(), outside]), query, filters))
      keys.push(textKey(text));
    expect(keys).toEqual(["a//initial_prompt", "a/1/critique", "a/2/rationale"]);
  });
});
