/**
 * `npm run screenshots`: makes the README's pictures from the built application, on an empty database of its own.
 * Needs a build (`npm run build`) and Chromium.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { projectRoot } from "../db/store.ts";
import { findChromium } from "./run/lib/machine.mjs";

const root = projectRoot();
const out = join(root, "docs/images");
const port = 20_000 + (process.pid % 20_000);
const url = `http://127.0.0.1:${port}`;
const PASSWORD = "demo-password-1";
const TURNS = 5;

async function openAs(browser: Browser, who: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.getByLabel(/e-?mail/i).fill(`${who}@demo.turnwise.local`);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((at) => !at.pathname.startsWith("/sign-in"));
  return page;
}

async function picture(page: Page, name: string): Promise<void> {
  // Pictures and transitions settle.
  await page.waitForLoadState("networkidle");
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(out, `${name}.png`) });
  process.stdout.write(`docs/images/${name}.png\n`);
}

async function rate(page: Page): Promise<void> {
  await page.getByRole("button", { name: /start/i }).first().click();
  await page.getByRole("button", { name: "I understand, begin" }).click();
  await page.getByRole("textbox", { name: "Your prompt" }).fill("a white cat sleeping on a red sofa");
  await page.getByRole("button", { name: "Show me images" }).click();
  for (let turn = 1; turn <= TURNS; turn++) {
    await page.getByRole("heading", { level: 1, name: `Turn ${turn} of ${TURNS}` }).waitFor();
    await page.getByRole("button", { name: /^Confirm/ }).waitFor({ timeout: 60_000 });
    const column = turn === 1 ? 2 : (turn % 4) + 1;
    await page.keyboard.press(String(column));
    if (turn === 1) await picture(page, "turn");
    await page.getByRole("button", { name: `Confirm column ${column}` }).click();
  }
  await page.getByRole("link", { name: "Enter rater mode" }).click();
  await page.getByRole("button", { name: /next turn/i }).click();
  await page.getByRole("heading", { level: 1, name: `Rate turn 2 of ${TURNS}` }).waitFor();
  await page
    .locator("label:has(input[name=confirmedColumnId])")
    .nth(2)
    .click({ position: { x: 8, y: 8 } });
  await picture(page, "evaluation");
}

const dataDir = mkdtempSync(join(tmpdir(), "turnwise-screenshots-"));
mkdirSync(out, { recursive: true });
const server = spawn(process.execPath, [join(root, "tools/run/serve.mjs")], {
  env: { ...process.env, PORT: String(port), DATA_DIR: dataDir, DATABASE_URL: "", TURNWISE_DEMO: "1" },
  stdio: ["ignore", "pipe", "inherit"],
});
await new Promise<void>((resolve, reject) => {
  server.stdout.on("data", (part: Buffer) => part.includes("is running at") && resolve());
  server.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
});
const executablePath = findChromium();
if (!executablePath) throw new Error("No Chromium found: install Debian's chromium, or set CHROMIUM_PATH.");
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
try {
  await rate(await openAs(browser, "rater"));
  const staff = await openAs(browser, "coordinator");
  await staff.getByRole("link", { name: /Demo/ }).first().click();
  await staff.getByRole("link", { name: "Trajectories" }).waitFor();
  await picture(staff, "monitor");
  await staff.getByRole("link", { name: "Trajectories" }).click();
  await staff
    .getByRole("link", { name: /white cat/ })
    .first()
    .click();
  await staff.waitForURL("**/trajectories/trj_*");
  await staff.goto(`${staff.url()}?turn=2`);
  await picture(staff, "replay");
} finally {
  await browser.close();
  const ended = once(server, "exit");
  server.kill("SIGTERM");
  await ended;
  rmSync(dataDir, { recursive: true, force: true });
}
