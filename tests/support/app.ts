/** The built application as a process of its own, on an empty database, for browser and HTTP tests. */
import { join } from "node:path";
import { launch } from "./launch.ts";
import { freePort } from "./ports.ts";
import { makeTempDir } from "./temp.ts";

export { launch } from "./launch.ts";

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

export interface AppOptions {
  databaseUrl?: string;
  env?: Record<string, string>;
  dataDir?: string;
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
