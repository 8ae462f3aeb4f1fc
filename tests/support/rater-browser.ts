/** A rater in a real browser. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { expect, onTestFailed } from "vitest";
import { projectRoot } from "../../db/store.ts";
import { DEMO, DEMO_PASSWORD, type TestApp } from "./app.ts";

export interface Tab {
  context: BrowserContext;
  page: Page;
  /** Errors of the page and unexpected console output. */
  problems: string[];
}

export interface TabOptions {
  width?: number;
  height?: number;
  colorScheme?: "light" | "dark";
  javaScriptEnabled?: boolean;
  hasTouch?: boolean;
}

/**
 * A new browser context; whatever the page complains about is collected, and what it looked like when its test failed is
 * kept in test-results/.
 */
export async function openTab(browser: Browser, app: TestApp, options: TabOptions = {}): Promise<Tab> {
  const { width = 1440, height = 900, ...rest } = options;
  const context = await browser.newContext({ baseURL: app.url, viewport: { width, height }, ...rest });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(`page error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") {
      problems.push(`console ${message.type()}: ${message.text()}`);
    }
  });
  onTestFailed(async ({ task }) => {
    if (page.isClosed()) return;
    const name = task.name.replace(/[^a-z0-9]+/gi, "-").slice(0, 60);
    const path = join(projectRoot(), "test-results", `${name}-${++pictures}`);
    await page.screenshot({ path: `${path}.png` }).catch(() => {});
    writeFileSync(`${path}.txt`, [page.url(), ...problems, await page.content()].join("\n"));
  });
  return { context, page, problems };
}

let pictures = 0;

export async function signIn(page: Page, who: keyof typeof DEMO): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel(/e-?mail/i).fill(DEMO[who]);
  await page.getByLabel("Password", { exact: true }).fill(DEMO_PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}

/** Waits until a slate can be judged: all 16 images are decoded and shown. */
export async function waitForSlate(page: Page, turnNumber: number): Promise<void> {
  await page.waitForURL(`**/turns/${turnNumber}`);
  await page.getByRole("heading", { level: 1, name: `Turn ${turnNumber} of 5` }).waitFor();
  await page.getByRole("button", { name: /^Confirm/ }).waitFor({ timeout: 60_000 });
  const images = page.locator("img");
  const missing = () =>
    images.evaluateAll((all) => all.filter((i) => (i as HTMLImageElement).naturalWidth === 0).length);
  // A page that has not come to life yet has its button already.
  await expect.poll(missing, { timeout: 60_000 }).toBe(0);
}

/** Clicks what a person clicks to pick a column in the evaluation: its header. */
export async function confirmColumn(page: Page, position: number): Promise<void> {
  await page
    .locator("label:has(input[name=confirmedColumnId])")
    .nth(position)
    .click({ position: { x: 8, y: 8 } });
}
