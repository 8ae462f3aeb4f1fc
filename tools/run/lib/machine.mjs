import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { runQuietly, tailOf } from "./command.mjs";
import { phase } from "./phase.mjs";

const CHROMIUM_NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];
const MAC_BROWSERS = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const pathDirs = () => (process.env.PATH ?? "").split(delimiter).filter(Boolean);
const list = (dir) => (existsSync(dir) ? readdirSync(dir).sort().reverse() : []);

/** A Chromium or Chrome on this machine: CHROMIUM_PATH, the PATH, the usual places; null when there is none. */
export function findChromium() {
  const playwright = join(homedir(), ".cache", "ms-playwright");
  const candidates = [
    process.env.CHROMIUM_PATH,
    ...CHROMIUM_NAMES.flatMap((name) => pathDirs().map((dir) => join(dir, name))),
    ...MAC_BROWSERS,
    ...list(playwright)
      .filter((name) => name.startsWith("chromium-"))
      .flatMap((name) =>
        ["chrome-linux64", "chrome-linux"].map((dir) => join(playwright, name, dir, "chrome")),
      ),
  ];
  return candidates.find((file) => file && isExecutable(file)) ?? null;
}

/** The folder with PostgreSQL's server programs: PG_BIN, the PATH, Debian's folders; null when there is none. */
export function findPostgresBin() {
  const debian = "/usr/lib/postgresql";
  const versions = list(debian).sort((a, b) => Number(b) - Number(a));
  const dirs = [
    process.env.PG_BIN,
    ...pathDirs(),
    ...versions.map((version) => join(debian, version, "bin")),
  ];
  const hasServer = (dir) => isExecutable(join(dir, "initdb")) && isExecutable(join(dir, "postgres"));
  return dirs.find((dir) => dir && hasServer(dir)) ?? null;
}

const RADOSGW_PROGRAMS = [
  "radosgw",
  "radosgw-admin",
  "ceph-mon",
  "ceph-osd",
  "ceph",
  "ceph-authtool",
  "monmaptool",
];

/** A PATH on which all programs of Ceph's S3 server are found; null when one is missing. */
export function findRadosgwPath() {
  const dirs = [...pathDirs(), "/usr/local/sbin", "/usr/sbin", "/usr/local/bin", "/usr/bin", "/bin"];
  const isThere = (program) => dirs.some((dir) => isExecutable(join(dir, program)));
  return RADOSGW_PROGRAMS.every(isThere) ? dirs.join(delimiter) : null;
}

/** Installs Debian packages without a question. Returns null on success, or why it did not work. */
export async function aptInstall(packages) {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !pathDirs().some((dir) => isExecutable(join(dir, "apt-get")))) {
    return isRoot ? "this system has no apt-get" : "installing packages needs root";
  }
  // RUNLEVEL=1 keeps Debian from starting the services that it installs.
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  const apt = (...args) => runQuietly("apt-get", ["-y", "-q", ...args], { env });
  const install = () => apt("--no-install-recommends", "install", ...packages);
  try {
    return await phase(`installing ${packages.join(", ")}`, async () => {
      if ((await install()).code === 0) return null;
      // Package lists that are missing or out of date are the usual reason.
      await apt("update");
      const { code, output } = await install();
      return code === 0 ? null : `apt-get failed (exit ${code}): ${tailOf(output, 3)}`;
    });
  } catch (error) {
    return String(error);
  }
}
