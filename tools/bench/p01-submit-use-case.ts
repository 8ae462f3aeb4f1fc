import { rmSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { submitChoice } from "../../app/services/trajectory/submit-choice.server.ts";
import { openBenchContext } from "./context.ts";
import { compare, perSecond, type Ratio, ROUNDS } from "./measure.ts";
import { makeStudy, makeWaitingRaters } from "./sessions.ts";

const PER_ROUND = 150;

/** P1: the submit-choice use case against a raw one-row insert, both SQLite with synchronous=FULL, on the same disk. */
export async function benchSubmitUseCase(dir: string): Promise<Ratio> {
  const { ctx, close } = await openBenchContext(`file:${join(dir, "p1.db")}`, dir);
  await makeStudy(ctx);
  const waiting = await makeWaitingRaters(ctx, PER_ROUND * (ROUNDS + 1));
  const raw = new Database(join(dir, "p1-raw.db"));
  raw.pragma("journal_mode = WAL");
  raw.pragma("synchronous = FULL");
  raw.exec(
    "create table choices (id text primary key, column_id text not null, critique text, at_ms integer)",
  );
  const insert = raw.prepare("insert into choices values (?, ?, ?, ?)");
  let serial = 0;
  try {
    return await compare(
      () =>
        perSecond(PER_ROUND, () => {
          const rater = waiting.pop();
          if (!rater) throw new Error("not enough raters were made");
          return submitChoice(ctx, rater.actor, {
            assignmentId: rater.assignmentId,
            turnNumber: 1,
            submissionId: `bench-${++serial}-submission`,
            columnId: rater.columnIds[serial % 4] as string,
            critique: "more color",
          });
        }),
      () => perSecond(PER_ROUND, () => insert.run(`id-${++serial}`, "col_1", "more color", Date.now())),
    );
  } finally {
    raw.close();
    await close();
    rmSync(join(dir, "p1.db"), { force: true });
  }
}
