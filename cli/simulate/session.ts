/** One whole rating session as a rater's browser without scripts would do it. */
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { paths } from "../../app/domain/paths.ts";
import type { Random } from "../../app/domain/random.ts";
import { type Client, type Reply, SimulationError } from "./client.ts";
import { fillForm, getForm, getForms } from "./forms.ts";
import { alertText, plainText } from "./html.ts";
import { measureImage } from "./image-features.ts";
import {
  answerTurn,
  decideTurn,
  type JudgedColumn,
  type TurnDecision,
  type UserType,
  utilityOf,
} from "./rater-model.ts";
import { assignmentIdOf, completionCodeOf, everyScope, imagesOf } from "./read-page.ts";

export interface SessionPlan {
  studyId: string;
  prompt: string;
  userType: UserType;
  random: Random;
  /** 1-based turn after whose slate the rater walks away; null = stays to the end. */
  leavesInTurn: number | null;
  /** Pause before each action. */
  thinkMs: number;
  /** How long a slate may take. */
  generationTimeoutMs: number;
}

export type SessionOutcome =
  | { kind: "complete"; assignmentId: string; completionCode: string }
  | { kind: "dropped"; assignmentId: string; turnNumber: number };

/** Steps that a rater waits for after pressing a button: what P14 calls "submit → next screen". */
export const SUBMIT_STEPS = [
  "start",
  "consent",
  "about you",
  "instructions",
  "practice",
  "prompt",
  "choose",
  "evaluate",
  "end task",
] as const;
const MOST_SETUP_STEPS = 6;

const progressSchema = z.object({ status: z.string(), readyImages: z.number(), totalImages: z.number() });
const POLL_FIRST_MS = 150;
const POLL_MAX_MS = 1_000;

/** Runs one session. Throws {@link SimulationError} at the first thing that is wrong. */
export async function runSession(client: Client, plan: SessionPlan): Promise<SessionOutcome> {
  return new Session(client, plan).run();
}

class Session {
  readonly #client: Client;
  readonly #plan: SessionPlan;
  /** Pictures of earlier turns: pages show them again to look back at. */
  readonly #seen = new Set<string>();
  #checkedRevalidation = false;

  constructor(client: Client, plan: SessionPlan) {
    this.#client = client;
    this.#plan = plan;
  }

  async run(): Promise<SessionOutcome> {
    let page = await this.#start();
    const assignmentId = assignmentIdOf(page);
    page = await this.#reachPrompt(page, assignmentId);
    page = await this.#submit("prompt", page, this.#prompt(page), ["prompt"]);

    const decisions: TurnDecision[] = [];
    for (let turnNumber = 1; page.path === paths.turn(assignmentId, turnNumber); turnNumber++) {
      const decision = await this.#interact(assignmentId, turnNumber);
      if (decision === null) return { kind: "dropped", assignmentId, turnNumber };
      decisions.push(decision.made);
      page = decision.next;
    }
    // The last turn is shown once more, with the way into the evaluation.
    for (const [index, decision] of decisions.entries()) {
      const path = paths.evaluation(assignmentId, index + 1);
      if (index === 0 || page.path !== path)
        page = await this.#timed("open evaluation", () => this.#open(path));
      page = await this.#evaluate(page, decision, decisions[index - 1]);
    }
    if (page.path !== paths.review(assignmentId)) page = await this.#open(paths.review(assignmentId));
    page = await this.#submit("end task", page, { intent: "end-task" });
    if (page.path !== paths.done(assignmentId)) {
      throw new SimulationError(
        "unexpected page",
        `ending the task led to ${page.path}: ${alertText(page.text())}`,
      );
    }
    return { kind: "complete", assignmentId, completionCode: completionCodeOf(page) };
  }

  async #start(): Promise<Reply> {
    const { studyId } = this.#plan;
    const home = await this.#timed("open home", () => this.#client.open(paths.raterHome()));
    return this.#submit("start", home, { intent: "start", studyId }, [], { studyId });
  }

  /** Everything that a study asks for before the prompt: consent, questions, instructions, practice. */
  async #reachPrompt(first: Reply, assignmentId: string): Promise<Reply> {
    let page = first;
    for (let steps = 0; page.path !== paths.prompt(assignmentId); steps++) {
      if (steps > MOST_SETUP_STEPS)
        throw new SimulationError("unexpected page", `${page.path} leads nowhere`);
      switch (page.path) {
        case paths.consent(assignmentId):
          page = await this.#submit("consent", page, [["intent", "agree"], ...everyScope(page)], ["scopes"]);
          break;
        case paths.aboutYou(assignmentId):
          page = await this.#submit("about you", page, {});
          break;
        case paths.instructions(assignmentId):
          page = await this.#submit("instructions", page, {});
          break;
        case paths.practice(assignmentId):
          page = await this.#practise(page);
          break;
        default:
          throw new SimulationError("unexpected page", `a new task began at ${page.path}`);
      }
    }
    return page;
  }

  /** Tries each column of the practice turn until the right one is found, then goes on. */
  async #practise(first: Reply): Promise<Reply> {
    let page = first;
    for (const column of getForm(page, ["column"]).radios.get("column") ?? []) {
      page = await this.#submit("practice", page, { intent: "try", column }, ["column"]);
      if (/Yes, column/.test(plainText(page.text()))) {
        const finish = getForms(page).find((f) => f.buttons.some((b) => b.value === "finish"));
        if (!finish) break;
        const path = new URL(page.path, "http://page").pathname;
        return this.#timed("practice", () =>
          this.#client.submit(path, fillForm(finish, { intent: "finish" })),
        );
      }
    }
    throw new SimulationError("practice", `${page.path} accepts no column: ${alertText(page.text())}`);
  }

  /** The plan's prompt; where the study gives one, that. */
  #prompt(page: Reply): Record<string, string> {
    const given = getForm(page, ["prompt"]).defaults.find(([name]) => name === "prompt")?.[1];
    return { prompt: given || this.#plan.prompt };
  }

  /** One turn; null when the rater leaves in it. */
  async #interact(assignmentId: string, turnNumber: number) {
    await this.#waitForSlate(assignmentId, turnNumber);
    const path = paths.turn(assignmentId, turnNumber);
    const page = await this.#timed("open slate", () => this.#open(path));
    const columnIds = getForm(page, ["columnId"]).radios.get("columnId") ?? [];
    if (columnIds.length < 2) throw new SimulationError("unexpected page", `${path} offers no columns`);
    const columns = await this.#look(page, columnIds);
    if (this.#plan.leavesInTurn === turnNumber) return null;
    const made = decideTurn(this.#plan.userType, columns, this.#plan.random);
    const values = { intent: "choose", columnId: made.chosen.columnId, critique: made.critique };
    return { made, next: await this.#submit("choose", page, values, ["columnId"]) };
  }

  async #waitForSlate(assignmentId: string, turnNumber: number): Promise<void> {
    const started = performance.now();
    const path = paths.turnProgress(assignmentId, turnNumber);
    for (let pauseMs = POLL_FIRST_MS; ; pauseMs = Math.min(pauseMs * 1.5, POLL_MAX_MS)) {
      const reply = await this.#timed("poll", () => this.#client.open(path));
      const progress = progressSchema.safeParse(JSON.parse(reply.text()));
      if (!progress.success)
        throw new SimulationError("progress", `${path} answered ${reply.text().slice(0, 100)}`);
      const { status, readyImages, totalImages } = progress.data;
      if (status === "ready" || status === "chosen") break;
      if (status === "failed")
        throw new SimulationError("generation failed", `turn ${turnNumber} of ${assignmentId}`);
      if (performance.now() - started > this.#plan.generationTimeoutMs) {
        throw new SimulationError("generation slow", `${path}: ${readyImages} of ${totalImages} images`);
      }
      await sleep(pauseMs, undefined, { signal: this.#client.signal });
    }
    this.#client.meter.time("(generation)", performance.now() - started);
  }

  /** Fetches every image of the slate and judges the first one of each column. */
  async #look(page: Reply, columnIds: string[]): Promise<JudgedColumn[]> {
    const sources = imagesOf(page).filter((src) => !this.#seen.has(src));
    for (const src of sources) this.#seen.add(src);
    const perColumn = sources.length / columnIds.length;
    if (sources.length === 0 || !Number.isInteger(perColumn)) {
      throw new SimulationError(
        "unexpected page",
        `${page.path}: ${sources.length} images, ${columnIds.length} columns`,
      );
    }
    const images = await Promise.all(sources.map((src) => this.#fetchImage(src)));
    if (new Set(images.map((image) => image.headers.etag)).size !== images.length) {
      throw new SimulationError("image", `${page.path} shows the same picture twice`);
    }
    return Promise.all(
      columnIds.map(async (columnId, position) => {
        const { body, path } = images[position * perColumn] as Reply;
        const features = await measureImage(body).catch((error: unknown) => {
          throw new SimulationError("image", `${path} cannot be decoded`, { cause: error });
        });
        return { columnId, utility: utilityOf(this.#plan.userType, features) };
      }),
    );
  }

  async #fetchImage(src: string): Promise<Reply> {
    const reply = await this.#timed("image", async () => {
      const answer = await this.#client.get(src);
      const elsewhere = answer.status === 302 ? answer.headers.location : undefined;
      return elsewhere === undefined ? answer : this.#client.getElsewhere(elsewhere);
    });
    const type = reply.headers["content-type"] ?? "";
    if (reply.status !== 200 || !type.startsWith("image/webp") || reply.body.length === 0) {
      throw new SimulationError("image", `${src}: ${reply.status} ${type} ${reply.body.length} bytes`);
    }
    // Only our own server knows what the browser has; a store that serves short-lived links does not.
    if (!this.#checkedRevalidation && reply.path === src) {
      this.#checkedRevalidation = true;
      const etag = reply.headers.etag ?? "";
      const again = await this.#client.get(src, { "if-none-match": etag });
      if (etag === "" || again.status !== 304) {
        throw new SimulationError("image", `${src}: ${again.status} instead of 304 for its own ETag`);
      }
    }
    return reply;
  }

  async #evaluate(page: Reply, decision: TurnDecision, previous: TurnDecision | undefined): Promise<Reply> {
    const form = getForm(page, ["confirmedColumnId"]);
    const shown = form.radios.get("confirmedColumnId") ?? [];
    if (shown.join() !== decision.columns.map((column) => column.columnId).join()) {
      throw new SimulationError("evaluation", `${page.path} shows other columns, or in another order`);
    }
    const answers = answerTurn(decision, previous, this.#plan.random);
    for (const name of Object.keys(answers)) {
      if (!form.names.has(name))
        throw new SimulationError("evaluation", `${page.path} does not ask for ${name}`);
    }
    const intent = form.buttons.some((button) => button.value === "next") ? "next" : "review";
    return this.#submit("evaluate", page, { intent, ...answers }, ["confirmedColumnId"]);
  }

  /** Posts the page's own form and times the way to the next page. */
  async #submit(
    step: (typeof SUBMIT_STEPS)[number],
    page: Reply,
    values: Record<string, string> | [string, string][],
    names: string[] = [],
    presets: Record<string, string> = {},
  ): Promise<Reply> {
    const fields = fillForm(getForm(page, names, presets), values);
    await this.#think();
    const path = new URL(page.path, "http://page").pathname;
    return this.#timed(step, () => this.#client.submit(path, fields));
  }

  #open(path: string): Promise<Reply> {
    return this.#client.open(path);
  }

  async #timed<T>(step: string, work: () => Promise<T>): Promise<T> {
    const started = performance.now();
    const value = await work();
    this.#client.meter.time(step, performance.now() - started);
    return value;
  }

  async #think(): Promise<void> {
    if (this.#plan.thinkMs > 0) await sleep(this.#plan.thinkMs, undefined, { signal: this.#client.signal });
  }
}
