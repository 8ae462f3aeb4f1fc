import { randomBytes, randomInt } from "node:crypto";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { offerAssignment } from "../../app/services/assignment/offer-assignment.server.ts";
import { openStore } from "../../db/store.ts";
import { startApp, type TestApp } from "../support/app.ts";
import { launchBrowser } from "../support/chromium.ts";
import { createTestContext } from "../support/context.ts";
import { openTab, signIn } from "../support/rater-browser.ts";
import { openStudy, startTask, wholeSession } from "../support/session.ts";

let app: TestApp;
let browser: Browser;
let studyId: string;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
  // Its worker would take the images that are made here.
  await app.stop();
  const store = await openStore(app.databaseUrl);
  try {
    const { ctx } = createTestContext(store, {
      now: () => Date.now(),
      newId: (prefix) => `${prefix}_${randomBytes(12).toString("hex")}`,
      newSeed: () => randomInt(0, 2_000_000_000),
    });
    const made = await openStudy(ctx, { settings: { horizon: 1 }, raterCount: 5 });
    studyId = made.studyId;
    const [first, second, third, fourth] = made.raters;
    for (const rater of [first, second]) if (rater) await wholeSession(ctx, rater, studyId, 1);
    if (third) await startTask(ctx, third, studyId);
    await offerAssignment(ctx, made.coordinator, {
      studyId,
      to: { raterIds: [fourth?.raterId ?? ""] },
      submissionId: randomBytes(12).toString("hex"),
    });
  } finally {
    await store.close();
  }
  await app.restart();
}, 60_000);
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

test.each([
  { width: 1440, height: 900, colorScheme: "light" as const },
  { width: 390, height: 844, colorScheme: "dark" as const },
])(
  "the pages about assignments are accessible and fit at $width × $height, $colorScheme",
  async (options) => {
    const { page, problems, context } = await openTab(browser, app, options);
    await signIn(page, "coordinator");
    const list = `/console/studies/${studyId}/assignments`;
    await page.goto(list);
    const ids = await page
      .locator("input[name=on]")
      .evaluateAll((boxes) => boxes.map((box) => (box as HTMLInputElement).value));
    expect(ids).toHaveLength(4);
    const on = ids.map((id) => `on=${id}`).join("&");
    for (const path of [
      list,
      `${list}?status=submitted`,
      `${list}?status=withdrawn`,
      `${list}/act?do=reject&${on}`,
      `${list}/act?do=extend&${on}`,
      `${list}/act?do=approve`,
      `${list}/offer`,
      "/console/audit",
    ]) {
      await page.goto(path);
      await assertSound(page);
    }
    expect(problems).toEqual([]);
    await context.close();
  },
);

test("without scripts, a coordinator ticks rows, is asked for a reason, and reads what came of each", async () => {
  const { page, context } = await openTab(browser, app, { javaScriptEnabled: false });
  await signIn(page, "coordinator");
  await page.goto(`/console/studies/${studyId}/assignments`);
  for (const box of await page.locator("input[name=on]").all()) await box.check();
  await page.getByRole("button", { name: "Reject", exact: true }).click();
  await page.getByRole("heading", { name: "Reject work: 4 tasks" }).waitFor();
  expect(await page.getByText("not possible from here").count()).toBe(2);
  await page.getByLabel("Reason").fill("   ");
  await page.getByLabel("It stays taken").check();
  await page.getByRole("button", { name: "Reject", exact: true }).click();
  await page.getByText("Tell the rater why.").waitFor();
  expect(await page.getByLabel("It stays taken").isChecked(), "nothing chosen is lost").toBe(true);
  await page.getByLabel("Reason").fill("The texts <b>were</b> copied");
  await page.getByRole("button", { name: "Reject", exact: true }).click();
  await page.getByText("2 done, 2 refused").waitFor();
  await page.getByRole("link", { name: "Back to the list" }).click();
  expect(await page.getByText("“The texts <b>were</b> copied”").count()).toBe(2);

  await page.goto("/console/audit?action=assignment.rejected");
  expect(await page.getByText("The texts <b>were</b> copied").count()).toBe(2);

  await page.goto(`/console/studies/${studyId}/assignments/offer`);
  await page.getByLabel("A whole group").check();
  await page.getByRole("button", { name: "Offer", exact: true }).click();
  await page.getByText(/3 tasks offered/).waitFor();
  await context.close();
});
