import { at, becomeNode, ensureInstalled, printError } from "./bootstrap.mjs";

try {
  await ensureInstalled();
  await becomeNode([at("tools", "run", "dev-server.mjs"), ...process.argv.slice(2)], {
    env: { NODE_ENV: "development" },
  });
} catch (error) {
  printError(error);
  process.exit(1);
}
