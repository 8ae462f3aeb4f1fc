import { hostname } from "node:os";
import type { StepKind } from "../domain/turn.ts";
import type { ServiceContext } from "../services/context.ts";
import {
  type ClaimedStep,
  claimSteps,
  MAX_STEP_ATTEMPTS,
  releaseDeadOwners,
  releaseSteps,
  renewStepLeases,
} from "../services/generation/claim-steps.server.ts";
import { failStep } from "../services/generation/finish-step.ts";
import { runProposeStep } from "../services/generation/run-propose-step.server.ts";
import { runRenderStep } from "../services/generation/run-render-step.server.ts";

const LEASE_MS = 60_000;
const STEP_TIMEOUT_MS = 45_000;
const POLL_MS = 500;
const MAX_PAUSE_MS = 15_000;
/**
 * Steps of a kind that are claimed in one go beyond those that can start at once: one write then serves several steps.
 * Small, because what waits here could be done by another worker.
 */
const CLAIM_AHEAD = 6;

export interface WorkerOptions {
  /** Steps at once, by kind. */
  concurrency: Record<StepKind, number>;
}

export interface Worker {
  /** There may be new work. */
  wake(): void;
  /** Takes no more steps and waits for the running ones. */
  stop(): Promise<void>;
}

const RUN: Record<StepKind, typeof runProposeStep> = { propose: runProposeStep, render: runRenderStep };

/** Does generation steps until stopped. Any number of workers may share one database. */
export function startWorker(ctx: ServiceContext, options: WorkerOptions): Worker {
  const owner = `${hostname()}:${process.pid}:${ctx.newId("wrk")}`;
  ownersHere.add(owner);
  const running = new Map<ClaimedStep, Promise<void>>();
  const waiting: Record<StepKind, ClaimedStep[]> = { propose: [], render: [] };
  const busy: Record<StepKind, number> = { propose: 0, render: 0 };
  let stopped = false;
  let pumping: Promise<void> | null = null;
  let again = false;
  let faults = 0;
  let pausedUntil = 0;

  async function pump(): Promise<void> {
    do {
      again = false;
      for (const kind of ["propose", "render"] as const) {
        startWaiting(kind);
        const free = options.concurrency[kind] - busy[kind];
        if (free <= 0 || stopped) continue;
        const limit = free + CLAIM_AHEAD;
        waiting[kind].push(...(await claimSteps(ctx, { owner, kind, limit, leaseMs: LEASE_MS })));
        startWaiting(kind);
      }
    } while (again && !stopped);
  }

  function startWaiting(kind: StepKind): void {
    while (!stopped && busy[kind] < options.concurrency[kind]) {
      const step = waiting[kind].shift();
      if (!step) return;
      start(kind, step);
    }
  }

  function start(kind: StepKind, step: ClaimedStep): void {
    busy[kind]++;
    const work = run(kind, step)
      .catch((error: unknown) => failStep(ctx, step, error))
      .catch((error: unknown) => ctx.log.error({ err: error, step: step.id }, "a step could not be recorded"))
      .finally(() => {
        busy[kind]--;
        running.delete(step);
        startWaiting(kind);
        wake();
      });
    running.set(step, work);
  }

  /** Ends at the deadline even when the adapter does not: what comes later is fenced off by its lease token. */
  async function run(kind: StepKind, step: ClaimedStep): Promise<void> {
    if (step.attempts > MAX_STEP_ATTEMPTS) {
      throw new Error(`the step was begun ${step.attempts - 1} times and never ended`);
    }
    const deadline = new AbortController();
    const late = new Promise<never>((_, reject) => {
      deadline.signal.addEventListener("abort", () => reject(deadline.signal.reason));
    });
    const timer = setTimeout(
      () => deadline.abort(new Error(`no result within ${STEP_TIMEOUT_MS / 1000} s`)),
      STEP_TIMEOUT_MS,
    );
    try {
      await Promise.race([RUN[kind](ctx, step, deadline.signal), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  function wake(): void {
    if (stopped || performance.now() < pausedUntil) return;
    again = true;
    pumping ??= pump()
      .then(() => {
        faults = 0;
      })
      .catch((error: unknown) => {
        // A database that is away is asked less and less often, and the log is not flooded.
        pausedUntil = performance.now() + Math.min(POLL_MS * 2 ** ++faults, MAX_PAUSE_MS);
        ctx.log.error({ err: error, faults }, "the worker could not read its queue");
      })
      .finally(() => {
        pumping = null;
        if (again) wake();
      });
  }

  const poll = setInterval(wake, POLL_MS);
  const heartbeat = setInterval(() => {
    renewStepLeases(ctx, [...running.keys(), ...waiting.propose, ...waiting.render], LEASE_MS).catch(
      (error: unknown) => ctx.log.warn({ err: error }, "leases could not be renewed"),
    );
  }, LEASE_MS / 3);
  releaseDeadOwners(ctx, isDeadHere)
    .catch((error: unknown) => ctx.log.error({ err: error }, "steps of dead workers could not be released"))
    .finally(wake);

  return {
    wake,
    async stop() {
      stopped = true;
      clearInterval(poll);
      clearInterval(heartbeat);
      await pumping;
      await Promise.all(running.values());
      await releaseSteps(ctx, [...waiting.propose, ...waiting.render]);
      ownersHere.delete(owner);
    },
  };
}

/** Workers of this process: after a restart another one may have had the same process id. */
const ownersHere = new Set<string>();

/** True only when the owner ran on this machine and its process is gone; others wait for their lease to end. */
function isDeadHere(owner: string): boolean {
  const [host, pid] = owner.split(":");
  if (host !== hostname() || !pid) return false;
  if (Number(pid) === process.pid) return !ownersHere.has(owner);
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
