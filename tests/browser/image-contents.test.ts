/** No container engine is needed to know whether the image would run: this is what is in it, in a folder of its own. */
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../db/store.ts";
import { copiedIntoImage, readDockerfile } from "../support/deployment-files.ts";
import { freePort } from "../support/ports.ts";
import { makeTempDir } from "../support/temp.ts";

test("what the Dockerfile copies is all that the server, its health check and the command line need", async () => {
  const root = projectRoot();
  const image = join(makeTempDir("image"), "app");
  mkdirSync(image);
  for (const [source, target] of copiedIntoImage()) {
    cpSync(join(root, source), join(image, target), { recursive: true });
  }
  const built = (readDockerfile().at(-1) ?? []).filter(({ text }) => text.startsWith("--from="));
  expect(built.map(({ text }) => text.split(" ").at(-1))).toEqual(["./node_modules", "./build"]);
  for (const name of ["node_modules", "build"]) symlinkSync(join(root, name), join(image, name));

  const port = String(await freePort());
  const env = {
    PATH: process.env.PATH,
    NODE_ENV: "production",
    HOST: "0.0.0.0",
    PORT: port,
    DATA_DIR: makeTempDir("image-data"),
    PUBLIC_URL: `http://localhost:${port}`,
  };
  const node = (...args: string[]) =>
    execFileSync(process.execPath, args, { cwd: image, env, encoding: "utf8" });
  expect(() => node("tools/run/health.mjs", "/health")).toThrow();
  const server = spawn(process.execPath, ["tools/run/serve.mjs"], { cwd: image, env, stdio: "pipe" });
  const ended = new Promise((resolve) => server.once("exit", resolve));
  try {
    const isHealthy = () => {
      try {
        node("tools/run/health.mjs", "/health/ready");
        return true;
      } catch {
        return false;
      }
    };
    await expect.poll(isHealthy, { timeout: 60_000, interval: 500 }).toBe(true);
    expect((await fetch(`http://127.0.0.1:${port}/sign-in`)).status).toBe(200);
    const made = node(
      "cli/turnwise.ts",
      "user",
      "create",
      "--email",
      "a@b.test",
      "--name",
      "A",
      "--role",
      "admin",
    );
    expect(made).toContain("Created admin a@b.test");
    expect(node("cli/turnwise.ts", "storage", "check")).toContain("ok");
  } finally {
    server.kill("SIGTERM");
    expect(await ended).toBe(0);
  }
});
