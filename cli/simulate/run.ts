/** A whole run: coordinator, raters, sessions in parallel, one report. */
import { randomBytes } from "node:crypto";
import { createRandom, seedFrom } from "../../app/domain/random.ts";
import { Client, createAgent, SimulationError } from "./client.ts";
import { Meter } from "./meter.ts";
import { USER_TYPES } from "./rater-model.ts";
import type { RunSummary } from "./report.ts";
import { runSession, type SessionOutcome } from "./session.ts";
import { acceptInvitation, type Credentials, findStudy, inviteRaters, signIn } from "./staff.ts";

export interface RunOptions {
  baseUrl: string;
  login: Credentials;
  study: string;
  sessions: number;
  concurrency: number;
  raters: number;
  seed: number;
  dropout: number;
  thinkMs: number;
  timeoutMs: number;
  generationTimeoutMs: number;
  /** One of them per session. */
  prompts: readonly string[];
  /** Turns of a session, for choosing the one in which a rater leaves. */
  horizon: number;
  signal: AbortSignal;
  onProgress(text: string): void;
  onNote(text: string): void;
}

/** Accounts are made a few at a time: password hashes are meant to be slow. */
const INVITATIONS_AT_ONCE = 4;

export async function runSimulation(options: RunOptions): Promise<RunSummary> {
  return new Run(options).run();
}

interface Rater {
  client: Client;
  number: number;
}

class Run {
  readonly #options: RunOptions;
  readonly #meter = new Meter();
  readonly #agent;
  /** Keeps the addresses of repeated runs apart; decisions depend on the seed alone. */
  readonly #runId = randomBytes(4).toString("hex");
  readonly #coordinator: Client;
  readonly #outcomes = { complete: 0, dropped: 0, failed: 0 };
  readonly #completionCodes = new Set<string>();
  #studyId = "";
  #accounts = 0;
  /** Why going on is pointless, e.g. the study is full. */
  #givenUp: string | null = null;

  constructor(options: RunOptions) {
    this.#options = options;
    this.#agent = createAgent(options.baseUrl);
    this.#coordinator = this.#newClient();
  }

  async run(): Promise<RunSummary> {
    const { login, study, sessions, signal } = this.#options;
    const raterCount = Math.min(this.#options.raters, sessions);
    try {
      await signIn(this.#coordinator, login);
      this.#studyId = await findStudy(this.#coordinator, study);
      const raters = await this.#makeRaters(raterCount);
      const started = performance.now();
      // Rater r does sessions r, r + R, r + 2R …, whatever the speed: the same seed plans the same work.
      await inParallel(raters, this.#options.concurrency, async (first) => {
        let rater = first;
        for (
          let session = first.number;
          session < sessions && this.#givenUp === null;
          session += raterCount
        ) {
          signal.throwIfAborted();
          const outcome = await this.#session(rater, session);
          // Whoever walked away keeps an open task: somebody new goes on.
          const isLast = session + raterCount >= sessions;
          if (outcome !== "complete" && !isLast) {
            const [next] = await this.#makeRaters(1);
            rater = { client: (next as Rater).client, number: first.number };
          }
        }
      });
      return this.#summary(performance.now() - started);
    } finally {
      this.#agent.destroy();
    }
  }

  async #session(rater: Rater, session: number): Promise<SessionOutcome["kind"] | "failed"> {
    const { seed, dropout, horizon, thinkMs, generationTimeoutMs, prompts, signal } = this.#options;
    const random = createRandom(seedFrom(seed, "session", session));
    const prompt = random.pick(prompts);
    const leavesInTurn = random.next() < dropout ? 1 + random.below(horizon) : null;
    const userType = USER_TYPES[createRandom(seedFrom(seed, "rater", rater.number)).below(USER_TYPES.length)];
    const label = `session ${session + 1}, rater ${rater.number + 1}`;
    try {
      const outcome = await runSession(rater.client, {
        studyId: this.#studyId,
        prompt,
        userType: userType as (typeof USER_TYPES)[number],
        random,
        leavesInTurn,
        thinkMs,
        generationTimeoutMs,
      });
      if (outcome.kind === "complete") this.#checkCode(outcome.completionCode);
      this.#outcomes[outcome.kind] += 1;
      this.#options.onNote(
        outcome.kind === "complete"
          ? `${label}: complete ${outcome.assignmentId}`
          : `${label}: left in turn ${outcome.turnNumber} ${outcome.assignmentId}`,
      );
      return outcome.kind;
    } catch (error) {
      if (signal.aborted) throw error;
      if (!(error instanceof SimulationError)) throw error;
      this.#outcomes.failed += 1;
      this.#meter.error(error.kind, error.message);
      this.#options.onNote(`${label}: FAILED, ${error.message}`);
      if (/places of this study are taken|study is not open/i.test(error.message))
        this.#givenUp = error.message;
      return "failed";
    } finally {
      const { complete, dropped, failed } = this.#outcomes;
      this.#options.onProgress(
        `${complete + dropped + failed} of ${this.#options.sessions} sessions (${complete} complete, ${dropped} left, ${failed} failed)`,
      );
    }
  }

  /** Every task has a code of its own, unless the study has a fixed one for all. */
  #checkCode(code: string): void {
    if (this.#completionCodes.has(code) && this.#completionCodes.size > 1)
      throw new SimulationError("completion code", "one code was given out twice");
    this.#completionCodes.add(code);
  }

  /** Invites raters and lets each accept the invitation. */
  async #makeRaters(count: number): Promise<Rater[]> {
    const first = this.#accounts;
    this.#accounts += count;
    const emails = Array.from(
      { length: count },
      (_, i) => `sim-${this.#runId}-${first + i + 1}@simulated.turnwise.local`,
    );
    const links = await inviteRaters(this.#coordinator, this.#studyId, emails);
    const raters = links.map((link, i) => ({ client: this.#newClient(), number: first + i, link }));
    let ready = 0;
    await inParallel(raters, INVITATIONS_AT_ONCE, async ({ client, number, link }) => {
      const started = performance.now();
      const email = emails[number - first] as string;
      const password = randomBytes(18).toString("base64url");
      await acceptInvitation(client, link, { email, password, name: `Simulated rater ${number + 1}` });
      this.#meter.time("accept invitation", performance.now() - started);
      ready += 1;
      if (count > 1) this.#options.onProgress(`${ready} of ${count} raters have joined`);
    });
    return raters;
  }

  #newClient(): Client {
    const { baseUrl, timeoutMs, signal } = this.#options;
    return new Client({ baseUrl, timeoutMs, signal, meter: this.#meter }, this.#agent);
  }

  #summary(elapsedMs: number): RunSummary {
    const { sessions, concurrency, seed } = this.#options;
    const { complete, dropped, failed } = this.#outcomes;
    if (this.#givenUp !== null) {
      this.#meter.error("given up", `the rest of the sessions was not tried: ${this.#givenUp}`);
    }
    return {
      study: this.#studyId,
      seed,
      concurrency,
      raters: this.#accounts,
      sessions: { planned: sessions, complete, dropped, failed },
      elapsedMs,
      meter: this.#meter,
    };
  }
}

/** Runs `work` for every item, at most `limit` at once. The first failure stops what has not begun. */
async function inParallel<T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  let failed = false;
  const lane = async () => {
    for (let item = queue.shift(); item !== undefined && !failed; item = queue.shift()) {
      try {
        await work(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const results = await Promise.allSettled(Array.from({ length: Math.min(limit, items.length) }, lane));
  for (const result of results) if (result.status === "rejected") throw result.reason;
}
