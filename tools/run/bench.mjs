/** `npm run bench`: builds what is stale, then measures with the pinned Node. Arguments go to the benchmark. */
import { at, becomeNode, ensureBuilt, ensureInstalled, printError } from "./bootstrap.mjs";

try {
  await ensureInstalled();
  await ensureBuilt();
  await becomeNode([at("tools", "bench", "index.ts"), ...process.argv.slice(2)], {
    env: { NODE_ENV: "production" },
  });
} catch (error) {
  printError(error);
  process.exit(1);
}
