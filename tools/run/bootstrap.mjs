/**
 * What `npm start`, `npm run dev` and `npm test` share: the dependencies, the pinned Node and the
 * build. Plain JavaScript on Node's built-ins only, because it runs before anything is installed and
 * on a system Node as old as 18.
 */
export { ensureBuilt, isBuildStale } from "./lib/build.mjs";
export { ensureInstalled } from "./lib/install.mjs";
export { becomeNode, nodePath, runNode } from "./lib/node.mjs";
export { phase, seconds } from "./lib/phase.mjs";
export { at, printError, root, UserError } from "./lib/root.mjs";
