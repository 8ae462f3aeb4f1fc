import { at, becomeNode, ensureInstalled, printError } from "./bootstrap.mjs";

try {
  await ensureInstalled();
  // Vite loads React Router's development build; with this condition everything else does, too. Two builds at once would
  // be two sets of classes, and a request's context would belong to the wrong one.
  const args = ["--conditions=development", at("tools", "run", "dev-server.mjs"), ...process.argv.slice(2)];
  await becomeNode(args, { env: { NODE_ENV: "development" } });
} catch (error) {
  printError(error);
  process.exit(1);
}
