import { beforeAll, expect, it } from "vitest";
import type { Actor } from "../../../app/domain/actor.ts";
import type { ExportOptionsInput } from "../../../app/domain/export-options.ts";
import { estimateExport } from "../../../app/services/dataset/estimate-export.server.ts";
import { getExport } from "../../../app/services/dataset/get-export.server.ts";
import { startExport } from "../../../app/services/dataset/start-export.server.ts";
import { createPerson, describeBothDatabases } from "../../support/context.ts";
import { runQueuedExports } from "../../support/exports.ts";
import { insertStudy, insertTrajectory, PLANS, STARTED_AT_MS, STUDY_ID } from "./fill-study.ts";

let serial = 0;

describeBothDatabases("the estimate of an export", (open) => {
  let researcher: Actor;
  beforeAll(async () => {
    const { ctx } = open();
    await insertStudy(ctx.store);
    for (const plan of PLANS) await insertTrajectory(ctx.store, plan);
    const { raters, consents, trajectories, assignments } = ctx.store.t;
    const more = { id: "trj_e", status: "submitted" as const, startedAtMs: STARTED_AT_MS + 86_400_000 };
    await insertTrajectory(ctx.store, { ...more, turns: Array(5).fill("chosen"), evaluated: true });
    await ctx.store.tx(async (tx) => {
      await tx.insert(raters).values({ id: "rtr_2", source: "human", createdAtMs: 1 });
      const { eq } = await import("drizzle-orm");
      await tx
        .update(trajectories)
        .set({ raterId: "rtr_2", source: "human" })
        .where(eq(trajectories.id, "trj_e"));
      await tx.update(assignments).set({ raterId: "rtr_2" }).where(eq(assignments.id, "asg_trj_e"));
      const consent = { raterId: "rtr_2", studyId: STUDY_ID, givenAtMs: 1 };
      await tx.insert(consents).values([
        {
          ...consent,
          id: "cns_1",
          consentVersion: 1,
          scopes: ["research_internal", "public_release", "free_text"],
        },
        {
          ...consent,
          id: "cns_2",
          consentVersion: 2,
          scopes: ["research_internal", "research_shared", "free_text"],
        },
      ]);
    });
    researcher = await createPerson(ctx, "researcher");
  });

  const asked: [string, ExportOptionsInput][] = [
    ["everything", { profile: "internal" }],
    ["complete ones alone", { profile: "internal", include: "complete" }],
    ["people alone", { profile: "shared", source: "human", include: "complete" }],
    ["a release that one person did not agree to", { profile: "public", source: null, include: "complete" }],
    ["one arm", { profile: "internal", filters: { armIds: ["arm_0"] } }],
    ["the first day", { profile: "internal", filters: { startedBeforeMs: STARTED_AT_MS + 86_400_000 } }],
    ["a version that nobody saw", { profile: "internal", filters: { studyVersions: [1, 9] } }],
  ];
  it.each(asked)(
    "agrees with the export about trajectories, raters and what stays out: %s",
    async (_, options) => {
      const { ctx } = open();
      const estimate = await estimateExport(ctx, researcher, { studyId: STUDY_ID, options });
      const submissionId = `submission_${++serial}`;
      const { exportId } = await startExport(ctx, researcher, { studyId: STUDY_ID, options, submissionId });
      await runQueuedExports(ctx);
      const row = await getExport(ctx, researcher, { exportId });
      expect(row.error).toBeNull();
      const { trajectories, complete, abandoned, raters } = row.summary?.counts ?? {};
      expect(estimate).toMatchObject({ trajectories, complete, partial: abandoned, raters });
      const left = Object.fromEntries(Object.entries(row.summary?.excluded ?? {}).filter(([, n]) => n > 0));
      expect(estimate.excluded).toEqual(left);
      expect(estimate.withheld).toEqual(row.summary?.withheld);
      if (options.include === "complete") {
        const rows = Object.fromEntries(
          row.files.filter((f) => f.rows !== null).map((f) => [f.name.split(".")[0], f.rows]),
        );
        // Equal satisfactions make no TRL pair, and the sample has few candidates.
        for (const { table, rows: n } of estimate.tables)
          if (table !== "preferences_trl" && table !== "candidates")
            expect([table, n]).toEqual([table, rows[table]]);
      }
    },
  );

  it("says by field what to mend, and knows no study that is not there", async () => {
    const { ctx } = open();
    const bad = { profile: "internal" as const, formats: [] };
    await expect(estimateExport(ctx, researcher, { studyId: STUDY_ID, options: bad })).rejects.toMatchObject({
      code: "INVALID_INPUT",
      fields: { formats: "Choose at least one format." },
    });
    const nowhere = { studyId: "std_none", options: { profile: "internal" as const } };
    await expect(estimateExport(ctx, researcher, nowhere)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
