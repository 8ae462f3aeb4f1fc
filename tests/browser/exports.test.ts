import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FILLED_STUDY_ID, fillSqlite } from "../../tools/bench/fill-study.ts";
import { startApp, type TestApp } from "../support/app.ts";
import { launchBrowser } from "../support/chromium.ts";
import { openTab, signIn } from "../support/rater-browser.ts";

const STUDY = `/data/studies/${FILLED_STUDY_ID}`;
const TRAJECTORIES = 40;

let app: TestApp;
let browser: Browser;
const folder = mkdtempSync(join(tmpdir(), "turnwise-downloads-"));
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
  await app.stop();
  fillSqlite(join(app.dataDir, "turnwise.db"), TRAJECTORIES);
  await app.restart();
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function assertSound(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  const found = violations.map((v) => `${v.id}: ${v.nodes[0]?.html}`);
  expect([page.url(), found, sideways]).toEqual([page.url(), [], 0]);
}

test("a researcher counts, exports, downloads all at once, checks it, compares and repeats", async () => {
  const { page, problems, context } = await openTab(browser, app);
  await signIn(page, "researcher");
  await page.goto(STUDY);
  await page.getByRole("link", { name: "New export" }).click();
  const counted = page.getByText(`of 2 raters: ${TRAJECTORIES} complete, 0 partial`);
  await counted.waitFor();
  await assertSound(page);

  await page.getByLabel("Made by").selectOption("human");
  await page.getByText("of 0 raters: 0 complete, 0 partial").waitFor();
  await page.getByText("other source").waitFor();
  await page.getByLabel("Made by").selectOption("");
  await counted.waitFor();

  await page.getByRole("checkbox", { name: "JSONL" }).uncheck();
  await page.getByLabel("Subtitle").fill("Preferences of forty hostile <b>raters</b>, =1+1");
  await page.getByLabel("Name in addresses").fill("Not a slug!");
  await page.getByRole("button", { name: "Start the export" }).click();
  await page.getByText("The slug needs 6 to 50 lower-case letters").first().waitFor();
  expect(await page.getByLabel("Subtitle").inputValue()).toContain("<b>raters</b>");
  expect(await page.getByRole("checkbox", { name: "JSONL" }).isChecked()).toBe(false);
  await page.getByLabel("Name in addresses").fill("forty-raters");
  await page.getByRole("button", { name: "Start the export" }).click();
  await page.waitForURL(/\/data\/exports\/exp_/);
  await page.getByRole("link", { name: "All as .zip" }).waitFor({ timeout: 30_000 });
  await assertSound(page);

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "All as .tar" }).click(),
  ]);
  await download.saveAs(join(folder, "bundle.tar"));
  execFileSync("tar", ["-xf", "bundle.tar"], { cwd: folder });
  execFileSync("sha256sum", ["-c", "--quiet", "SHA256SUMS"], { cwd: folder });
  const sheet = await page.request.get(`${page.url()}/files/turns.spreadsheet.csv`);
  expect((await sheet.body()).subarray(0, 3)).toEqual(Buffer.from("\ufeff"));

  const first = page.url();
  await page.getByRole("link", { name: "Again with the same options" }).click();
  expect(await page.getByLabel("Name in addresses").inputValue()).toBe("forty-raters");
  expect(await page.getByRole("checkbox", { name: "JSONL" }).isChecked()).toBe(false);
  await page.getByRole("button", { name: "Start the export" }).click();
  await page.waitForURL((url) => /\/data\/exports\/exp_/.test(url.href) && url.href !== first);
  await page.getByRole("columnheader", { name: "Change" }).waitFor({ timeout: 30_000 });

  await page.goto(`${STUDY}/exports`);
  expect(await page.getByRole("link", { name: "Same options" }).count()).toBe(2);
  await assertSound(page);
  await page.goto(first);
  await page.getByText("Remove the files", { exact: true }).click();
  await page.getByRole("button", { name: "Remove the files for good" }).click();
  await page.getByText("The files were removed").waitFor();
  expect((await page.request.get(`${first}/archive/zip`)).status()).toBe(404);
  // The refusal that was meant.
  expect(problems.filter((problem) => !problem.includes("422"))).toEqual([]);
  await context.close();
});

test("without scripts, on a phone, counting keeps what was entered, and an export is started", async () => {
  const { page, context } = await openTab(browser, app, {
    width: 390,
    height: 844,
    javaScriptEnabled: false,
  });
  await signIn(page, "researcher");
  await page.goto(`${STUDY}/exports/new`);
  await page.getByLabel("Title", { exact: false }).first().fill("Cats");
  await page.getByLabel("Started on or after").fill("2030-01-01");
  await page.getByRole("button", { name: "Count again" }).click();
  await page.getByText("outside the filters").waitFor();
  expect(await page.getByLabel("Started on or after").inputValue()).toBe("2030-01-01");
  expect(await page.getByLabel("Title", { exact: false }).first().inputValue()).toBe("Cats");
  await page.getByLabel("Started on or after").fill("");
  await page.getByLabel("Title", { exact: false }).first().fill("Cats and dogs");
  await page.getByRole("button", { name: "Start the export" }).click();
  await page.waitForURL(/\/data\/exports\/exp_/);
  await context.close();
});
