import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { promisify } from "node:util";
import { eq } from "drizzle-orm";
import { openStore, projectRoot } from "../../db/store.ts";

export interface ConcurrentRaters {
  raters: number;
  sessions: number;
  errors: number;
  /** Milliseconds from sending a form to having the next page, without generation. */
  p50: number;
  p95: number;
  p99: number;
}

const run = promisify(execFile);
const RATERS = 200;
/** Between two actions of a rater; people take longer. */
const THINK_MS = 2_000;

/** P14: 200 scripted raters at once through the real pages, with images that cost nothing to draw. */
export async function benchConcurrentRaters(dir: string, databaseUrl?: string): Promise<ConcurrentRaters> {
  const root = projectRoot();
  const port = 20_000 + ((process.pid + 7) % 20_000);
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    PORT: String(port),
    DATA_DIR: dir,
    DATABASE_URL: databaseUrl ?? `file:${join(dir, "p14.db")}`,
    LOG_LEVEL: "error",
    TURNWISE_DEMO: "1",
  };
  const start = async () => {
    const child = spawn(process.execPath, [join(root, "tools/run/serve.mjs")], {
      env,
      stdio: ["ignore", "pipe", "inherit"],
    });
    await new Promise<void>((resolve, reject) => {
      child.stdout.on("data", (part: Buffer) => part.includes("is running at") && resolve());
      child.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
    });
    return child;
  };
  const stop = async (child: ReturnType<typeof spawn>) => {
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
  };
  await stop(await start());
  await switchToSwatch(env.DATABASE_URL as string);
  const server = await start();
  try {
    const { stdout } = await run(
      process.execPath,
      [
        join(root, "cli/turnwise.ts"),
        "simulate",
        "--study=Demo",
        `--sessions=${RATERS}`,
        `--concurrency=${RATERS}`,
        "--seed=1",
        `--think=${THINK_MS}`,
        `--url=http://127.0.0.1:${port}`,
        "--json",
      ],
      { env, maxBuffer: 64 * 1024 * 1024 },
    );
    const report = JSON.parse(stdout) as SimulateReport;
    const next = report.latencies.find((l) => l.step === "submit → next screen");
    if (!next) throw new Error("the report has no latency of submissions");
    return {
      raters: RATERS,
      sessions: report.sessions.complete,
      errors: Object.values(report.errors).reduce((sum, e) => sum + e.count, 0),
      p50: next.p50Ms,
      p95: next.p95Ms,
      p99: next.p99Ms,
    };
  } finally {
    await stop(server);
  }
}

interface SimulateReport {
  sessions: { complete: number };
  errors: Record<string, { count: number }>;
  latencies: { step: string; p50Ms: number; p95Ms: number; p99Ms: number }[];
}

/** The demo study's arms draw colour tiles from here on: what is measured is the server, not the renderer. */
async function switchToSwatch(databaseUrl: string): Promise<void> {
  const store = await openStore(databaseUrl);
  const { arms } = store.t;
  for (const arm of await store.read.select().from(arms)) {
    await store.tx((tx) =>
      tx
        .update(arms)
        .set({ agent: { ...arm.agent, t2iModel: "swatch" } })
        .where(eq(arms.id, arm.id)),
    );
  }
  await store.close();
}
