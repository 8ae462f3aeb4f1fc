import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DEMO, startApp, type TestApp } from "../support/app.ts";
import { launchBrowser } from "../support/chromium.ts";
import { fileWithSevenBadRows } from "../support/invitation-file.ts";
import { openTab, signIn } from "../support/rater-browser.ts";
import { makeTempDir } from "../support/temp.ts";

let app: TestApp;
let browser: Browser;
let path: string;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
  path = join(makeTempDir("invitations"), "people.csv");
  writeFileSync(path, fileWithSevenBadRows(DEMO.coordinator));
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

async function assertSound(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect([violations.map((v) => `${v.id}: ${v.nodes[0]?.html}`), sideways]).toEqual([[], 0]);
}

test.each([
  { width: 1440, height: 900, colorScheme: "light" as const, javaScriptEnabled: true },
  { width: 390, height: 844, colorScheme: "dark" as const, javaScriptEnabled: false },
])(
  "a coordinator reads what is wrong with 7 of 500 rows, invites the 493 others and takes the links away ($width, scripts: $javaScriptEnabled)",
  async (options) => {
    const { page, problems, context } = await openTab(browser, app, options);
    await signIn(page, "coordinator");
    await page.goto("/console");
    const [study = ""] = /\/console\/studies\/std_[a-z0-9]+/.exec(await page.content()) ?? [];
    await page.goto(`${study}/raters`);
    await page.getByRole("link", { name: "Invite from a CSV file" }).click();

    await page.getByRole("button", { name: "Check the file" }).click();
    await page.getByText("Choose a file.").waitFor();
    await page.getByLabel("CSV file", { exact: true }).setInputFiles(path);
    await page.getByLabel("Simulated raters").check();
    await page.getByRole("button", { name: "Check the file" }).click();
    await page.getByText("493 good rows, 7 bad rows").waitFor();
    const report = await page.getByRole("region", { name: "Bad rows" }).innerText();
    for (const expected of [
      /10\s+email\s+Not an e-mail address\s+person\.example\.org/,
      /50\s+email\s+No address\s+\(empty\)/,
      /100\s+email\s+The same address as in row 5/,
      /150\s+locale\s+Not a language code/,
      /250\s+name\s+More than 80 characters/,
      /350\s+\(all\)\s+More values than columns/,
      /500\s+email\s+A staff account/,
    ]) {
      expect(report).toMatch(expected);
    }
    expect(await page.getByLabel("Simulated raters").isChecked()).toBe(true);
    if (options.javaScriptEnabled) await assertSound(page);

    await page.getByRole("button", { name: "Invite the 493 good rows" }).click();
    await page.getByRole("heading", { name: "493 invitation links: copy now" }).waitFor();
    if (options.javaScriptEnabled) await assertSound(page);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download CSV" }).click(),
    ]);
    const lines = readFileSync(await download.path(), "utf8")
      .trim()
      .split("\r\n");
    expect(lines).toHaveLength(494);
    const link = /^p2@csv\.example\.org,(http[^,]+\/invite\/[\w-]{43}),/.exec(lines[1] ?? "")?.[1] ?? "";

    const invited = await openTab(browser, app);
    await invited.page.goto(link);
    expect(await invited.page.getByLabel("Your name").inputValue()).toBe("Person 2");
    await invited.context.close();
    expect(problems.filter((p) => !p.includes("422"))).toEqual([]);
    await context.close();
  },
);
