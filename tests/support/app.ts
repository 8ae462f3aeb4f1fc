/** The built application as a process of its own, on an empty database, for browser and HTTP tests. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../db/store.ts";
import { freePort } from "./ports.ts";
import { makeTempDir } from "./temp.ts";

export const DEMO_PASSWORD = "demo-password-1";
export const DEMO = {
  rater: "rater@demo.turnwise.local",
  coordinator: "coordinator@demo.turnwise.local",
  researcher: "researcher@demo.turnwise.local",
};

export interface TestApp {
  url: string;
  dataDir: string;
  databaseUrl: string;
  env: NodeJS.ProcessEnv;
  /** Everything that the server printed so far. */
  output(): string;
  /** Ends the process with a signal and waits for it; returns its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** The same installation again, after a stop. */
  restart(): Promise<void>;
}

const START_WITHIN_MS = 60_000;

export interface AppOptions {
  databaseUrl?: string;
  env?: Record<string, string>;
  dataDir?: string;
}

/** Runs the server until it answers or ends. Resolves with the process and what it printed. */
export async function launch(env: NodeJS.ProcessEnv): Promise<{ child: ChildProcess; output(): string }> {
  const root = projectRoot();
  if (!existsSync(join(root, "build/server/index.js"))) {
    throw new Error("There is no build: run `npm run build` first (`npm test` does it).");
  }
  const child = spawn(process.execPath, [join(root, "tools/run/serve.mjs")], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  const collect = (part: Buffer) => {
    text += part.toString("utf8");
  };
  child.stdout?.on("data", collect);
  child.stderr?.on("data", collect);
  await new Promise<void>((resolve, reject) => {
    const give = (error?: Error) => {
      clearTimeout(timer);
      clearInterval(poll);
      child.off("exit", ended);
      if (error) reject(error);
      else resolve();
    };
    const ended = (code: number | null) => give(new Error(`the server ended with ${code}:\n${text}`));
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      give(new Error(`the server did not answer in time:\n${text}`));
    }, START_WITHIN_MS);
    const poll = setInterval(() => {
      if (/Turnwise (worker )?is running/.test(text)) give();
    }, 20);
    child.once("exit", ended);
  });
  return { child, output: () => text };
}

export async function startApp(options: AppOptions = {}): Promise<TestApp> {
  const port = await freePort();
  const dataDir = options.dataDir ?? makeTempDir("app");
  const databaseUrl = options.databaseUrl ?? `file:${join(dataDir, "turnwise.db")}`;
  const { NODE_ENV: _, ...inherited } = process.env;
  const env = {
    ...inherited,
    PORT: String(port),
    HOST: "127.0.0.1",
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    TURNWISE_DEMO: "1",
    ...options.env,
  };
  let running = await launch(env);
  return {
    url: `http://127.0.0.1:${port}`,
    dataDir,
    databaseUrl,
    env,
    output: () => running.output(),
    async stop(signal = "SIGTERM") {
      const { child } = running;
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const ended = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
      child.kill(signal);
      return ended;
    },
    async restart() {
      running = await launch(env);
    },
  };
}
