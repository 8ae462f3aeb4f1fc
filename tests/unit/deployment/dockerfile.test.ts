import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../../../db/store.ts";
import { copiedIntoImage, readDockerfile } from "../../support/deployment-files.ts";
import { makeTempDir } from "../../support/temp.ts";

const root = projectRoot();
const json = (file: string) => JSON.parse(readFileSync(join(root, file), "utf8"));
const stages = readDockerfile();
const last = stages.at(-1) ?? [];
const texts = (name: string) => last.filter((one) => one.name === name).map(({ text }) => text);

describe("Dockerfile", () => {
  it("has several stages, all of them on the pinned Node with glibc", () => {
    const { version } = json("tools/node/package.json");
    const bases = stages.map(([from]) => from?.text.replace(/ AS \w+$/, ""));
    expect(bases).toEqual([`node:${version}-bookworm-slim`, "dependencies", `node:${version}-bookworm-slim`]);
  });

  it("runs as a user who is not root", () => {
    expect(texts("USER")).toEqual(["node"]);
    const after = last.slice(last.findIndex(({ name }) => name === "USER")).map(({ name }) => name);
    expect(after).toEqual(["USER", "VOLUME", "EXPOSE", "HEALTHCHECK", "CMD"]);
  });

  it("has a health check and a command in the form that needs no shell", () => {
    const [check = ""] = texts("HEALTHCHECK");
    expect(JSON.parse(check.slice(check.indexOf("[")))).toEqual(["node", "tools/run/health.mjs", "/health"]);
    expect(texts("CMD").map((text) => JSON.parse(text))).toEqual([["node", "tools/run/serve.mjs"]]);
  });

  it("installs by the lockfile, and takes no tools of development into the image", () => {
    const installs = stages
      .flat()
      .filter(({ name, text }) => name === "RUN" && /npm (ci|i|install)\b/.test(text));
    expect(installs.map(({ text }) => text.includes("npm ci"))).toEqual([true, true]);
    expect(last.some(({ text }) => text === "--from=dependencies /app/node_modules ./node_modules")).toBe(
      true,
    );
    expect(stages[0]?.some(({ text }) => text.includes("npm ci --omit=dev"))).toBe(true);
  });

  it("copies only what exists and what .dockerignore lets through", () => {
    const allowed = readFileSync(join(root, ".dockerignore"), "utf8")
      .split("\n")
      .filter((line) => line.startsWith("!"))
      .map((line) => line.slice(1));
    for (const path of allowed) expect([path, existsSync(join(root, path))]).toEqual([path, true]);
    const sources = stages
      .flat()
      .filter(({ name, text }) => name === "COPY" && !text.includes("--from=") && text !== ". .")
      .flatMap(({ text }) =>
        text
          .split(" ")
          .filter((word) => !word.startsWith("--"))
          .slice(0, -1),
      );
    for (const source of sources) {
      expect([source, allowed.includes(source)]).toEqual([source, true]);
    }
    expect(copiedIntoImage().map(([source]) => source)).toContain("migrations");
  });
});

/** Modules that a file needs when it runs: not types, not its own project's. */
function packagesOf(file: string): string[] {
  const text = readFileSync(file, "utf8");
  const imports = text.matchAll(/^(?:import|export)\s(?!type\b)(?:[^;"']*?from\s+)?"([^".][^"]*)"/gm);
  const dynamic = text.matchAll(/\bimport\("([^".][^"]*)"\)/g);
  return [...imports, ...dynamic]
    .map(([, name = ""]) => name)
    .filter((name) => !/^(node:|virtual:)/.test(name))
    .map((name) =>
      name
        .split("/")
        .slice(0, name.startsWith("@") ? 2 : 1)
        .join("/"),
    );
}

describe("the image's packages", () => {
  it("are those that the dependencies lead to: optional peers are removed, wherever they are kept", () => {
    const dir = makeTempDir("prune");
    const packages = {
      "": { dependencies: { a: "1.0.0" }, devDependencies: { bundler: "1.0.0" } },
      "node_modules/a": {
        dependencies: { b: "1.0.0" },
        optionalDependencies: { native: "1.0.0" },
        peerDependencies: { bundler: "*", react: "*" },
        peerDependenciesMeta: { bundler: { optional: true } },
      },
      "node_modules/a/node_modules/b": { dependencies: { c: "1.0.0" } },
      "node_modules/b": { dependencies: { "bundler-only": "1.0.0" } },
      "node_modules/bundler": { dependencies: { b: "2.0.0" } },
      "node_modules/bundler-only": {},
      "node_modules/c": {},
      "node_modules/native": {},
      "node_modules/react": {},
    };
    writeFileSync(join(dir, "package-lock.json"), JSON.stringify({ packages }));
    for (const key of Object.keys(packages)) mkdirSync(join(dir, key), { recursive: true });
    execFileSync(process.execPath, [join(root, "tools/image/prune.mjs")], { cwd: dir });
    expect(readdirSync(join(dir, "node_modules")).sort()).toEqual(["a", "c", "native", "react"]);
    expect(readdirSync(join(dir, "node_modules/a/node_modules"))).toEqual(["b"]);
  });

  it("are all that the code in it needs at run time", () => {
    const { dependencies } = json("package.json");
    const missing = ["app", "cli", "db", "exporters"].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name))
        // Read by the build and by `npm run dev` alone.
        .filter((file) => !/app\/(routes\.ts|server\/dev\.ts)$|drizzle\.\w+\.config\.ts$/.test(file))
        .flatMap((file) =>
          packagesOf(file)
            .filter((name) => !(name in dependencies))
            .map((name) => `${file}: ${name}`),
        ),
    );
    expect(missing).toEqual([]);
  });
});
