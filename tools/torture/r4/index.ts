/** R4: the same submits again and again, out of order, from two tabs and the back button. */

import { createRandom, seedFrom } from "../../../app/domain/random.ts";
import type { Dialect } from "../../../db/kit.ts";
import { openBenchContext } from "../../bench/context.ts";
import { makeStudy, makeWaitingRaters, STUDY_ID } from "../../bench/sessions.ts";
import { DATABASE_NAMES, type Experiment, type Finding, type Stand } from "../experiment.ts";
import { checkSubmits } from "./check-submits.ts";
import { readEffects } from "./effects.ts";
import type { Effects, Send } from "./history.ts";
import { SENDS_PER_RATER, SUBMIT_SABOTAGES, type SubmitSabotage, sendAll } from "./send-all.ts";

const FULL_SENDS = 50_000;
const SHORT_SENDS = 480;
const SABOTAGED_SENDS = 240;
const RATERS_AT_ONCE = 16;

export const experiment: Experiment = {
  id: "R4",
  async run(stand) {
    const findings: Finding[] = [];
    for (const dialect of stand.dialects) findings.push(await torture(stand, dialect));
    return findings;
  },
};

async function torture(stand: Stand, dialect: Dialect): Promise<Finding> {
  const started = performance.now();
  const { sends, effects } = await send(stand, dialect, stand.short ? SHORT_SENDS : FULL_SENDS, null);
  const seconds = (performance.now() - started) / 1000;
  const sabotage: { variant: string; caught: boolean }[] = [];
  for (const variant of SUBMIT_SABOTAGES) {
    const broken = await send(stand, dialect, SABOTAGED_SENDS, variant);
    sabotage.push({
      variant: variant === "no-ids" ? "ids forgotten" : "altered bodies taken",
      caught: checkSubmits(broken.sends, broken.effects).length > 0,
    });
  }
  const answered = (outcome: string) => sends.filter((s) => s.outcome === outcome).length;
  const intents = new Set(sends.map((s) => s.intent)).size;
  const faults = [...new Set(sends.map((s) => s.outcome).filter((o) => o.startsWith("fault")))];
  return {
    what: "repeated and reordered submits, two tabs, back button",
    where: DATABASE_NAMES[dialect],
    cases: sends.length,
    violations: [...checkSubmits(sends, effects), ...faults],
    target: "one effect, identical reply, altered body refused",
    sabotage,
    detail: `${intents} intents, ${answered("ok")} answered with their reply, ${answered("SUBMISSION_ID_REUSED")} refused as altered, ${Math.round(sends.length / seconds)} submits/s`,
  };
}

async function send(
  stand: Stand,
  dialect: Dialect,
  count: number,
  sabotage: SubmitSabotage | null,
): Promise<{ sends: Send[]; effects: Effects }> {
  const url = await stand.newDatabase(dialect);
  const dir = stand.newFolder("r4");
  // Each tab talks to a server of its own.
  const servers = [await openBenchContext(url, dir), await openBenchContext(url, dir)] as const;
  const tabs = [servers[0].ctx, servers[1].ctx] as const;
  const log: Send[] = [];
  try {
    const raters = Math.ceil(count / SENDS_PER_RATER);
    await makeStudy(tabs[0], { targetTrajectories: raters });
    const waiting = await makeWaitingRaters(tabs[0], raters);
    await Promise.all(
      Array.from({ length: RATERS_AT_ONCE }, async () => {
        for (let rater = waiting.pop(); rater; rater = waiting.pop()) {
          const random = createRandom(seedFrom("submits", stand.seed, waiting.length));
          await sendAll(tabs, STUDY_ID, rater, { random, log, sabotage });
        }
      }),
    );
  } finally {
    for (const server of servers) await server.close();
  }
  return { sends: log, effects: await readEffects(url) };
}
