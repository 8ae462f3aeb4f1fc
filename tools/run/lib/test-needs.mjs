import { aptInstall, findChromium, findPostgresBin, findRadosgwPath } from "./machine.mjs";

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
  {
    name: "S3 server",
    skipVariable: "TURNWISE_SKIP_S3",
    find: findRadosgwPath,
    packages: ["radosgw", "ceph-mon", "ceph-osd"],
    loses: "everything that runs on S3",
    hint: "install Ceph's radosgw, ceph-mon and ceph-osd",
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
  // One at a time: what one system does not have must not keep the others away.
  const reasons = new Map();
  for (const need of missing) reasons.set(need, await aptInstall(need.packages));
  const skipped = [];
  for (const need of NEEDS) {
    if (isSet(need.skipVariable)) {
      skipped.push(`SKIPPED: ${need.loses}, because ${need.skipVariable} is set.`);
    } else if (need.find()) {
      delete process.env[need.skipVariable];
    } else {
      process.env[need.skipVariable] = "1";
      const reason = reasons.get(need);
      const why = reason ? ` (${reason})` : "";
      skipped.push(`SKIPPED: ${need.loses}, because there is no ${need.name}${why}: ${need.hint}.`);
    }
  }
  return skipped;
}
