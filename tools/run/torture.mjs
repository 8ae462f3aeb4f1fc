/** `npm run torture`: builds what is stale, then runs the experiments with the pinned Node. Arguments go to them. */
import { at, becomeNode, ensureBuilt, ensureInstalled, printError } from "./bootstrap.mjs";

try {
  await ensureInstalled();
  await ensureBuilt();
  await becomeNode([at("tools", "torture", "index.ts"), ...process.argv.slice(2)], {
    env: { NODE_ENV: "production" },
  });
} catch (error) {
  printError(error);
  process.exit(1);
}
