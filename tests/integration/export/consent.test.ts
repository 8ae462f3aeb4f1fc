import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { eq } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { defaultStudySettings } from "../../../app/domain/study-settings.ts";
import { CONSENT_SCOPES, type ConsentScope, type PrivacyProfile } from "../../../app/domain/vocabulary.ts";
import { datasetSource } from "../../../db/repositories/dataset.ts";
import { allTables, writeBundle } from "../../../exporters/index.ts";
import { createPerson, describeBothDatabases } from "../../support/context.ts";
import { makeTempDir } from "../../support/temp.ts";
import { HOSTILE, insertStudy, insertTrajectory, PLANS, STARTED_AT_MS, STUDY_ID } from "./fill-study.ts";

let firstSums: string | null = null;

describeBothDatabases("a dataset of people", (open) => {
  beforeAll(async () => {
    const { ctx } = open();
    const { t } = ctx.store;
    await insertStudy(ctx.store);
    for (const plan of PLANS.slice(0, 2)) await insertTrajectory(ctx.store, plan);
    const person = await createPerson(ctx, "researcher");
    const settings = { ...defaultStudySettings(), optionalPhases: ["consent" as const] };
    await ctx.store.tx(async (tx) => {
      await tx.update(t.user).set({ name: "Zoë Ångström" }).where(eq(t.user.id, person.userId));
      await tx.update(t.raters).set({ source: "human", userId: person.userId, pool: "panel" });
      await tx.update(t.trajectories).set({ source: "human" });
      await tx.update(t.studyVersions).set({ settings });
      await tx.insert(t.raterProfiles).values({
        raterId: "rtr_1",
        answers: { age_band: "25-34", gender: "" },
        updatedAtMs: 1,
      });
      await tx.insert(t.candidates).values(
        Array.from({ length: 5 }, (_, i) => ({
          turnId: "trj_a_0",
          // Backwards: the order of the export must not depend on the order of insertion.
          candidateIndex: 4 - i,
          prompt: `${HOSTILE} ${4 - i}`,
          category: "rephrase",
          inSlate: i > 0,
          selectorScore: i === 0 ? null : 0.25,
          propensity: 0.5,
        })),
      );
    });
  });

  async function consent(
    version: number,
    scopes: readonly ConsentScope[],
    withdrawnAtMs: number | null = null,
  ) {
    const { store } = open().ctx;
    await store.tx(async (tx) => {
      await tx.insert(store.t.consents).values({
        id: `cns_${version}`,
        raterId: "rtr_1",
        studyId: STUDY_ID,
        consentVersion: version,
        scopes: [...scopes],
        givenAtMs: 1,
        withdrawnAtMs,
      });
    });
  }

  async function release(profile: PrivacyProfile) {
    const outDir = join(makeTempDir("people"), "out");
    const bundle = await writeBundle(datasetSource(open().ctx.store), {
      studyId: STUDY_ID,
      profile,
      include: "all",
      images: null,
      releaseKey: new Uint8Array(32).fill(9),
      splits: null,
      startedBeforeMs: STARTED_AT_MS + 1_000_000,
      builtAtMs: STARTED_AT_MS,
      softwareVersion: "0.0.0",
      outDir,
    });
    return { ...bundle, outDir };
  }

  it("is empty where consent is asked for and none is on record", async () => {
    expect(await release("internal")).toMatchObject({
      counts: { trajectories: 0 },
      excluded: { noConsent: 2 },
    });
    await expect(release("public")).rejects.toThrow("Nobody agreed");
  });

  it("follows the newest consent of a rater", async () => {
    await consent(1, ["research_internal"]);
    await expect(release("public")).rejects.toThrow("Nobody agreed");
    await consent(2, CONSENT_SCOPES);
    const { outDir, counts } = await release("public");
    expect(counts).toMatchObject({ trajectories: 2, raters: 1 });
    const raters = readFileSync(join(outDir, "raters.csv"), "utf8").split("\r\n")[1];
    const scopes = [...CONSENT_SCOPES].sort().join(" ");
    expect(raters?.slice(raters.indexOf(","))).toBe(`,panel,en,2,${scopes},2,25-34,"",,,,,`);
  });

  it("holds the same in CSV and in Parquet, as DuckDB reads both, and the same bytes on both databases", async () => {
    const { outDir, counts } = await release("public");
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    try {
      for (const { table, formats } of allTables()) {
        if (!formats.includes("csv")) continue;
        const types = table.columns
          .map((column) => `'${column.name}': '${DUCK_TYPES[column.type]}'`)
          .join(", ");
        const csv = `read_csv('${outDir}/${table.name}.csv', header = true, delim = ',', quote = '"', escape = '"', new_line = '\\r\\n', allow_quoted_nulls = false, columns = {${types}}, auto_detect = false)`;
        const parquet = `'${outDir}/${table.name}.parquet'`;
        const reader = await connection.runAndReadAll(
          `select (select count(*) from ${csv})::int as csv, (select count(*) from ${parquet})::int as parquet,
             (select count(*) from (from ${csv} except all from ${parquet}))::int as only_csv`,
        );
        const [row] = reader.getRowObjectsJson();
        expect(row, table.name).toMatchObject({ only_csv: 0 });
        expect(row?.csv, table.name).toBe(row?.parquet);
        expect(Number(row?.csv), table.name).toBeGreaterThan(0);
      }
      const reader = await connection.runAndReadAll(
        `select candidate_index, prompt, in_slate, selector_score from '${outDir}/candidates.parquet' limit 5`,
      );
      expect(reader.getRowObjectsJson()).toEqual(
        [0, 1, 2, 3, 4].map((i) => ({
          candidate_index: i,
          prompt: `${HOSTILE} ${i}`,
          in_slate: i < 4,
          selector_score: i === 4 ? null : 0.25,
        })),
      );
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
    expect(counts.turns).toBe(7);
    const sums = readFileSync(join(outDir, "SHA256SUMS"), "utf8");
    firstSums ??= sums;
    expect(sums).toBe(firstSums);
  });

  it("asks for a decision about the rater's own name in a text", async () => {
    const { store } = open().ctx;
    const { choices } = store.t;
    const critique = "a portrait of ÅNGSTRÖM";
    await store.tx((tx) => tx.update(choices).set({ critique }).where(eq(choices.turnId, "trj_a_1")));
    await expect(release("public")).rejects.toThrow("1 text may hold personal data");
    await store.tx((tx) => tx.update(choices).set({ critique: "" }).where(eq(choices.turnId, "trj_a_1")));
  });

  it("is empty once the newest consent was taken back", async () => {
    await consent(3, CONSENT_SCOPES, 5);
    for (const profile of ["internal", "public"] as const)
      expect(await release(profile)).toMatchObject({
        counts: { trajectories: 0 },
        excluded: { withdrawn: 2 },
      });
  });
});

const DUCK_TYPES: Record<string, string> = {
  id: "VARCHAR",
  string: "VARCHAR",
  int: "INTEGER",
  long: "BIGINT",
  number: "DOUBLE",
  boolean: "BOOLEAN",
};
