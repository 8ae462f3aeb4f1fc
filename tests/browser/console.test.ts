import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startApp, type TestApp } from "../support/app.ts";
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

/** No axe violation, and nothing that scrolls the page sideways. */
async function assertSound(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect([page.url(), violations.map((v) => `${v.id}: ${v.nodes[0]?.html}`), sideways]).toEqual([
    page.url(),
    [],
    0,
  ]);
}

test("a coordinator creates a study, corrects a mistake, publishes, invites, and the invited rater joins", async () => {
  const { page, problems, context } = await openTab(browser, app);
  await signIn(page, "coordinator");
  await page
    .getByRole("link", { name: /create study|new study/i })
    .first()
    .click();
  await page.getByLabel("Name").fill("Autumn pilot");
  await page.getByRole("button", { name: /create/i }).click();
  await page.getByRole("heading", { level: 1, name: "Autumn pilot" }).waitFor();
  const study = new URL(page.url()).pathname.split("/").slice(0, 4).join("/");

  await page.goto(`${study}/settings`);
  const pay = page.getByLabel("Pay per completed trajectory");
  await pay.fill("4.50");
  await page.getByLabel("Candidate categories").fill("3");
  await page.getByRole("button", { name: "Save draft" }).click();
  const refusal = page.getByText(/at least as many categories as columns/i).first();
  await refusal.waitFor();
  expect(await pay.inputValue(), "nothing typed is lost").toBe("4.50");
  await page.getByLabel("Candidate categories").fill("5");
  await page.getByRole("button", { name: "Save draft" }).click();
  await page.getByText("Saved", { exact: true }).first().waitFor();
  expect(await refusal.count()).toBe(0);

  await page
    .getByRole("button", { name: /publish/i })
    .first()
    .click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /publish/i })
    .click();
  await page.getByRole("button", { name: "Pause" }).first().waitFor();

  await page.goto(`${study}/raters`);
  await page.getByLabel("E-mail addresses").fill("first@example.test, not an address");
  await page.getByRole("button", { name: "Make invitation links" }).click();
  await page
    .locator("#main, main")
    .getByText(/“?not”?.*|is not an e-?mail address/i)
    .first()
    .waitFor();
  expect(await page.getByLabel("E-mail addresses").inputValue()).toBe("first@example.test, not an address");
  await page.getByLabel("E-mail addresses").fill("first@example.test\nsecond@example.test");
  await page.getByRole("button", { name: "Make invitation links" }).click();
  await expect.poll(() => page.content()).toMatch(/\/invite\/[\w-]{20,}/);
  const [address = ""] = /\/invite\/[\w-]+/.exec(await page.content()) ?? [];
  await assertSound(page);
  expect(problems.filter((p) => !p.includes("422"))).toEqual([]);
  await context.close();

  const rater = await openTab(browser, app, { width: 390, height: 844, colorScheme: "dark" });
  await rater.page.goto(address);
  await assertSound(rater.page);
  await rater.page.getByLabel(/name/i).first().fill("Ferdinand First");
  await rater.page.locator("input[name=password]").fill("short");
  await rater.page.locator("main form button[type=submit]").last().click();
  await rater.page
    .getByText(/at least 10/i)
    .first()
    .waitFor();
  await rater.page.locator("input[name=password]").fill("a long enough password");
  await rater.page.locator("main form button[type=submit]").last().click();
  await rater.page.getByText("Autumn pilot").first().waitFor();
  await assertSound(rater.page);
  // The link works once.
  const again = await openTab(browser, app);
  await again.page.goto(address);
  expect(await again.page.locator("main").innerText()).toMatch(/used|no longer/i);
  await again.context.close();
  await rater.context.close();
});

test.each([
  { width: 1440, height: 900, colorScheme: "light" as const },
  { width: 390, height: 844, colorScheme: "dark" as const },
])("every staff page is accessible and fits at $width × $height, $colorScheme", async (options) => {
  const { page, problems, context } = await openTab(browser, app, options);
  await signIn(page, "coordinator");
  await page.goto("/console");
  const [study = ""] = /\/console\/studies\/std_[a-z0-9]+/.exec(await page.content()) ?? [];
  for (const path of [
    "/console",
    "/console/studies/new",
    study,
    `${study}/settings`,
    `${study}/raters`,
    `${study}/links`,
    `${study}/trajectories`,
    `${study}/allocation`,
    `${study}/problems`,
  ]) {
    await page.goto(path);
    await assertSound(page);
  }
  await context.close();
  const researcher = await openTab(browser, app, options);
  await signIn(researcher.page, "researcher");
  for (const path of ["/data", study.replace("/console", "/data")]) {
    await researcher.page.goto(path);
    await assertSound(researcher.page);
  }
  expect([...problems, ...researcher.problems]).toEqual([]);
  await researcher.context.close();
});
