import { type ProviderCall, ProviderError } from "../domain/provider-call.ts";
import type { StepKind } from "../domain/turn.ts";
import type { ServiceContext } from "../services/context.ts";
import {
  type ClaimedStep,
  claimSteps,
  findLostSteps,
  freeProvider,
  MAX_STEP_ATTEMPTS,
  releaseDeadOwners,
  releaseSteps,
  renewStepLeases,
} from "../services/generation/claim-steps.server.ts";
import { failStep } from "../services/generation/finish-step.ts";
import { runProposeStep } from "../services/generation/run-propose-step.server.ts";
import { runRenderStep } from "../services/generation/run-render-step.server.ts";
import { showPresence } from "../services/generation/show-presence.server.ts";
import { sweepTurns } from "../services/generation/sweep-turns.server.ts";
import { lookAtTurns } from "../services/trajectory/watch-turns.server.ts";
import { createOwners } from "./worker-owner.ts";

/** How long a step belongs to a worker that is not heard of. */
export const LEASE_MS = 60_000;
/** Longest time for one attempt of a step; the turn's deadline may end it earlier. */
const STEP_TIMEOUT_MS = 180_000;
const POLL_MS = 250;
/** How often turns are looked over: deadlines, raters who left, steps that are not ours any more. */
const SWEEP_MS = 1_000;
const PRESENCE_MS = 10_000;
const MAX_PAUSE_MS = 15_000;
/**
 * Steps of an embedded model that are claimed in one go beyond those that can start at once: one write then serves
 * several steps. Small, because what waits here could be done by another worker.
 */
const CLAIM_AHEAD = 6;

export interface WorkerOptions {
  /** Steps at once, by kind. */
  concurrency: Record<StepKind, number>;
  /** How long a step stays with a worker that died; shorter in tests. */
  leaseMs?: number;
  stepTimeoutMs?: number;
}

export interface Worker {
  /** There may be new work. */
  wake(): void;
  /** Takes no more steps and waits for the running ones. */
  stop(): Promise<void>;
}

const RUN: Record<StepKind, typeof runRenderStep> = { propose: runProposeStep, render: runRenderStep };

/** A step that is being worked on. */
interface Running {
  work: Promise<void>;
  abort: AbortController;
}

/** Does generation steps until stopped. Any number of workers may share one database. */
export function startWorker(ctx: ServiceContext, options: WorkerOptions): Worker {
  const leaseMs = options.leaseMs ?? LEASE_MS;
  const owner = owners.add(ctx.newId("wrk"));
  const running = new Map<ClaimedStep, Running>();
  const waiting: Record<StepKind, ClaimedStep[]> = { propose: [], render: [] };
  const busy: Record<StepKind, number> = { propose: 0, render: 0 };
  /** Steps whose model has replied, and whose result is being kept: they take no place of the others. */
  const keeping: Record<StepKind, number> = { propose: 0, render: 0 };
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
        // A remote provider's places are shared by all workers: none is taken to lie here.
        const freeOf = (provider: string) => (ctx.providers.has(provider) ? free : limit);
        waiting[kind].push(...(await claimSteps(ctx, { owner, kind, limit, leaseMs, freeOf })));
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
    const abort = new AbortController();
    const calls: ProviderCall[] = [];
    let place: typeof busy | typeof keeping = busy;
    async function onReply(): Promise<void> {
      // Embedded models' work is this machine's own. Results that wait for storage must not pile up either.
      if (!ctx.providers.has(step.provider) || keeping[kind] >= options.concurrency[kind]) return;
      place[kind]--;
      place = keeping;
      place[kind]++;
      try {
        await freeProvider(ctx, step);
        wake();
        // The next one is on its way before this one takes the processor.
        await pumping;
      } catch (error) {
        // Then the place is free when the step ends.
        ctx.log.warn({ err: error, step: step.id }, "a provider's place could not be freed early");
      }
    }
    const work = run(kind, step, { abort, calls, onReply })
      .catch((error: unknown) => failStep(ctx, step, error, calls))
      .catch((error: unknown) => ctx.log.error({ err: error, step: step.id }, "a step could not be recorded"))
      .finally(() => {
        place[kind]--;
        running.delete(step);
        startWaiting(kind);
        wake();
        lookAtTurns(ctx);
      });
    running.set(step, { work, abort });
  }

  /** Ends at the time limit even when the adapter does not: what comes later is fenced off by its lease token. */
  async function run(
    kind: StepKind,
    step: ClaimedStep,
    { abort, calls, onReply }: { abort: AbortController; calls: ProviderCall[]; onReply(): Promise<void> },
  ): Promise<void> {
    if (step.attempts > MAX_STEP_ATTEMPTS) {
      throw new ProviderError(step.provider, "rejected", `begun ${step.attempts - 1} times and never ended`);
    }
    const ended = new Promise<never>((_, reject) => {
      abort.signal.addEventListener("abort", () => reject(abort.signal.reason));
    });
    const limitMs = options.stepTimeoutMs ?? STEP_TIMEOUT_MS;
    const timer = setTimeout(
      () => abort.abort(new ProviderError(step.provider, "timeout", `no result within ${limitMs / 1000} s`)),
      limitMs,
    );
    try {
      await Promise.race([RUN[kind](ctx, step, abort.signal, calls, onReply), ended]);
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

  /** Ends turns that are due, and work that is not this worker's any more. */
  async function sweep(): Promise<void> {
    await sweepTurns(ctx);
    for (const list of Object.values(waiting)) {
      for (const step of await findLostSteps(ctx, list)) {
        const at = list.indexOf(step);
        if (at >= 0) list.splice(at, 1);
      }
    }
    for (const step of await findLostSteps(ctx, [...running.keys()])) {
      running.get(step)?.abort.abort(new Error("the step is not needed any more, or another worker has it"));
    }
  }

  const timers = [
    setInterval(wake, POLL_MS),
    every(SWEEP_MS, sweep, (err) => ctx.log.warn({ err }, "turns could not be looked over")),
    every(
      leaseMs / 3,
      () => renewStepLeases(ctx, [...running.keys(), ...waiting.propose, ...waiting.render], leaseMs),
      (err) => ctx.log.warn({ err }, "leases could not be renewed"),
    ),
    every(
      PRESENCE_MS,
      () => showPresence(ctx, { owner, running: running.size }),
      (err) => ctx.log.warn({ err }, "the worker could not say that it is alive"),
    ),
  ];
  showPresence(ctx, { owner, running: 0 }).catch((err: unknown) =>
    ctx.log.warn({ err }, "the worker could not say that it is alive"),
  );
  releaseDeadOwners(ctx, owners.isDeadHere)
    .catch((error: unknown) => ctx.log.error({ err: error }, "steps of dead workers could not be released"))
    .finally(wake);

  return {
    wake,
    async stop() {
      stopped = true;
      for (const timer of timers.slice(0, 2)) clearInterval(timer);
      await pumping;
      await Promise.all([...running.values()].map(({ work }) => work));
      for (const timer of timers) clearInterval(timer);
      await releaseSteps(ctx, [...waiting.propose, ...waiting.render]);
      await showPresence(ctx, { owner, running: 0, stopped: true });
      owners.delete(owner);
    },
  };
}

/** Repeats `work`, never twice at once. */
function every(ms: number, work: () => Promise<void>, onError: (error: unknown) => void): NodeJS.Timeout {
  let busy = false;
  return setInterval(() => {
    if (busy) return;
    busy = true;
    work()
      .catch(onError)
      .finally(() => {
        busy = false;
      });
  }, ms);
}

const owners = createOwners();
