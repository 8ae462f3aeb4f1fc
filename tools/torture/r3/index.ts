/** R3: concurrent claims from two processes on one database. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Dialect } from "../../../db/kit.ts";
import { openBenchContext } from "../../bench/context.ts";
import { DATABASE_NAMES, type Experiment, type Finding, type Stand } from "../experiment.ts";
import { populate } from "../population.ts";
import { checkClaims } from "./check-claims.ts";
import { CLAIM_SABOTAGES, type ClaimJob, type ClaimSabotage, runClaims } from "./claimer.ts";
import { dropLiveIndex, readFinalRows } from "./final-rows.ts";
import type { Call, ClaimRules, FinalRows } from "./history.ts";

const PROCESSES = 2;
const LEASE_MINUTES = 5;

interface Size {
  claims: number;
  raters: number;
  target: number;
  inFlight: number;
  /** Experiment minutes per real minute. */
  speed: number;
}

const FULL: Size = { claims: 20_000, raters: 1_500, target: 1_200, inFlight: 32, speed: 30 };
const SHORT: Size = { claims: 160, raters: 30, target: 16, inFlight: 8, speed: 300 };

export const experiment: Experiment = {
  id: "R3",
  async run(stand) {
    const findings: Finding[] = [];
    for (const dialect of stand.dialects) findings.push(await torture(stand, dialect));
    return findings;
  },
};

async function torture(stand: Stand, dialect: Dialect): Promise<Finding> {
  const size = stand.short ? SHORT : FULL;
  const started = performance.now();
  const { calls, rows, rules } = await claim(stand, dialect, size, null);
  const seconds = (performance.now() - started) / 1000;
  const claims = calls.filter((c) => c.kind === "claim");
  const given = new Set(claims.flatMap((c) => c.assignmentId ?? []));
  const faults = [...new Set(calls.map((c) => c.outcome).filter((o) => o.startsWith("fault")))];
  return {
    what: `concurrent claims from ${PROCESSES} processes`,
    where: DATABASE_NAMES[dialect],
    cases: claims.length,
    violations: [...checkClaims(calls, rows, rules), ...faults],
    target: "0 double assignments, 0 over-fill, imbalance ≤ 1 block",
    sabotage: await sabotage(stand, dialect, { calls, rows, rules }),
    detail: [
      `${given.size} assignments on ${rules.limit} places`,
      `${rows.events.filter((e) => e.type === "assignment.expired").length} expired`,
      `${rows.events.filter((e) => e.type === "assignment.revived").length} revived`,
      `${claims.filter((c) => c.outcome === "STUDY_FULL").length} refused as full`,
      `${rows.allocated.length} arms drawn`,
      `${Math.round(claims.length / seconds)} claims/s with the work between them`,
    ].join(", "),
  };
}

/** Runs the service broken, and the history forged: the checker must notice each. */
async function sabotage(
  stand: Stand,
  dialect: Dialect,
  good: { calls: Call[]; rows: FinalRows; rules: ClaimRules },
): Promise<Finding["sabotage"]> {
  const out: { variant: string; caught: boolean }[] = [];
  for (const variant of CLAIM_SABOTAGES) {
    const broken = await claim(stand, dialect, { ...SHORT, raters: variant === "live" ? 8 : 60 }, variant);
    out.push({
      variant: variant === "places" ? "looking and taking apart" : "no look for a live one",
      caught: checkClaims(broken.calls, broken.rows, broken.rules).length > 0,
    });
  }
  // Arms drawn by a coin instead of from the list.
  const coin = good.rows.allocated.map((t, i) =>
    i % 3 === 0 ? { ...t, armKey: other(t.armKey, good.rules) } : t,
  );
  out.push({
    variant: "arms by a coin",
    caught: checkClaims(good.calls, { ...good.rows, allocated: coin }, good.rules).length > 0,
  });
  return out;
}

const other = (armKey: string, { weights }: ClaimRules) =>
  Object.keys(weights).find((key) => key !== armKey) ?? armKey;

async function claim(
  stand: Stand,
  dialect: Dialect,
  size: Size,
  sabotaged: ClaimSabotage | null,
): Promise<{ calls: Call[]; rows: FinalRows; rules: ClaimRules }> {
  const databaseUrl = await stand.newDatabase(dialect);
  const dir = stand.newFolder("r3");
  const bench = await openBenchContext(databaseUrl, dir);
  const startMs = Date.UTC(2026, 0, 5, 9);
  const ctx = { ...bench.ctx, now: () => startMs };
  const overRecruitment = Math.ceil(size.target / 20);
  const { studyId, settings } = await populate(ctx, {
    name: "claims",
    raterCount: size.raters,
    settings: {
      targetTrajectories: size.target,
      overRecruitment,
      leaseMinutes: LEASE_MINUTES,
      reminderMinutes: 0,
    },
  });
  await bench.close();
  if (sabotaged === "live") await dropLiveIndex(databaseUrl);
  const clock = { startMs, realStartMs: performance.timeOrigin + performance.now(), speed: size.speed };
  const parts = await Promise.all(
    Array.from({ length: PROCESSES }, (_, process) =>
      // Broken variants race within one process too, and starting processes is what takes time.
      (sabotaged ? runClaims : runProcess)({
        process,
        databaseUrl,
        dir,
        historyFile: join(dir, `history-${process}.json`),
        study: { name: "claims", studyId, raterCount: size.raters },
        claims: Math.floor(size.claims / PROCESSES),
        inFlight: size.inFlight,
        seed: stand.seed,
        clock,
        sabotage: sabotaged,
      }),
    ),
  );
  return {
    calls: parts.flat(),
    rows: await readFinalRows(databaseUrl, studyId),
    rules: {
      limit: size.target + overRecruitment,
      leaseMs: LEASE_MINUTES * 60_000,
      renewalSlackMs: 60_000,
      skewMs: 2 * size.speed,
      weights: Object.fromEntries(settings.arms.map((arm) => [arm.key, arm.weight])),
    },
  };
}

async function runProcess(job: ClaimJob): Promise<Call[]> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "claimer.ts")], {
    stdio: ["pipe", "ignore", "pipe"],
  });
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (part: string) => {
    log = (log + part).slice(-4_000);
  });
  child.stdin.end(JSON.stringify(job));
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`a claiming process ended with ${code}\n${log}`);
  return JSON.parse(readFileSync(job.historyFile, "utf8")) as Call[];
}
