import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import type { ServerBuild } from "react-router";
import { projectRoot } from "../../db/store.ts";

export interface ClientBytes {
  ratio: number;
  /** Gzip bytes of all scripts that the busiest rater page loads. */
  turnPage: number;
  evaluationPage: number;
  /** The same for an empty page of the same framework version. */
  skeleton: number;
}

/** P12: client scripts (gzip) on the rater path against an empty page of the same framework. */
export async function benchClientBytes(dir: string): Promise<ClientBytes> {
  const root = projectRoot();
  const bundle = (await import(pathToFileURL(join(root, "build/server/index.js")).href)) as {
    loadBuild(): Promise<ServerBuild>;
  };
  const manifest = (await bundle.loadBuild()).assets;
  const page = (routes: string[]) => {
    const files = new Set<string>([manifest.url, manifest.entry.module, ...manifest.entry.imports]);
    for (const id of routes) {
      const route = manifest.routes[id];
      if (!route) throw new Error(`the build has no route ${id}`);
      for (const file of [route.module, route.clientActionModule, ...(route.imports ?? [])])
        if (file) files.add(file);
    }
    return gzipBytes([...files].map((file) => join(root, "build/client", file)));
  };
  const turnPage = page(["root", "routes/rater/layout", "routes/rater/turn"]);
  const evaluationPage = page(["root", "routes/rater/layout", "routes/rater/evaluation"]);
  const skeleton = buildSkeleton(join(dir, "skeleton"), root);
  return { ratio: Math.max(turnPage, evaluationPage) / skeleton, turnPage, evaluationPage, skeleton };
}

function gzipBytes(files: string[]): number {
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).byteLength, 0);
}

/** An application of one empty page, built with the same packages. */
function buildSkeleton(dir: string, root: string): number {
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(join(dir, "app"), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(dir, "node_modules"));
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const files: Record<string, string> = {
    // All packages are named: the framework's build would install what it misses.
    "package.json": JSON.stringify({ type: "module", dependencies, devDependencies }),
    "vite.config.ts":
      'import { reactRouter } from "@react-router/dev/vite";\nexport default { plugins: [reactRouter()], build: { target: "es2024" } };',
    "react-router.config.ts": "export default { ssr: true };",
    "app/routes.ts": 'import { index } from "@react-router/dev/routes";\nexport default [index("home.tsx")];',
    "app/home.tsx": "export default function Home() { return <p>Hello</p>; }",
    "app/root.tsx":
      'import { Links, Meta, Outlet, Scripts, ScrollRestoration } from "react-router";\nexport default function Root() { return <html lang="en"><head><Meta /><Links /></head><body><Outlet /><ScrollRestoration /><Scripts /></body></html>; }',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  execFileSync(process.execPath, [join(root, "node_modules/@react-router/dev/bin.cjs"), "build"], {
    cwd: dir,
    stdio: "pipe",
    env: { ...process.env, NODE_ENV: "production" },
  });
  const assets = join(dir, "build/client/assets");
  return gzipBytes(
    readdirSync(assets)
      .filter((f) => f.endsWith(".js"))
      .map((f) => join(assets, f)),
  );
}
