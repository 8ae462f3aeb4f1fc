import { aptInstall, findChromium, findPostgresBin } from "./machine.mjs";

const NEEDS = [
  {
    name: "Chromium",
    skipVariable: "TURNWISE_SKIP_BROWSER",
    find: findChromium,
    packages: ["chromium", "fonts-liberation"],
    loses: "the browser tests",
    hint: "install Chromium or Chrome, or set CHROMIUM_PATH",
  },
  {
    name: "PostgreSQL",
    skipVariable: "TURNWISE_SKIP_POSTGRES",
    find: findPostgresBin,
    packages: ["postgresql"],
    loses: "everything that runs on PostgreSQL",
    hint: "install a PostgreSQL server, or set PG_BIN",
  },
];

const isSet = (name) => !["", "0", "false", undefined].includes(process.env[name]);

/**
 * Finds what the tests need on this machine and installs what is missing where that is possible.
 * For what stays missing it sets the skip variable, which the tests read.
 * @returns one line for each thing that is skipped
 */
export async function ensureTestNeeds() {
  const missing = NEEDS.filter((need) => !isSet(need.skipVariable) && !need.find());
  const reason = missing.length > 0 ? await aptInstall(missing.flatMap((need) => need.packages)) : null;
  const skipped = [];
  for (const need of NEEDS) {
    if (isSet(need.skipVariable)) {
      skipped.push(`SKIPPED: ${need.loses}, because ${need.skipVariable} is set.`);
    } else if (need.find()) {
      delete process.env[need.skipVariable];
    } else {
      process.env[need.skipVariable] = "1";
      const why = reason ? ` (${reason})` : "";
      skipped.push(`SKIPPED: ${need.loses}, because there is no ${need.name}${why}: ${need.hint}.`);
    }
  }
  return skipped;
}
