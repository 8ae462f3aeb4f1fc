/** Runs the built application as a process of its own; usable outside of tests too. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../db/store.ts";

const START_WITHIN_MS = 60_000;

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
