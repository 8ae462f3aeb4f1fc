import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DEMO_PASSWORD, startApp, type TestApp } from "../support/app.ts";
import { launchBrowser } from "../support/chromium.ts";
import { openTab, signIn } from "../support/rater-browser.ts";

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((v) => `${v.id}: ${v.nodes[0]?.html.slice(0, 160)}`)).toEqual([]);
}

const field = (page: Page) => page.getByRole("textbox", { name: "Your prompt" });
/** What only this device has comes back once scripts run. */
const expectText = (page: Page, text: string) =>
  expect.poll(() => field(page).inputValue(), { timeout: 10_000 }).toBe(text);
const elsewhere = (page: Page) => page.getByRole("heading", { name: "This task is open elsewhere" });

/** The rater's prompt page: of the task under way, or of a new one. */
async function toPromptPage(page: Page): Promise<void> {
  await page.goto("/rate");
  const start = page.getByRole("button", { name: /^start/i }).first();
  const resume = page.getByRole("link", { name: /continue|resume|go on/i }).first();
  await start.or(resume).first().click();
  await page.waitForURL(/\/(instructions|prompt)$/);
  if (page.url().endsWith("/instructions")) {
    await page.getByRole("button", { name: "I understand, begin" }).click();
    await page.waitForURL("**/prompt");
  }
}

async function goOnHere(page: Page): Promise<void> {
  await elsewhere(page).waitFor();
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Go on here" }).click()]);
}

async function anotherPage(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

test("what is typed survives a lost line and a crash, an ended sign-in, and a second tab", async () => {
  const { context, page } = await openTab(browser, app);
  await signIn(page, "rater");
  await toPromptPage(page);
  const address = page.url();
  await field(page).fill("a lighthouse");
  await page.getByText("Saved", { exact: true }).waitFor();

  // The line is lost, then the tab is: without a good-bye, as in a crash.
  await context.setOffline(true);
  await field(page).fill("a lighthouse in a storm");
  await page.getByText(/Kept on this device – saving as soon as/).waitFor();
  await page.close();
  await context.setOffline(false);

  const second = await anotherPage(context, address);
  // The crashed tab could still be there, for all the server knows.
  await goOnHere(second);
  await expectText(second, "a lighthouse in a storm");
  await second.getByText("Saved", { exact: true }).waitFor();

  // Signing in again happens on the page.
  await context.clearCookies();
  await field(second).fill("a lighthouse in a storm at night");
  await second.getByText(/Kept on this device – you are signed out/).waitFor();
  await second.getByRole("button", { name: "Sign in again" }).click();
  await second.getByLabel("Password", { exact: true }).waitFor();
  await expectAccessible(second);
  await second.getByLabel("Password", { exact: true }).fill("not my password");
  const dialog = second.getByRole("dialog");
  await dialog.getByRole("button", { name: "Sign in" }).click();
  await dialog.getByText("The e-mail address or the password is wrong.").waitFor();
  await second.getByLabel("Password", { exact: true }).fill(DEMO_PASSWORD);
  await dialog.getByRole("button", { name: "Sign in" }).click();
  await second.getByText("Saved", { exact: true }).waitFor();
  await expectText(second, "a lighthouse in a storm at night");

  // A second tab asks before it takes the task; the first one then says where it went.
  const third = await anotherPage(context, address);
  await elsewhere(third).waitFor();
  await expectAccessible(third);
  await third.keyboard.press("Escape");
  expect(await elsewhere(third).isVisible()).toBe(true);
  await goOnHere(third);
  await expectText(third, "a lighthouse in a storm at night");
  await elsewhere(second).waitFor();
  await field(third).fill("a lighthouse at night");
  await third.getByText("Saved", { exact: true }).waitFor();

  // Back in the first tab, on purpose: it shows what was saved elsewhere.
  await second.bringToFront();
  await goOnHere(second);
  await expectText(second, "a lighthouse at night");
  await context.close();
});
