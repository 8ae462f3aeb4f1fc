/**
 * R5: provider faults of every kind, at the language model, the T2I model and the object store, while turns are made: every
 * turn is ready or can be tried again by its deadline, and nothing is stuck beyond a lease. R6: no fault causes more than
 * one extra billed call.
 */
import { createRandom } from "../../../app/domain/random.ts";
import { createContainer } from "../../../app/server/container.server.ts";
import { readEnv } from "../../../app/server/env.server.ts";
import type { ServiceContext } from "../../../app/services/context.ts";
import type { T2iModel } from "../../../app/t2i/port.ts";
import type { Dialect } from "../../../db/kit.ts";
import {
  type FaultKind,
  modelEnv,
  R5_FAULTS,
  startGemini,
  startSdWebUi,
} from "../../../tests/support/providers/index.ts";
import { createBucket, type RunningS3, s3Env, startS3Server } from "../../../tests/support/s3-server.ts";
import { DATABASE_NAMES, type Experiment, type Finding, type Stand } from "../experiment.ts";
import { billProblem } from "./check.ts";
import { faultyStore } from "./faulty-store.ts";
import { type RunResult, runUnderFaults } from "./run.ts";

/** Share of calls that fail. */
const FAULT_RATE = 0.22;
const FAULTS_WANTED = { full: 2_000, short: 40 };
const MOST_TURNS = { full: 2_500, short: 120 };
const DEADLINE_SECONDS = 20;

interface Variant {
  faultRate: number;
  faultsWanted: number;
  mostTurns: number;
  atOnce: number;
  deadlineSeconds?: number;
  stepTimeoutMs?: number;
  /** What fails; all kinds when not said. */
  kinds?: readonly FaultKind[];
  spoil?: (ctx: ServiceContext) => ServiceContext;
  sabotage?: (ctx: ServiceContext) => Promise<unknown>;
}

async function runVariant(
  stand: Stand,
  dialect: Dialect,
  s3: RunningS3 | null,
  v: Variant,
): Promise<RunResult> {
  const random = createRandom(stand.seed);
  const kinds = v.kinds ?? R5_FAULTS;
  let on = true;
  const draw = (): FaultKind | null => (on && random.next() < v.faultRate ? random.pick(kinds) : null);
  const lmm = await startGemini({ schedule: draw });
  const t2i = await startSdWebUi({ schedule: draw });
  const storage = s3 ? s3Env(s3, await createBucket(s3)) : {};
  const env = readEnv({
    ...process.env,
    DATABASE_URL: await stand.newDatabase(dialect),
    DATA_DIR: stand.newFolder("data"),
    LOG_LEVEL: "silent",
    ...storage,
    ...modelEnv("lmm", lmm, { TIMEOUT_SECONDS: "1.5", CONCURRENCY: "16" }),
    ...modelEnv("t2i", t2i, { TIMEOUT_SECONDS: "1.5", CONCURRENCY: "24" }),
  });
  const container = await createContainer(env);
  try {
    const store = faultyStore(container.ctx.objects, draw);
    const whole: ServiceContext = { ...container.ctx, objects: store.objects };
    const ctx = v.spoil?.(whole) ?? whole;
    const faults = () =>
      store.faults() + [...lmm.calls, ...t2i.calls].filter((call) => call.fault !== null).length;
    return await runUnderFaults({
      ctx,
      lmm,
      t2i,
      storeFaults: store.faults,
      turns: v.mostTurns,
      atOnce: v.atOnce,
      deadlineSeconds: v.deadlineSeconds ?? DEADLINE_SECONDS,
      enough: () => faults() >= v.faultsWanted,
      stopFaults: () => {
        on = false;
      },
      log: stand.log,
      ...(v.sabotage ? { sabotage: v.sabotage } : {}),
      ...(v.stepTimeoutMs ? { stepTimeoutMs: v.stepTimeoutMs } : {}),
    });
  } finally {
    await container.close();
    await Promise.all([lmm.close(), t2i.close()]);
  }
}

/** Deadlines that nobody keeps: steps hang for long, and the turn's row forgets when it is due. */
const noDeadline: Variant = {
  faultRate: 1,
  faultsWanted: 4,
  mostTurns: 2,
  atOnce: 2,
  deadlineSeconds: 10,
  stepTimeoutMs: 60_000,
  kinds: ["rate_limited"],
  sabotage: (ctx) => ctx.store.tx((tx) => tx.update(ctx.store.t.turns).set({ deadlineAtMs: null })),
};

/** A pipeline that asks the model twice for each image. */
const asksTwice: Variant = {
  faultRate: 0.05,
  faultsWanted: 10,
  mostTurns: 12,
  atOnce: 6,
  spoil(ctx) {
    const model = ctx.t2iModels.get("t2i") as T2iModel;
    const twice: T2iModel = {
      ...model,
      async render(request, signal, report) {
        await model.render(request, signal, report).catch(() => {});
        return model.render(request, signal, report);
      },
    };
    return { ...ctx, t2iModels: new Map([["t2i", twice]]) };
  },
};

async function examine(stand: Stand, dialect: Dialect): Promise<Finding[]> {
  const size = stand.short ? "short" : "full";
  const s3 = dialect === "postgres" && !stand.short ? await startS3Server().catch(() => null) : null;
  try {
    const run = await runVariant(stand, dialect, s3, {
      faultRate: FAULT_RATE,
      faultsWanted: FAULTS_WANTED[size],
      mostTurns: MOST_TURNS[size],
      atOnce: stand.short ? 12 : 32,
    });
    const [late, twice] = await Promise.all(
      [noDeadline, asksTwice].map((variant) => runVariant(stand, dialect, null, variant)),
    );
    if (!late || !twice) throw new Error("a broken variant gave no result");
    const where = `${DATABASE_NAMES[dialect]} + ${s3 ? "S3" : "folder"}`;
    const bill = billProblem(run.bill);
    const extra = run.bill.billed - run.bill.needed;
    return [
      {
        what: "provider faults {LMM, T2I, store} × 12 kinds; every turn ready or retryable by its deadline",
        where,
        cases: run.faults,
        violations: run.violations,
        target: "every turn done or retryable by its deadline, 0 stuck beyond the lease",
        sabotage: [{ variant: "a turn without a deadline", caught: late.violations.length > 0 }],
        detail: `${run.turns} turns, ${run.readyAtOnce} ready at once, ${run.failedFirst} after trying again; median ${(run.medianMs / 1000).toFixed(1)} s, deadline ${DEADLINE_SECONDS} s${run.latestMs > 0 ? `, one was ${run.latestMs} ms late` : ""}`,
      },
      {
        what: "R6: extra billed calls per fault",
        where,
        cases: run.faults,
        violations: bill ? [bill] : [],
        target: "≤ 1",
        sabotage: [{ variant: "a model that is asked twice", caught: billProblem(twice.bill) !== null }],
        detail: `${(extra / Math.max(1, run.faults)).toFixed(2)} per fault: ${run.bill.billed} billed calls for ${run.bill.needed} finished steps`,
      },
    ];
  } finally {
    await s3?.stop();
  }
}

export const experiment: Experiment = {
  id: "R5",
  async run(stand) {
    const findings: Finding[] = [];
    for (const dialect of stand.dialects) findings.push(...(await examine(stand, dialect)));
    return findings;
  },
};
