import { join } from "node:path";
import { expect, inject, test } from "vitest";
import type { Dialect } from "../../../db/kit.ts";
import { type Experiment, folderMaker, type Stand } from "../../../tools/torture/experiment.ts";
import { experiment as claims } from "../../../tools/torture/r3/index.ts";
import { experiment as submits } from "../../../tools/torture/r4/index.ts";
import { experiment as faults } from "../../../tools/torture/r5/index.ts";
import { experiment as typing } from "../../../tools/torture/r7/index.ts";
import { experiment as streams } from "../../../tools/torture/r9/index.ts";
import { experiment as backups } from "../../../tools/torture/r11/index.ts";
import { createDatabase } from "../../support/postgres.ts";
import { makeTempDir } from "../../support/temp.ts";

/** Processes are started and wait for each other; on a busy machine that takes its time. */
const TIME_MS = 120_000;

const server = inject("postgresUrl");

function shortStand(dialect: Dialect): Stand {
  const dir = makeTempDir("torture");
  let databases = 0;
  return {
    dir,
    seed: 7,
    short: true,
    soakMinutes: 0,
    dialects: [dialect],
    newFolder: folderMaker(dir),
    newDatabase: async () =>
      dialect === "sqlite" ? `file:${join(dir, `${++databases}.db`)}` : createDatabase(server as string),
    log() {},
  };
}

const check = async (experiment: Experiment, dialect: Dialect, cases = 160) => {
  for (const finding of await experiment.run(shortStand(dialect))) {
    expect(finding.violations).toEqual([]);
    expect(finding.cases).toBeGreaterThanOrEqual(cases);
    for (const { variant, caught } of finding.sabotage) expect(caught, variant).toBe(true);
  }
};

for (const dialect of ["sqlite", "postgres"] as const) {
  const skipped = dialect === "postgres" && server === null;
  test.skipIf(skipped)(
    `claims from two processes never share or over-fill places, and broken ones are noticed (${dialect})`,
    () => check(claims, dialect),
    TIME_MS,
  );
  test.skipIf(skipped)(
    `repeated, altered and reordered submits have one effect, and broken ones are noticed (${dialect})`,
    () => check(submits, dialect),
    TIME_MS,
  );
  test.skipIf(skipped)(
    `a backup that is restored elsewhere exports the same bytes, and a changed one is noticed (${dialect})`,
    () => check(backups, dialect, 20),
    TIME_MS,
  );
  test.skipIf(skipped)(
    `what two devices type is never lost or overwritten unseen, and broken ones are noticed (${dialect})`,
    () => check(typing, dialect),
    TIME_MS,
  );
  test.skipIf(skipped)(
    `faults of every kind at models and store leave no turn stuck and cost one more call at most (${dialect})`,
    () => check(faults, dialect, 40),
    1.5 * TIME_MS,
  );
  test.skipIf(skipped)(
    `event streams that are opened and aborted leave nothing behind, and a leak is noticed (${dialect})`,
    () => check(streams, dialect),
    TIME_MS,
  );
}
