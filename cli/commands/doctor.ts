import { Command } from "commander";
import { eq, isNull } from "drizzle-orm";
import { createAgents } from "../../app/agents/registry.ts";
import { FAULT_ADVICE } from "../../app/domain/health-views.ts";
import { type ProviderCall, ProviderError, type ReportCall } from "../../app/domain/provider-call.ts";
import { type Env, readEnv } from "../../app/server/env.server.ts";
import { createProviders, type Providers } from "../../app/server/providers.server.ts";
import { createObjectStore } from "../../app/storage/registry.ts";
import { createT2iModels } from "../../app/t2i/registry.ts";
import { StartupError } from "../../db/errors.ts";
import { openStore, type Store } from "../../db/store.ts";
import { CliError } from "../errors.ts";

const CALL_TIMEOUT_MS = 120_000;
/** A worker that said nothing for so long is taken for dead. */
const SILENT_AFTER_MS = 35_000;

/** Prints one line per check. `tell` is the only way to say that something is wrong. */
class Report {
  problems = 0;

  section(title: string): void {
    console.log(title);
  }

  good(what: string, detail: string): void {
    console.log(`  ok        ${what}: ${detail}`);
  }

  note(what: string, detail: string): void {
    console.log(`  NOTE      ${what}: ${detail}`);
  }

  bad(what: string, detail: string, advice?: string): void {
    this.problems += 1;
    console.log(`  PROBLEM   ${what}: ${detail}`);
    if (advice) console.log(`            → ${advice}`);
  }
}

export function doctorCommand(): Command {
  return new Command("doctor")
    .description("Try every configured service with a tiny real call, and say what to do about each problem.")
    .option("--no-calls", "ask models only whether their configuration is right: costs nothing")
    .addHelpText(
      "after",
      `
Asks each language model for five short prompts, each image model for one small image and each value model for five
values: that costs what such calls cost. Reads the same variables as the server. Exit code 1 when something is wrong.`,
    )
    .action(examine);
}

async function examine(flags: { calls: boolean }): Promise<void> {
  const report = new Report();
  const env = readEnv();
  report.section("Environment");
  checkEnvironment(report, env);
  report.section("Database");
  await checkDatabase(report, env);
  report.section("Images");
  await checkStorage(report, env);
  report.section("Models");
  await checkModels(report, createProviders(env.models), flags.calls);
  if (report.problems > 0) {
    throw new CliError(report.problems === 1 ? "One problem." : `${report.problems} problems.`);
  }
  console.log("Everything works.");
}

function checkEnvironment(report: Report, env: Env): void {
  report.good("Node", process.version);
  report.good("address", env.baseUrl);
  if (env.isPublic && !env.baseUrl.startsWith("https:")) {
    report.bad(
      "encryption",
      "others can reach this address, and it is not https",
      "put a proxy with a certificate in front, and set PUBLIC_URL to the https address and TRUST_PROXY",
    );
  }
}

async function checkDatabase(report: Report, env: Env): Promise<void> {
  let store: Store;
  try {
    store = await openStore(env.databaseUrl);
  } catch (error) {
    return report.bad("connection", textOf(error), "the server does not start before this is mended");
  }
  try {
    const started = performance.now();
    // A write that leaves nothing behind.
    const { providerStates } = store.t;
    await store.tx(async (tx) => {
      await tx.insert(providerStates).values({ provider: "doctor" }).onConflictDoNothing();
      await tx.delete(providerStates).where(eq(providerStates.provider, "doctor"));
    });
    report.good("read and write", `${store.dialect}, ${Math.round(performance.now() - started)} ms`);
    const workers = await store.read
      .select()
      .from(store.t.workers)
      .where(isNull(store.t.workers.stoppedAtMs));
    const alive = workers.filter((worker) => Date.now() - worker.heartbeatAtMs < SILENT_AFTER_MS);
    if (alive.length > 0) report.good("workers", `${alive.length} alive`);
    else
      report.note(
        "workers",
        "none is alive; slates are made while the server, or a process with ROLE=worker, runs",
      );
  } catch (error) {
    report.bad("read and write", textOf(error), "is the disk full, or the database read-only?");
  } finally {
    await store.close();
  }
}

async function checkStorage(report: Report, env: Env): Promise<void> {
  try {
    const store = createObjectStore(env.storage);
    for await (const { what, outcome, detail } of store.diagnose({ createBucket: false })) {
      if (outcome === "ok") report.good(what, detail);
      else if (outcome === "warning") report.note(what, detail);
      else report.bad(what, detail, "“turnwise storage check” tries it again");
    }
  } catch (error) {
    report.bad("store", textOf(error));
  }
}

async function checkModels(report: Report, remote: Providers, withCalls: boolean): Promise<void> {
  const { generators, selectors } = createAgents(remote);
  const models = createT2iModels(remote.t2iModels);
  const signal = () => AbortSignal.timeout(CALL_TIMEOUT_MS);
  const input = {
    initialPrompt: "a lighthouse in a storm",
    history: [],
    turnIndex: 0,
    wordLimit: 14,
    seed: 1,
  };
  const attempt = async (id: string, work: (report: ReportCall) => Promise<string>) => {
    const calls: ProviderCall[] = [];
    const started = performance.now();
    try {
      const what = await work((call) => calls.push(call));
      report.good(
        id,
        [what, `${Math.round(performance.now() - started)} ms`, costOf(calls)].filter(Boolean).join(", "),
      );
    } catch (error) {
      const advice = error instanceof ProviderError ? FAULT_ADVICE[error.fault] : undefined;
      report.bad(id, textOf(error), advice);
    }
  };
  for (const info of remote.infos.values()) {
    await attempt(info.id, async () => {
      await info.check(signal());
      return `${info.kind}: address, key and model are right`;
    });
  }
  if (!withCalls) return;
  const candidates = [1, 2, 3, 4, 5].map((n) => ({
    prompt: `a lighthouse in a storm, number ${n}`,
    category: `category ${n}`,
  }));
  for (const generator of generators.values()) {
    await attempt(`${generator.id} writes`, async (tell) => {
      const size = { candidateCount: 5, categoryCount: 5 };
      return `${(await generator.propose(input, size, signal(), tell)).length} prompts`;
    });
  }
  for (const selector of selectors.values()) {
    await attempt(`${selector.id} selects`, async (tell) => {
      const { picks, fallback } = await selector.select(input, candidates, 4, signal(), tell);
      if (fallback) throw new Error("its service failed, and its declared fallback decided");
      return `${picks.length} of ${candidates.length}`;
    });
  }
  for (const model of models.values()) {
    await attempt(`${model.id} draws`, async (tell) => {
      const request = { prompt: "a lighthouse in a storm", seed: 1, sizePx: 256 };
      const image = await model.render(request, signal(), tell);
      return `${image.widthPx} × ${image.heightPx} px, ${image.mimeType}`;
    });
  }
}

function costOf(calls: readonly ProviderCall[]): string {
  const micros = calls.reduce((sum, call) => sum + (call.costMicros ?? 0), 0);
  return micros > 0 ? `cost ${(micros / 1_000_000).toFixed(4)}` : "";
}

function textOf(error: unknown): string {
  if (error instanceof StartupError) return error.userMessage;
  return error instanceof Error ? error.message : String(error);
}
