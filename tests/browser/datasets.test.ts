import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import Database from "better-sqlite3";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FILLED_STUDY_ID, fillSqlite } from "../../tools/bench/fill-study.ts";
import { startApp, type TestApp } from "../support/app.ts";
import { launchBrowser } from "../support/chromium.ts";
import { openTab, signIn } from "../support/rater-browser.ts";

const STUDY = `/data/studies/${FILLED_STUDY_ID}`;
/** Raters 0 and 3 are simulated, 1 and 2 are people. */
const TRAJECTORIES = 75;

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
  await app.stop();
  const file = join(app.dataDir, "turnwise.db");
  fillSqlite(file, TRAJECTORIES, { listsOnly: true, varied: true });
  const db = new Database(file);
  db.exec(`
    insert into consents (id, rater_id, study_id, consent_version, scopes, given_at_ms)
      select 'cns_' || id, id, '${FILLED_STUDY_ID}', 1, '["research_internal","research_shared","public_release","free_text"]', 1
      from raters where source = 'human' and id like 'rtr_filled_%';
    update choices set critique = 'write to jo@example.org' where turn_id in (
      select t.id from turns t join trajectories j on j.id = t.trajectory_id
      where j.source = 'human' and j.assignment_status = 'approved' and j.study_id = '${FILLED_STUDY_ID}' and t.turn_index = 1
      order by j.started_at_ms limit 3);
    update turn_evaluations set rationale = 'call 030 1234567' || char(10) || 'any time' where turn_id in (
      select t.id from turns t join trajectories j on j.id = t.trajectory_id
      where j.source = 'human' and j.assignment_status = 'approved' and j.study_id = '${FILLED_STUDY_ID}' and t.turn_index = 2
      order by j.started_at_ms limit 1);
  `);
  db.close();
  await app.restart();
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

const rows = (page: Page) => page.locator("a[data-row]");

test("a researcher filters, sorts, pages and replays by keyboard, and every place has an address", async () => {
  const { page, problems, context } = await openTab(browser, app);
  await signIn(page, "researcher");
  await page.goto(STUDY);
  await page.getByText(`50 of ${TRAJECTORIES} trajectories`).waitFor();
  await assertSound(page);

  await page.getByRole("link", { name: "Satisfaction", exact: true }).click();
  await page.waitForURL(/sort=satisfaction/);
  await page.getByLabel("Source").selectOption("human");
  await page.waitForURL(/source=human/);
  const narrowed = page.getByText(/^50 of 50 trajectories$/);
  await narrowed.waitFor();
  await page.getByLabel("Prompt contains").fill("a");
  await page.keyboard.press("n");
  expect(await page.getByLabel("Prompt contains").inputValue(), "keys are letters while typing").toBe("an");
  await page.goto(`${STUDY}?sort=started`);
  await page.getByText("next and previous page").waitFor();

  await page.keyboard.press("n");
  await page.waitForURL(/cursor=/);
  await page.getByText(`25 of ${TRAJECTORIES} trajectories`).waitFor();
  const second = await rows(page).first().textContent();
  await page.keyboard.press("p");
  await page.getByText(`50 of ${TRAJECTORIES} trajectories`).waitFor();
  await page.keyboard.press("n");
  await page.getByText(`25 of ${TRAJECTORIES} trajectories`).waitFor();
  expect(await rows(page).first().textContent()).toBe(second);

  await page.goto(`${STUDY}?status=approved&sort=took`);
  await page.getByText("next and previous page").waitFor();
  const expected = await rows(page).evaluateAll((links) =>
    links.slice(0, 3).map((a) => (a as HTMLAnchorElement).pathname),
  );
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/data\/trajectories\//);
  expect(new URL(page.url()).pathname).toBe(expected[1]);
  await page.getByText(/^2 of \d+ that match$/).waitFor();
  await page.keyboard.press("ArrowRight");
  await page.waitForURL(/turn=2/);
  await page.keyboard.press("n");
  await page.getByText(/^3 of \d+ that match$/).waitFor();
  expect(new URL(page.url()).pathname).toBe(expected[2]);
  await page.getByRole("link", { name: "Previous", exact: true }).click();
  await page.getByText(/^2 of \d+ that match$/).waitFor();
  await assertSound(page);
  await page.getByRole("link", { name: "To the list" }).click();
  await page.waitForURL(`**${STUDY}?status=approved&sort=took`);
  expect(problems).toEqual([]);
  await context.close();
});

test("the list is cards on a phone, and filters without scripts", async () => {
  const { page, context } = await openTab(browser, app, {
    width: 390,
    height: 844,
    javaScriptEnabled: false,
  });
  await signIn(page, "researcher");
  await page.goto(STUDY);
  await page.getByLabel("Status").selectOption("rejected");
  await page.getByRole("button", { name: "Filter" }).click();
  await page.waitForURL(/status=rejected/);
  await page.getByText(/^\d+ of \d+ trajectories$/).waitFor();
  await page
    .getByRole("link", { name: "Took", exact: true })
    .click({ force: true })
    .catch(() => {});
  await context.close();

  const phone = await openTab(browser, app, { width: 390, height: 844, colorScheme: "dark" });
  await signIn(phone.page, "researcher");
  await phone.page.goto(`${STUDY}?status=rejected`);
  await assertSound(phone.page);
  const table = phone.page.getByRole("region", { name: "Trajectories" });
  expect(await table.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
  await phone.context.close();
});

test("a reviewer decides about flagged texts by keyboard, undoes, and redacts without scripts", async () => {
  const { page, problems, context } = await openTab(browser, app);
  await signIn(page, "researcher");
  await page.goto(`${STUDY}/texts`);
  await page.getByText("0 of 4 flagged texts decided").waitFor();
  await page.getByText("edit the replacement").waitFor();
  await assertSound(page);
  expect(await page.locator("mark").first().textContent()).toBe("jo@example.org");
  await page.getByText("Also the 2 other undecided texts with the same words").waitFor();

  await page.keyboard.press("1");
  await page.getByText("3 of 4 flagged texts decided").waitFor();
  await page.getByText("Kept: 3 texts.").waitFor();
  await page.keyboard.press("u");
  await page.getByText("0 of 4 flagged texts decided").waitFor();

  await page.keyboard.press("e");
  await page.keyboard.press("End");
  await page.keyboard.type(" 1");
  expect(await page.getByLabel("Replacement").inputValue(), "digits are text while typing").toMatch(/ 1/);
  await page.getByLabel("Replacement").fill("write to jo@example.org");
  await page.getByRole("button", { name: "Redact" }).click();
  await page.getByText("This is the text as it was typed.").waitFor();
  expect(await page.getByLabel("Replacement").inputValue()).toBe("write to jo@example.org");
  await page.getByLabel("Replacement").fill("write to me");
  await page.getByRole("button", { name: "Redact" }).click();
  await page.getByText("3 of 4 flagged texts decided").waitFor();
  expect(problems.filter((problem) => !problem.includes("422"))).toEqual([]);
  await context.close();

  const plain = await openTab(browser, app, { width: 390, height: 844, javaScriptEnabled: false });
  await signIn(plain.page, "researcher");
  await plain.page.goto(`${STUDY}/texts`);
  await plain.page.getByRole("button", { name: "Leave out" }).click();
  await plain.page.getByText("Nothing left to decide").waitFor();
  await plain.page.getByRole("link", { name: /^Decided/ }).click();
  await plain.page.getByText("Redacted by").waitFor();
  await plain.page.getByRole("link", { name: "Next" }).click();
  await plain.page.getByText(/of 4/).first().waitFor();
  await plain.context.close();

  const phone = await openTab(browser, app, { width: 390, height: 844, colorScheme: "dark" });
  await signIn(phone.page, "researcher");
  await phone.page.goto(`${STUDY}/texts?queue=decided`);
  await assertSound(phone.page);
  await phone.context.close();
});
