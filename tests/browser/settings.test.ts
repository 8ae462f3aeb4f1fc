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

async function openSettings(page: Page): Promise<void> {
  await signIn(page, "coordinator");
  await page.goto("/console");
  const [study = ""] = /\/console\/studies\/std_[a-z0-9]+/.exec(await page.content()) ?? [];
  await page.goto(`${study}/settings`);
}

test("on a phone, a coordinator finds a section, corrects a time, and reads what publishing changes", async () => {
  const { page, context } = await openTab(browser, app, { width: 390, height: 844, colorScheme: "dark" });
  await openSettings(page);
  const nav = page.getByRole("navigation", { name: "Sections of the settings" });
  await nav.getByRole("link", { name: "Coming from a panel" }).click();
  await page.getByLabel("After completing").fill("https://panel.example/done?cc={code}&who={pid}");
  await page.getByText(/^For example https:\/\/panel\.example\/done\?cc=\w+&who=\w+$/).waitFor();
  await page.getByLabel("Opens at (UTC)").fill("2027-01-02T10:00");
  await page.getByLabel("Closes at (UTC)").fill("2027-01-01T10:00");
  await page.getByRole("button", { name: "Save draft" }).click();
  await page.getByText("The study must close after it opens.").waitFor();
  await nav.getByRole("link", { name: "Places and time 1 to correct" }).waitFor();
  expect(await page.getByLabel("After completing").inputValue()).toContain("{pid}");
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((v) => `${v.id}: ${v.nodes[0]?.html}`)).toEqual([]);
  await page.getByLabel("Closes at (UTC)").fill("2027-02-01T10:00");
  await page.getByRole("button", { name: "Save draft" }).click();
  await page.getByText("The draft is saved.").waitFor();
  await page.getByRole("button", { name: "Publish changes" }).click();
  const changes = page.getByRole("dialog").locator("dl");
  await changes.getByText("Closes at (UTC)").waitFor();
  expect(await changes.innerText()).toMatch(/1 Feb 2027, 10:00 UTC/);
  expect(await changes.innerText()).not.toMatch(/Pay per/);
  await context.close();
});

test("without scripts, the draft text is offered, every choice is saved, and an unchecked box is off", async () => {
  const { page, context } = await openTab(browser, app, { javaScriptEnabled: false });
  await openSettings(page);
  await page.getByLabel("Cues or prompts").fill("A place from your childhood\nSomething that flies");
  await page.getByRole("button", { name: "Start from a draft text" }).click();
  expect(await page.getByLabel("Consent text", { exact: false }).first().inputValue()).toMatch(
    /^You take part/,
  );
  expect(await page.getByLabel("Cues or prompts").inputValue(), "nothing typed is lost").toContain("flies");
  await page.locator("input[type=checkbox][name='optionalPhases.consent']").check();
  await page.locator("input[type=checkbox][name=reuseRejectedPlaces]").uncheck();
  await page.getByRole("radio", { name: /A theme to write about/ }).check();
  await page.getByLabel("Publication").selectOption("optional");
  await page.getByRole("button", { name: "Save draft" }).click();
  await page.getByText("The draft is saved.").waitFor();
  await page.goto(page.url());
  expect(await page.locator("input[type=checkbox][name=reuseRejectedPlaces]").isChecked()).toBe(false);
  expect(await page.locator("input[type=checkbox][name='optionalPhases.consent']").isChecked()).toBe(true);
  expect(await page.getByLabel("Publication").inputValue()).toBe("optional");
  expect(await page.getByLabel("Cues or prompts").inputValue()).toBe(
    "A place from your childhood\nSomething that flies",
  );
  await context.close();
});
