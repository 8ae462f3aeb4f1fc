import { at, becomeNode, ensureBuilt, ensureInstalled, printError } from "./bootstrap.mjs";

try {
  await ensureInstalled();
  await ensureBuilt();
  await becomeNode([at("tools", "run", "serve.mjs"), ...process.argv.slice(2)], {
    env: { NODE_ENV: "production" },
  });
} catch (error) {
  printError(error);
  process.exit(1);
}
