import { Command, InvalidArgumentError } from "commander";
import { MAX_SEED } from "../../app/domain/random.ts";
import { defaultStudySettings } from "../../app/domain/study-settings.ts";
import { CliError } from "../errors.ts";
import { interruptible } from "../interrupt.ts";
import { createProgress } from "../progress.ts";
import { SimulationError } from "../simulate/client.ts";
import { loadPrompts } from "../simulate/prompts.ts";
import { isSuccess, type RunSummary, reportJson, reportText } from "../simulate/report.ts";
import { runSimulation } from "../simulate/run.ts";

interface SimulateFlags {
  study: string;
  sessions: number;
  concurrency: number;
  seed: number;
  raters?: number;
  url: string;
  login: string;
  password?: string;
  dropout: number;
  think: number;
  timeout: number;
  slateTimeout: number;
  json: boolean;
  verbose: boolean;
}

const DEMO_LOGIN = "coordinator@demo.turnwise.local";
const DEMO_PASSWORD = "demo-password-1";

export function simulateCommand(): Command {
  return new Command("simulate")
    .description(
      "Drive whole rating sessions through the web interface of a running server, as scripted raters.",
    )
    .requiredOption("--study <id or name>", "an open study")
    .requiredOption("--sessions <n>", "sessions in all", integer(1, 1_000_000))
    .option("--concurrency <n>", "sessions at once", integer(1, 10_000), 4)
    .option(
      "--seed <n>",
      "decisions of the raters: the same seed plans the same work",
      integer(0, MAX_SEED),
      1,
    )
    .option(
      "--raters <n>",
      "accounts to make; each does sessions in turn (default: as many as run at once)",
      integer(1, 100_000),
    )
    .option("--url <address>", "address of the server", origin, "http://127.0.0.1:3000")
    .option("--login <e-mail>", "a coordinator, who invites the raters", DEMO_LOGIN)
    .option("--password <password>", "the coordinator's password; better: set TURNWISE_PASSWORD")
    .option("--dropout <p>", "share of sessions that are abandoned after a random turn", share, 0)
    .option("--think <ms>", "pause before each action", integer(0, 600_000), 0)
    .option("--timeout <ms>", "patience with one request", integer(100, 600_000), 30_000)
    .option(
      "--slate-timeout <ms>",
      "patience with the images of one turn",
      integer(1_000, 3_600_000),
      300_000,
    )
    .option("--json", "report as JSON", false)
    .option("--verbose", "one line per session", false)
    .addHelpText(
      "after",
      `
The raters' data are tagged source=simulated. Every image is fetched and every answer given; nothing takes a short
cut into the database. Exit code 1 if anything went wrong.

Example:
  turnwise simulate --study "Demo study" --sessions 200 --concurrency 20 --seed 7`,
    )
    .action((flags: SimulateFlags) => interruptible((signal) => run(flags, signal)));
}

async function run(flags: SimulateFlags, signal: AbortSignal): Promise<void> {
  const progress = createProgress();
  let summary: RunSummary;
  try {
    summary = await runSimulation({
      baseUrl: flags.url,
      login: {
        email: flags.login,
        password: flags.password ?? process.env.TURNWISE_PASSWORD ?? DEMO_PASSWORD,
      },
      study: flags.study,
      sessions: flags.sessions,
      concurrency: flags.concurrency,
      raters: flags.raters ?? Math.min(flags.concurrency, flags.sessions),
      seed: flags.seed,
      dropout: flags.dropout,
      thinkMs: flags.think,
      timeoutMs: flags.timeout,
      generationTimeoutMs: flags.slateTimeout,
      prompts: loadPrompts(),
      horizon: defaultStudySettings().horizon,
      signal,
      onProgress: (text) => progress.update(text),
      onNote: (text) => flags.verbose && progress.note(text),
    });
  } catch (error) {
    if (error instanceof SimulationError) throw new CliError(error.message);
    throw error;
  } finally {
    progress.end();
  }
  console.log(flags.json ? reportJson(summary) : reportText(summary));
  if (!isSuccess(summary)) process.exitCode = 1;
}

function integer(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max) {
      throw new InvalidArgumentError(`Use a whole number from ${min} to ${max}.`);
    }
    return value;
  };
}

function share(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= 0 && value <= 1))
    throw new InvalidArgumentError("Use a number from 0 to 1.");
  return value;
}

function origin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !["http:", "https:"].includes(url.protocol)) {
    throw new InvalidArgumentError("Use an address such as http://127.0.0.1:3000.");
  }
  return url.origin;
}
