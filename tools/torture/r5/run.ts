/** One run of many turns against scripted services that keep failing. */
import { setTimeout as sleep } from "node:timers/promises";
import { eq, inArray } from "drizzle-orm";
import type { Actor } from "../../../app/domain/actor.ts";
import { startWorker } from "../../../app/server/worker.server.ts";
import { claimAssignment } from "../../../app/services/assignment/claim-assignment.server.ts";
import type { ServiceContext } from "../../../app/services/context.ts";
import { getTurn } from "../../../app/services/trajectory/get-turn.server.ts";
import { readInstructions } from "../../../app/services/trajectory/read-instructions.server.ts";
import { retryTurn } from "../../../app/services/trajectory/retry-turn.server.ts";
import { submitInitialPrompt } from "../../../app/services/trajectory/submit-initial-prompt.server.ts";
import type { ScriptedServer } from "../../../tests/support/providers/index.ts";
import { populate } from "../population.ts";
import { type Bill, findBrokenSlates, findLateTurns, findStuckSteps, GRACE_MS } from "./check.ts";

export const COLUMNS = 2;
export const IMAGES_PER_COLUMN = 2;
const LEASE_MS = 6_000;
const STEP_TIMEOUT_MS = 8_000;
const WATCH_EVERY_MS = 250;

export interface RunOptions {
  ctx: ServiceContext;
  lmm: ScriptedServer;
  t2i: ScriptedServer;
  storeFaults: () => number;
  turns: number;
  /** Turns under way at once. */
  atOnce: number;
  deadlineSeconds: number;
  /** Faults stop when so many have happened. */
  stopFaults: () => void;
  enough: () => boolean;
  /** Breaks the run on purpose, after each turn was asked for. */
  sabotage?: (ctx: ServiceContext) => Promise<unknown>;
  stepTimeoutMs?: number;
  log(line: string): void;
}

export interface RunResult {
  turns: number;
  faults: number;
  readyAtOnce: number;
  failedFirst: number;
  violations: string[];
  bill: Bill;
  medianMs: number;
  /** Longest that a turn was still under way after its deadline. */
  latestMs: number;
}

export async function runUnderFaults(options: RunOptions): Promise<RunResult> {
  const { ctx, lmm, t2i, deadlineSeconds } = options;
  const name = `r5x${Math.floor(Math.random() * 1e9)}`;
  const { studyId, raters } = await populate(ctx, {
    name,
    raterCount: options.turns,
    settings: {
      columnCount: COLUMNS,
      imagesPerColumn: IMAGES_PER_COLUMN,
      categoryCount: COLUMNS,
      candidateCount: COLUMNS * 2,
      imageSizePx: 256,
      targetTrajectories: options.turns,
      turnDeadlineSeconds: deadlineSeconds,
      arms: [
        {
          key: "real",
          label: "Real",
          weight: 1,
          agent: { generator: "lmm", selector: "random", t2iModel: "t2i" },
        },
      ],
    },
  });
  const concurrency = { propose: 16, render: 24 };
  const stepTimeoutMs = options.stepTimeoutMs ?? STEP_TIMEOUT_MS;
  const workers = [1, 2].map(() => startWorker(ctx, { concurrency, leaseMs: LEASE_MS, stepTimeoutMs }));
  const wakeWorker = () => {
    for (const worker of workers) worker.wake();
  };
  const context: ServiceContext = { ...ctx, wakeWorker };

  const askedAtMs = new Map<string, number>();
  const violations = new Set<string>();
  let latestMs = 0;
  const durations: number[] = [];
  const failed: { rater: Actor; assignmentId: string }[] = [];
  let readyAtOnce = 0;
  let watching = true;
  const watch = (async () => {
    while (watching) {
      for (const { turnId, lateMs } of await findLateTurns(ctx, askedAtMs, deadlineSeconds * 1000)) {
        latestMs = Math.max(latestMs, lateMs);
        violations.add(`turn ${turnId} is under way after its deadline`);
      }
      await sleep(WATCH_EVERY_MS);
    }
  })();

  /** One rater's first turn, until it is ready or has failed. */
  async function oneTurn(rater: Actor): Promise<void> {
    const submissionId = (what: string) => `${what}-${rater.userId}`.slice(0, 60);
    const { assignmentId } = await claimAssignment(context, rater, {
      studyId,
      submissionId: submissionId("claim"),
    });
    await readInstructions(context, rater, { assignmentId, submissionId: submissionId("read") });
    await submitInitialPrompt(context, rater, {
      assignmentId,
      submissionId: submissionId("prompt"),
      prompt: "a lighthouse in a storm at night",
    });
    const started = Date.now();
    const { turns, trajectories } = ctx.store.t;
    const [turn] = await ctx.store.read
      .select({ id: turns.id })
      .from(turns)
      .innerJoin(trajectories, eq(trajectories.id, turns.trajectoryId))
      .where(eq(trajectories.assignmentId, assignmentId));
    if (turn) askedAtMs.set(turn.id, started);
    await options.sabotage?.(ctx);
    const status = await ended(assignmentId, started);
    durations.push(Date.now() - started);
    if (status === "ready") readyAtOnce += 1;
    else if (status === "failed") failed.push({ rater, assignmentId });
  }

  /** Looks at the rows, so that looking does not mend anything. */
  async function ended(assignmentId: string, since: number): Promise<string> {
    const { turns, trajectories } = ctx.store.t;
    for (;;) {
      const [row] = await ctx.store.read
        .select({ status: turns.status })
        .from(turns)
        .innerJoin(trajectories, eq(trajectories.id, turns.trajectoryId))
        .where(eq(trajectories.assignmentId, assignmentId));
      if (row && row.status !== "proposing" && row.status !== "rendering") return row.status;
      if (Date.now() - since > deadlineSeconds * 1000 + GRACE_MS + 2_000) return row?.status ?? "missing";
      await sleep(60);
    }
  }

  const queue = [...raters];
  let asked = 0;
  await Promise.all(
    Array.from({ length: options.atOnce }, async () => {
      for (let rater = queue.shift(); rater && !options.enough(); rater = queue.shift()) {
        asked += 1;
        await oneTurn(rater);
        if (asked % 50 === 0) options.log(`  ${asked} turns, ${failed.length} to be tried again`);
      }
    }),
  );
  // The services are well again: whatever failed must be done by trying again.
  options.stopFaults();
  await sleep(LEASE_MS / 2);
  for (let round = 1; failed.length > 0 && round <= 4; round++) {
    const again = failed.splice(0);
    await Promise.all(
      again.map(async ({ rater, assignmentId }) => {
        const at = { assignmentId, turnNumber: 1 };
        const ids = await idsOf(assignmentId);
        // Asked for anew from here on; the old deadline must not count against it.
        for (const id of ids) askedAtMs.set(id, Date.now());
        await retryTurn(context, rater, {
          ...at,
          submissionId: `retry-${round}-${rater.userId}`.slice(0, 60),
        });
        const since = Date.now();
        for (const id of ids) askedAtMs.set(id, since);
        if ((await ended(assignmentId, since)) !== "ready") failed.push({ rater, assignmentId });
        else await getTurn(context, rater, at);
      }),
    );
  }
  for (const { assignmentId } of failed) violations.add(`the turn of ${assignmentId} cannot be finished`);
  watching = false;
  await watch;
  await Promise.all(workers.map((worker) => worker.stop()));
  for (const line of await findStuckSteps(ctx, LEASE_MS)) violations.add(line);
  const slate = { studyId, imagesPerTurn: COLUMNS * IMAGES_PER_COLUMN };
  for (const line of await findBrokenSlates(ctx, slate)) violations.add(line);
  const calls = [...lmm.calls, ...t2i.calls];
  const modelFaults = calls.filter((call) => call.fault !== null).length;
  durations.sort((a, b) => a - b);
  return {
    turns: asked,
    faults: modelFaults + options.storeFaults(),
    readyAtOnce,
    failedFirst: asked - readyAtOnce,
    violations: [...violations],
    bill: {
      billed: lmm.billed + t2i.billed,
      needed: await countDone(ctx),
      faults: modelFaults + options.storeFaults(),
    },
    medianMs: durations[durations.length >> 1] ?? 0,
    latestMs,
  };

  async function idsOf(assignmentId: string): Promise<string[]> {
    const { turns, trajectories } = ctx.store.t;
    const rows = await ctx.store.read
      .select({ id: turns.id })
      .from(turns)
      .innerJoin(trajectories, eq(trajectories.id, turns.trajectoryId))
      .where(eq(trajectories.assignmentId, assignmentId));
    return rows.map((row) => row.id);
  }
}

async function countDone(ctx: ServiceContext): Promise<number> {
  const { generationSteps: steps } = ctx.store.t;
  return Number(await ctx.store.read.$count(steps, inArray(steps.status, ["done"])));
}
