import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { makeTempDir } from "../../support/temp.ts";

const root = resolve(import.meta.dirname, "../../..");

const DIALECT = "Only db/ knows the dialect";
const TESTS = "Nothing outside tests/ may import tests/";
const DRIZZLE = "Queries live in db/ and app/services/";

/** [file, what it imports, how the message begins] */
const FORBIDDEN: [string, string, string][] = [
  ["app/domain/a.ts", "react", "app/domain/ is pure TypeScript"],
  ["app/domain/a.ts", "nanoid", "app/domain/ is pure TypeScript"],
  ["app/domain/a.ts", "node:crypto", "app/domain/ is pure TypeScript"],
  ["app/domain/a.ts", "../services/study/get-study.server.ts", "app/domain/ imports nothing but itself"],
  ["app/domain/deep/a.ts", "../../../db/store.ts", "app/domain/ imports nothing but itself"],
  ["app/domain/a.ts", "../../tests/support/temp.ts", "app/domain/ imports nothing but itself"],

  ["app/services/study/a.server.ts", "../../routes/rater/home.tsx", "app/services/ holds use cases"],
  ["app/services/study/a.server.ts", "../../features/results/chart.tsx", "app/services/ holds use cases"],
  ["app/services/study/a.server.ts", "../../components/button.tsx", "app/services/ holds use cases"],
  ["app/services/study/a.server.ts", "../../server/container.ts", "app/services/ holds use cases"],
  ["app/services/study/a.server.ts", "react", "app/services/ knows no React"],
  ["app/services/study/a.server.ts", "react-router", "app/services/ knows no React"],
  ["app/services/study/a.server.ts", "@react-router/node", "app/services/ knows no React"],
  ["app/services/study/a.server.ts", "express", "app/services/ knows no React"],
  ["app/services/study/a.server.ts", "drizzle-orm/sqlite-core", DIALECT],
  ["app/services/study/a.server.ts", "drizzle-orm/pg-core/columns", DIALECT],
  ["app/services/study/a.server.ts", "drizzle-orm/node-postgres/migrator", DIALECT],
  ["app/services/study/a.server.ts", "better-sqlite3", DIALECT],
  ["app/services/study/a.server.ts", "pg", DIALECT],
  ["app/services/study/a.server.ts", "../../../tests/support/temp.ts", TESTS],

  ["app/features/results/a.tsx", "../../services/dataset/list.ts", "app/features/ runs in the browser"],
  ["app/features/results/a.tsx", "../../../db/store.ts", "app/features/ runs in the browser"],
  ["app/features/results/a.tsx", "./secret.server.ts", "app/features/ runs in the browser"],
  ["app/features/results/a.tsx", "../../server/env.ts", "app/features/ runs in the browser"],
  ["app/features/results/a.tsx", "drizzle-orm", DRIZZLE],
  ["app/features/results/a.tsx", "../../../tests/support/temp.ts", TESTS],

  ["app/components/a.tsx", "./secret.server.ts", "app/components/ runs in the browser"],
  ["app/components/a.tsx", "../services/study/get-study.ts", "app/components/ runs in the browser"],
  ["app/components/a.tsx", "../../db/store.ts", "app/components/ runs in the browser"],
  ["app/components/a.tsx", "../features/results/chart.tsx", "app/components/ is the design system"],
  ["app/components/a.tsx", "../routes/rater/home.tsx", "app/components/ is the design system"],

  ["app/routes/rater/a.tsx", "../../../db/store.ts", "A route calls services"],
  ["app/routes/rater/a.tsx", "../../t2i/port.ts", "A route calls services"],
  ["app/routes/rater/a.tsx", "drizzle-orm", DRIZZLE],
  ["app/routes/rater/a.tsx", "pg", DIALECT],
  ["app/routes/rater/a.tsx", "../../../tests/support/temp.ts", TESTS],

  ["app/agents/gemini/a.ts", "../../services/study/a.server.ts", "app/agents/ holds a port"],
  ["app/agents/gemini/a.ts", "../../t2i/port.ts", "app/agents/ holds a port"],
  ["app/agents/a.ts", "../../db/store.ts", "app/agents/ holds a port"],
  ["app/agents/a.ts", "react", "app/agents/ knows no React"],
  ["app/t2i/sketch/a.ts", "../../server/env.ts", "app/t2i/ holds a port"],
  ["app/t2i/sketch/a.ts", "../../agents/port.ts", "app/t2i/ holds a port"],
  ["app/outbound/a.ts", "../agents/port.ts", "app/outbound/ is the way to remote services"],
  ["app/outbound/a.ts", "../server/env.server.ts", "app/outbound/ is the way to remote services"],
  ["app/storage/a.ts", "../services/study/a.server.ts", "app/storage/ holds a port"],
  ["app/storage/a.ts", "drizzle-orm", "app/storage/ knows no React"],

  ["app/server/a.ts", "better-sqlite3", DIALECT],
  ["app/server/a.ts", "../../tests/support/temp.ts", TESTS],
  ["app/root.tsx", "pg", DIALECT],

  ["db/a.ts", "../app/routes/rater/home.tsx", "db/ knows rows"],
  ["db/a.ts", "react", "db/ knows rows"],
  ["db/a.ts", "../tests/support/temp.ts", TESTS],

  ["exporters/a.ts", "react", "exporters/ turns rows into files"],
  ["exporters/a.ts", "react-dom/server", "exporters/ turns rows into files"],
  ["exporters/a.ts", "../app/routes/data/export.ts", "exporters/ turns rows into files"],
  ["exporters/a.ts", "drizzle-orm/pg-core", DIALECT],
  ["exporters/a.ts", "../tests/support/temp.ts", TESTS],

  ["cli/a.ts", "../app/routes/data/export.ts", "cli/ calls services"],
  ["cli/a.ts", "better-sqlite3", DIALECT],
  ["cli/a.ts", "../tests/support/temp.ts", TESTS],
  ["tools/a.ts", "../tests/support/temp.ts", TESTS],
];

const ALLOWED: [string, string][] = [
  ["app/domain/a.ts", "zod"],
  ["app/domain/a.ts", "pure-rand/generator/xoroshiro128plus"],
  ["app/domain/a.ts", "./words.ts"],
  ["app/services/study/a.server.ts", "drizzle-orm"],
  ["app/services/study/a.server.ts", "../../../db/store.ts"],
  ["app/services/study/a.server.ts", "../../domain/study.ts"],
  ["app/services/study/a.server.ts", "./get-study.server.ts"],
  ["app/services/study/a.server.ts", "../../t2i/port.ts"],
  ["app/features/results/a.tsx", "../../components/button.tsx"],
  ["app/features/results/a.tsx", "../../domain/study.ts"],
  ["app/routes/rater/a.tsx", "../../services/study/get-study.server.ts"],
  ["app/routes/rater/a.tsx", "../../server/context.ts"],
  ["app/agents/gemini/a.ts", "../port.ts"],
  ["app/agents/gemini/a.ts", "../../domain/words.ts"],
  ["app/agents/gemini/a.ts", "../../outbound/service.ts"],
  ["app/t2i/sketch/a.ts", "sharp"],
  ["app/server/a.ts", "../../db/store.ts"],
  ["app/server/a.ts", "express"],
  ["db/a.ts", "drizzle-orm/pg-core"],
  ["db/a.ts", "better-sqlite3"],
  ["exporters/a.ts", "../db/store.ts"],
  ["cli/a.ts", "../app/services/study/get-study.server.ts"],
  ["tests/unit/a.test.ts", "../support/temp.ts"],
  // Measurements run on the tests' own servers and scripted providers.
  ["tools/torture/a.ts", "../../tests/support/postgres.ts"],
  ["tools/bench/a.ts", "../../tests/support/postgres.ts"],
  ["tests/unit/a.test.ts", "better-sqlite3"],
];

/** Other rules that the config promises: [name, file, code, rule]. */
const OTHER_RULES: [string, string, string, string][] = [
  ["console output", "app/services/study/log.server.ts", "console.log(1);", "noConsole"],
  ["any", "app/domain/any.ts", "export const x: any = 1;", "noExplicitAny"],
  ["an unused variable", "app/domain/unused.ts", "const x = 1;", "noUnusedVariables"],
  ["a focused test", "tests/unit/only.test.ts", 'it.only("x", () => {});', "noFocusedTests"],
  ["a picture without text", "app/components/p.tsx", 'export const P = () => <img src="a" />;', "useAltText"],
];

const PRINTS_FREELY = ["tools/p.mjs", "cli/p.ts", "tests/support/p.ts", "app/server/log.ts"];

/** Biome prints no diagnostics for standard input, so the snippets become files beside a copy of the config. */
function lint(dir: string): Map<string, string[]> {
  const biome = join(root, "node_modules/@biomejs/biome/bin/biome");
  const flags = ["lint", "--vcs-enabled=false", "--reporter=github", "--max-diagnostics=none", "."];
  const { stdout, error } = spawnSync(process.execPath, [biome, ...flags], { cwd: dir, encoding: "utf8" });
  if (error) throw error;
  const found = new Map<string, string[]>();
  for (const line of stdout.split("\n")) {
    const match = /^::\w+ title=([^,]+),file=([^,]+),.*?::(.*)$/.exec(line);
    if (!match) continue;
    const [, rule, file, message] = match as unknown as [string, string, string, string];
    const key = resolve(dir, file);
    found.set(key, [...(found.get(key) ?? []), `${rule} ${message}`]);
  }
  return found;
}

describe("the lint rules", () => {
  const dir = makeTempDir("lint");
  let found = new Map<string, string[]>();

  const write = (file: string, code: string) => {
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    writeFileSync(join(dir, file), `${code}\n`);
  };
  /** One file for each import: app/x/a.server.ts becomes app/x/a-7.server.ts. */
  const place = (file: string, index: number) => file.replace(/(\.server)?\.(test\.)?tsx?$/, `-${index}$&`);
  const messages = (file: string) => found.get(join(dir, file)) ?? [];

  beforeAll(() => {
    copyFileSync(join(root, "biome.json"), join(dir, "biome.json"));
    [...FORBIDDEN, ...ALLOWED].forEach(([file, source], i) => {
      write(
        file === "app/root.tsx" ? file : place(file, i),
        `import * as it from "${source}";\nexport { it };`,
      );
    });
    for (const [, file, code] of OTHER_RULES) write(file, code);
    for (const file of PRINTS_FREELY) write(file, "console.log(1);");
    found = lint(dir);
  });

  it.each(FORBIDDEN.map((row, i) => [...row, i] as const))(
    "%s may not import %s",
    (file, _source, message, i) => {
      const path = file === "app/root.tsx" ? file : place(file, i);
      expect(messages(path).join("\n")).toContain(`lint/style/noRestrictedImports ${message}`);
    },
  );

  it.each(ALLOWED.map((row, i) => [...row, FORBIDDEN.length + i] as const))(
    "%s may import %s",
    (file, _source, i) => {
      expect(messages(place(file, i)).filter((one) => one.includes("noRestrictedImports"))).toEqual([]);
    },
  );

  it.each(OTHER_RULES)("refuse %s", (_name, file, _code, rule) => {
    expect(messages(file).join("\n")).toContain(`/${rule} `);
  });

  it.each(PRINTS_FREELY)("let %s print", (file) => {
    expect(messages(file).filter((one) => one.includes("noConsole"))).toEqual([]);
  });
});
