import { describe, expect, it } from "vitest";
import { formatBytes, formatTable } from "../../../cli/format.ts";
import { Meter, quantile } from "../../../cli/simulate/meter.ts";
import {
  isSuccess,
  latencies,
  type RunSummary,
  reportJson,
  reportText,
} from "../../../cli/simulate/report.ts";

function summary(meter: Meter, failed = 0): RunSummary {
  return {
    study: "std_1",
    seed: 1,
    concurrency: 2,
    raters: 2,
    sessions: { planned: 4, complete: 4 - failed, dropped: 0, failed },
    elapsedMs: 60_000,
    meter,
  };
}

describe("the report of a run", () => {
  it("takes quantiles by nearest rank", () => {
    const hundred = Array.from({ length: 100 }, (_, i) => i + 1);
    expect([0, 0.5, 0.95, 0.99, 1].map((q) => quantile(hundred, q))).toEqual([1, 50, 95, 99, 100]);
    expect(quantile([7], 0.5)).toBe(7);
    expect(quantile([], 0.5)).toBeNaN();
  });

  it("sums up all waits after a button under submit → next screen, without polls and generation", () => {
    const meter = new Meter();
    for (const [step, ms] of [
      ["choose", 10],
      ["evaluate", 30],
      ["poll", 999],
      ["(generation)", 5000],
    ] as const)
      meter.time(step, ms);
    expect(latencies(meter)[0]).toMatchObject({
      step: "submit → next screen",
      count: 2,
      p50Ms: 10,
      maxMs: 30,
    });
  });

  it("counts as a success only without failed sessions and without errors", () => {
    const meter = new Meter();
    expect(isSuccess(summary(meter))).toBe(true);
    expect(isSuccess(summary(meter, 1))).toBe(false);
    meter.error("status 500", "/rate: 500");
    meter.error("status 500", "/rate: 500 again");
    expect(isSuccess(summary(meter))).toBe(false);
    expect(reportText(summary(meter))).toContain("2 × status 500, e.g. /rate: 500");
    expect(JSON.parse(reportJson(summary(meter)))).toMatchObject({
      sessionsPerMinute: 4,
      errors: { "status 500": { count: 2, example: "/rate: 500" } },
    });
  });

  it("aligns tables and shortens sizes", () => {
    expect(
      formatTable(
        [
          ["a", "10"],
          ["bcd", "9"],
        ],
        ["left", "right"],
      ),
    ).toBe("a    10\nbcd   9");
    expect([0, 999, 1000, 999_700, 12_345_678].map(formatBytes)).toEqual([
      "0 B",
      "999 B",
      "1.0 kB",
      "1.0 MB",
      "12 MB",
    ]);
  });
});
