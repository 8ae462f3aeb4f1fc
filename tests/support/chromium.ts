/**
 * The real Chromium of this machine, driven by playwright-core. As a global setup of vitest it makes
 * sure, once per run, that there is a browser and a build to look at.
 */
import { type Browser, chromium } from "playwright-core";
import { isBuildStale } from "../../tools/run/lib/build.mjs";
import { findChromium } from "../../tools/run/lib/machine.mjs";
import { CHROMIUM_FLAGS } from "./chromium-flags.ts";

export { findChromium };

/** Starts Chromium headless with a fresh profile, which goes when the browser is closed. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error("No Chromium found: install Debian's chromium, or set CHROMIUM_PATH.");
  return chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
}

export default function setup(): void {
  if (!findChromium()) throw new Error("No Chromium found: install Debian's chromium, or set CHROMIUM_PATH.");
  if (isBuildStale()) {
    throw new Error(
      "The build is missing or older than its sources. Run `npm test`, or `npm run build` first.",
    );
  }
}
