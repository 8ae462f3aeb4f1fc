import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startApp, type TestApp } from "../support/app.ts";
import { launchBrowser } from "../support/chromium.ts";
import { confirmColumn, openTab, signIn, waitForSlate } from "../support/rater-browser.ts";

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

async function assertAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((v) => `${v.id}: ${v.nodes[0]?.html}`)).toEqual([]);
}

/** Nothing scrolls sideways, and at 1440×900 the slate and the choice are on screen together. */
async function assertSlateFits(page: Page): Promise<void> {
  const { innerHeight, boxes, sideways } = await page.evaluate(() => ({
    innerHeight: window.innerHeight,
    sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    boxes: [...document.querySelectorAll("img, button[value=choose], textarea[name=critique]")].map((e) => {
      const { top, bottom, width } = e.getBoundingClientRect();
      return { tag: e.tagName, top, bottom, width };
    }),
  }));
  expect(sideways).toBeLessThanOrEqual(0);
  const images = boxes.filter((b) => b.tag === "IMG");
  expect(images).toHaveLength(16);
  expect(Math.min(...boxes.map((b) => b.top))).toBeGreaterThanOrEqual(0);
  expect(Math.max(...boxes.map((b) => b.bottom))).toBeLessThanOrEqual(innerHeight);
  expect(Math.min(...images.map((b) => b.width))).toBeGreaterThanOrEqual(180);
}

test("a whole session by mouse: prompt, five turns, evaluation with a gap, End Task, completion code", async () => {
  const { page, problems, context } = await openTab(browser, app);
  await signIn(page, "rater");
  await assertAccessible(page);
  await page.getByRole("button", { name: /start/i }).first().click();
  await page.waitForURL("**/instructions");
  await assertAccessible(page);
  await page.getByRole("button", { name: "I understand, begin" }).click();

  await page.waitForURL("**/prompt");
  const prompt = page.getByRole("textbox", { name: "Your prompt" });
  await prompt.fill("one two three four five six seven eight nine ten eleven twelve thirteen");
  await expect.poll(() => page.getByText(/13 of 12 words/).count()).toBeGreaterThan(0);
  await prompt.fill("a lighthouse in a storm at night");
  await assertAccessible(page);
  // What was typed survives a reload.
  await page.waitForTimeout(1_000);
  await page.reload();
  await expect.poll(() => prompt.inputValue()).toBe("a lighthouse in a storm at night");
  await page.getByRole("button", { name: "Show me images" }).click();

  for (let turn = 1; turn <= 5; turn++) {
    await waitForSlate(page, turn);
    if (turn === 1) await assertSlateFits(page);
    if (turn === 1) await assertAccessible(page);
    const column = (turn % 4) + 1;
    // Anywhere in the column counts: the click lands on its second image.
    const image = page.getByRole("img", { name: `Column ${column}, image B` });
    const box = await image.boundingBox();
    if (!box) throw new Error("the image has no place on the page");
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    expect(await page.getByRole("radio", { name: `Column ${column}`, exact: true }).isChecked()).toBe(true);
    if (turn === 2) await page.locator("textarea[name=critique]").fill("more color");
    await page.getByRole("button", { name: `Confirm column ${column}` }).click();
  }

  await page.getByRole("link", { name: "Enter rater mode" }).click();
  for (let turn = 1; turn <= 5; turn++) {
    await page.waitForURL(`**/evaluation/${turn}`);
    await page.getByRole("heading", { level: 1, name: `Rate turn ${turn} of 5` }).waitFor();
    expect(await page.locator("input[name=confirmedColumnId]:checked").count(), "never preselected").toBe(0);
    if (turn === 2) await assertAccessible(page);
    await confirmColumn(page, turn % 4);
    for (let column = 1; column <= 4; column++) {
      await page.getByRole("radio", { name: new RegExp(`^Column ${column}: ${column},`) }).check();
    }
    // Turn 3 stays without its reasons.
    if (turn !== 3) await page.locator("textarea[name=rationale]").fill("It has the best light.");
    expect(await page.locator("input[name=vsPrevious]").count()).toBe(turn === 1 ? 0 : 3);
    if (turn > 1) await page.locator("input[name=vsPrevious][value=better]").check();
    await page.getByRole("radio", { name: /^All images: 4,/ }).check();
    if (turn < 5) await page.getByRole("button", { name: /next turn/i }).click();
  }
  await page.getByRole("button", { name: /review/i }).click();
  await page.waitForURL("**/review");
  await assertAccessible(page);
  await page.getByRole("button", { name: "End Task" }).click();
  await page.getByText("The task cannot be ended yet.").first().waitFor();
  await page.locator("a[href*='/evaluation/3#rationale']").first().click();
  await page.waitForURL("**/evaluation/3#rationale");
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute("name")))
    .toBe("rationale");
  await page.keyboard.type("It shows the waves best.");
  await page.getByRole("button", { name: /review/i }).click();
  await page.waitForURL("**/review");
  await page.getByRole("button", { name: "End Task" }).click();
  await page
    .getByText(/completion code/i)
    .first()
    .waitFor();
  expect(await page.locator("main").innerText()).toMatch(/\b[0-9A-Z]{10}\b/);
  await assertAccessible(page);
  expect(problems.filter((p) => !/422/.test(p))).toEqual([]);
  await context.close();
});

test("the coordinator sees it, replays it with its prompts, and the researcher exports it", async () => {
  const staff = await openTab(browser, app);
  await signIn(staff.page, "coordinator");
  await staff.page.getByRole("link", { name: /Demo/ }).first().click();
  await staff.page.getByRole("link", { name: "Trajectories" }).click();
  await assertAccessible(staff.page);
  await staff.page
    .getByRole("link", { name: /lighthouse/ })
    .first()
    .click();
  await staff.page.waitForURL("**/trajectories/trj_*");
  const text = await staff.page.locator("main").innerText();
  expect(text).toContain("a lighthouse in a storm at night");
  await expect.poll(() => staff.page.locator("main img").count()).toBeGreaterThanOrEqual(16);
  await assertAccessible(staff.page);
  expect(staff.problems).toEqual([]);
  await staff.context.close();

  const data = await openTab(browser, app);
  await signIn(data.page, "researcher");
  await data.page.getByRole("link", { name: /Demo/ }).first().click();
  await assertAccessible(data.page);
  await data.page.getByRole("link", { name: "New export" }).click();
  await data.page.getByRole("button", { name: "Start the export" }).click();
  await data.page.waitForURL(/\/data\/exports\/exp_/);
  const link = data.page.getByRole("link", { name: "trajectories.jsonl" }).first();
  await link.waitFor({ timeout: 30_000 });
  const [download] = await Promise.all([data.page.waitForEvent("download"), link.click()]);
  const stream = await download.createReadStream();
  let jsonl = "";
  for await (const part of stream) jsonl += part;
  const rows = jsonl
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({
    status: "complete",
    num_turns: 5,
    initial_prompt: "a lighthouse in a storm at night",
  });
  expect(rows[0].turns.flatMap((t: { columns: unknown[] }) => t.columns)).toHaveLength(20);
  expect(rows[0].turns[1].critique).toBe("more color");
  expect(data.problems).toEqual([]);
  await data.context.close();
});
