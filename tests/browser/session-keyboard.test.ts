import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DEMO, DEMO_PASSWORD, startApp, type TestApp } from "../support/app.ts";
import { launchBrowser } from "../support/chromium.ts";
import { openTab, signIn, waitForSlate } from "../support/rater-browser.ts";

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

/** Presses Tab until the focused element matches, as someone without a mouse would. */
async function tabTo(page: Page, matches: string, most = 80): Promise<void> {
  for (let i = 0; i < most; i++) {
    if (await page.evaluate((selector) => document.activeElement?.matches(selector) ?? false, matches))
      return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never reached ${matches}`);
}

/** The page with this heading is there, and answers to keys. */
async function heading(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole("heading", { level: 1, name }).waitFor();
}

test("a whole session without a mouse", async () => {
  const { page, problems, context } = await openTab(browser, app);
  await page.goto("/sign-in");
  await tabTo(page, "input[type=email], input[name=email]");
  await page.keyboard.type(DEMO.rater);
  await page.keyboard.press("Tab");
  await page.keyboard.type(DEMO_PASSWORD);
  await page.keyboard.press("Enter");
  await heading(page, /^Hello/);
  await tabTo(page, "main button[type=submit]");
  await page.keyboard.press("Enter");
  await heading(page, "How it works");
  await tabTo(page, "main form:not([action]) button[type=submit], main form[action$='/instructions'] button");
  await page.keyboard.press("Enter");
  await heading(page, "What would you like to see?");
  await tabTo(page, "[name=prompt]");
  await page.keyboard.type("a fox in autumn woods at dawn");
  await page.keyboard.press("Enter");

  for (let turn = 1; turn <= 5; turn++) {
    await waitForSlate(page, turn);
    const column = String((turn % 4) + 1);
    await page.keyboard.press(column);
    expect(await page.getByRole("radio", { name: `Column ${column}`, exact: true }).isChecked()).toBe(true);
    if (turn === 1) {
      // Digits and letters in the remark are text, not commands.
      await page.keyboard.press("c");
      await page.keyboard.type("3 trees, more color");
      expect(await page.getByRole("radio", { name: `Column ${column}`, exact: true }).isChecked()).toBe(true);
      await page.keyboard.press("Enter");
      await page.keyboard.press("Enter");
    } else {
      await page.keyboard.press("Space");
      await page.getByRole("dialog").first().waitFor();
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("Escape");
      await expect.poll(() => page.locator("dialog[open]").count()).toBe(0);
      await page.keyboard.press("Enter");
    }
  }

  await page.getByRole("link", { name: "Enter rater mode" }).waitFor();
  await tabTo(page, "a[href$='/evaluation/1']");
  await page.keyboard.press("Enter");
  for (let turn = 1; turn <= 5; turn++) {
    await page.waitForURL(`**/evaluation/${turn}`);
    await heading(page, `Rate turn ${turn} of 5`);
    await tabTo(page, "input[name=confirmedColumnId]");
    await page.keyboard.press("2");
    for (let column = 0; column < 4; column++) {
      const names = await page
        .locator("input[name^='satisfaction:']")
        .evaluateAll((inputs) => [...new Set(inputs.map((i) => (i as HTMLInputElement).name))]);
      await tabTo(page, `input[name="${names[column]}"]`);
      await page.keyboard.press(String(column + 2));
    }
    await tabTo(page, "textarea[name=rationale]");
    await page.keyboard.type("Closest to the woods that I imagined.");
    if (turn > 1) {
      await tabTo(page, "input[name=vsPrevious]");
      await page.keyboard.press("Space");
    }
    await tabTo(page, "input[name=turnSatisfaction]");
    await page.keyboard.press("4");
    await tabTo(page, turn < 5 ? "button[value=next]" : "button[value=review]");
    await page.keyboard.press("Enter");
  }
  await heading(page, "Review your ratings");
  await tabTo(page, "form:has([value=end-task]) button[type=submit]", 120);
  await page.keyboard.press("Enter");
  await page
    .getByText(/completion code/i)
    .first()
    .waitFor();
  expect(problems).toEqual([]);
  await context.close();
});

test("a whole session without scripts", async () => {
  const { page, context } = await openTab(browser, app, { javaScriptEnabled: false });
  await signIn(page, "rater");
  await page.getByRole("button", { name: /start/i }).first().click();
  await page.waitForURL("**/instructions");
  await page.getByRole("button", { name: "I understand, begin" }).click();
  await page.waitForURL("**/prompt");
  await page.locator("[name=prompt]").fill("a robot gardener watering sunflowers");
  await page.getByRole("button", { name: "Show me images" }).click();
  for (let turn = 1; turn <= 5; turn++) {
    await page.waitForURL(`**/turns/${turn}`);
    // The page reloads itself until the images are there.
    await page.locator("input[name=columnId]").first().waitFor({ state: "attached", timeout: 60_000 });
    // The first of them may be there before the rest of the page is.
    await expect.poll(() => page.locator("main img").count()).toBeGreaterThanOrEqual(16);
    await page
      .locator("input[name=columnId]")
      .nth(turn % 4)
      .check({ force: true });
    await page.locator("button[value=choose]").click();
  }
  await page.getByRole("link", { name: "Enter rater mode" }).click();
  for (let turn = 1; turn <= 5; turn++) {
    await page.waitForURL(`**/evaluation/${turn}`);
    await page.locator("input[name=confirmedColumnId]").nth(1).check({ force: true });
    for (let column = 1; column <= 4; column++) {
      await page.getByRole("radio", { name: new RegExp(`^Column ${column}: 3,`) }).check({ force: true });
    }
    await page.locator("textarea[name=rationale]").fill("The flowers look happy.");
    if (turn > 1) await page.locator("input[name=vsPrevious][value=same]").check({ force: true });
    await page.getByRole("radio", { name: /^All images: 5,/ }).check({ force: true });
    await page.locator(turn < 5 ? "button[value=next]" : "button[value=review]").click();
  }
  await page.waitForURL("**/review");
  await page.getByRole("button", { name: "End Task" }).click();
  await page.waitForURL("**/done");
  expect(await page.locator("main").innerText()).toMatch(/\b[0-9A-Z]{10}\b/);
  await context.close();
});
