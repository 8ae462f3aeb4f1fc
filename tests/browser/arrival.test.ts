import AxeBuilder from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runSimulation } from "../../cli/simulate/run.ts";
import { DEMO, DEMO_PASSWORD, startApp, type TestApp } from "../support/app.ts";
import { launchBrowser } from "../support/chromium.ts";
import { fieldValues, HttpClient } from "../support/http-client.ts";
import { confirmColumn, openTab } from "../support/rater-browser.ts";
import { PANEL, prolificArrival, recruitedStudy } from "../support/recruited-study.ts";

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

async function join(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL("**/consent");
}

async function agree(page: Page): Promise<void> {
  await page.getByRole("checkbox").first().check();
  await page.getByRole("button", { name: "I agree, continue" }).click();
  await page.waitForURL("**/about-you");
}

async function toPrompt(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL("**/instructions");
  await page.getByRole("button", { name: "I understand, begin" }).click();
  await page.waitForURL("**/practice");
  await page.getByRole("button", { name: "Skip the practice" }).click();
  await page.waitForURL("**/prompt");
}

async function slateShown(page: Page, turn: number): Promise<void> {
  await page.getByRole("heading", { level: 1, name: `Turn ${turn} of 2` }).waitFor();
  // Scripts run and every image is decoded: from now on a click counts.
  await page.getByText("All 16 images are shown.").waitFor({ state: "attached", timeout: 60_000 });
}

async function choose(page: Page, turn: number, column: number): Promise<void> {
  await slateShown(page, turn);
  await page.getByRole("radio", { name: `Column ${column}`, exact: true }).check({ force: true });
  await page.getByRole("button", { name: `Confirm column ${column}` }).click();
}

async function evaluate(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Enter rater mode" }).click();
  for (let turn = 1; turn <= 2; turn++) {
    await page.getByRole("heading", { level: 1, name: `Rate turn ${turn} of 2` }).waitFor();
    await confirmColumn(page, 1);
    for (let column = 1; column <= 4; column++) {
      await page.getByRole("radio", { name: new RegExp(`^Column ${column}: 3,`) }).check();
    }
    await page.locator("textarea[name=rationale]").fill("Clear shapes and light.");
    if (turn > 1) await page.locator("input[name=vsPrevious][value=same]").check();
    await page.getByRole("radio", { name: /^All images: 3,/ }).check();
    await page.getByRole("button", { name: turn < 2 ? /next turn/i : /review/i }).click();
  }
  await page.waitForURL("**/review");
  await page.getByRole("button", { name: "End Task" }).click();
  await page.waitForURL("**/done");
}

test("a rater arrives by a recruitment link, consents, practises, works, and leaves with code and redirect", async () => {
  const { slug, name } = await recruitedStudy(app);
  const { page, context, problems } = await openTab(browser, app);
  await page.goto(prolificArrival(slug, "5f2a0c11d001"));
  await page.getByRole("heading", { level: 1, name }).waitFor();
  await page.getByText("$2.50").waitFor();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Continue" }).click();

  // Consent: nothing is ticked for anybody, and what is needed is said beside its box.
  await page.waitForURL("**/consent");
  expect(await page.getByRole("checkbox", { checked: true }).count()).toBe(0);
  await page.getByRole("checkbox").last().check();
  await page.getByRole("button", { name: "I agree, continue" }).click();
  await page.getByText("This is needed to take part.").waitFor();
  expect(await page.getByRole("checkbox").last().isChecked()).toBe(true);
  await expectAccessible(page);
  await agree(page);

  expect(await page.getByRole("radio", { checked: true }).count()).toBe(0);
  await page.getByRole("radio", { name: "25–34" }).check();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL("**/instructions");
  await expectAccessible(page);
  await page.getByRole("button", { name: "I understand, begin" }).click();

  // Practice: a wrong column is explained, the right one too; the scales answer without sending anything.
  await page.waitForURL("**/practice");
  await page.getByRole("button", { name: "Check my column" }).click();
  await page.getByText("Select a column first.").waitFor();
  await page.getByRole("radio", { name: "Column 1", exact: true }).check({ force: true });
  await page.getByRole("button", { name: "Check my column" }).click();
  await page.getByText("Column 1 is not the one").waitFor();
  await page.getByRole("radio", { name: "Column 3", exact: true }).check({ force: true });
  await page.getByRole("button", { name: "Check another column" }).click();
  await page.getByText("Yes, column 3").waitFor();
  await page.getByText("Practise the ratings, too").click();
  await page.getByRole("radio", { name: "Column 3: 5, very satisfied" }).check();
  await page.getByText("That fits what was asked for.").waitFor();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Go on to your prompt" }).click();

  await page.waitForURL("**/prompt");
  await page.getByRole("textbox", { name: "Your prompt" }).fill("a lighthouse in a storm at night");
  await page.keyboard.press("Enter");
  await choose(page, 1, 2);
  await choose(page, 2, 3);
  // The code is not given before everything is handed in.
  const base = new URL(page.url()).pathname.replace(/\/turns\/.*/, "");
  await page.getByRole("link", { name: "Enter rater mode" }).waitFor();
  const early = await context.request.get(`${base}/done`, { maxRedirects: 0 });
  expect([early.status(), early.headers().location]).toEqual([303, base]);
  await evaluate(page);
  const code = await page.locator("p.select-all").innerText();
  expect(code).toMatch(/^[0-9A-Z]{10}$/);
  const back = page.getByRole("link", { name: "Return to panel.example" });
  expect(await back.getAttribute("href")).toBe(
    `${PANEL}/done?cc=${code}&pid=5f2a0c11d001&session=5f2a0c11d0015e55`,
  );
  await page.getByRole("button", { name: "Copy the code" }).waitFor();
  await expectAccessible(page);

  // Opening the link once more shows the same code.
  await page.goto(prolificArrival(slug, "5f2a0c11d001"));
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL("**/done");
  expect(await page.locator("p.select-all").innerText()).toBe(code);

  await page.goto("/rate/me");
  await page.getByText("You agreed to version 1").waitFor();
  expect(await page.getByRole("radio", { name: "25–34" }).isChecked()).toBe(true);
  await expectAccessible(page);
  await page.goto("/rate");
  await page.getByText("$2.50").first().waitFor();
  await expectAccessible(page);
  expect(problems.filter((p) => !p.includes("422"))).toEqual([]);
  await context.close();
});

test("a rater loses the connection in a turn, comes back on another device and finishes", async () => {
  const { slug } = await recruitedStudy(app, { optionalPhases: ["consent", "about_you", "practice"] });
  const first = await openTab(browser, app);
  await join(first.page, prolificArrival(slug, "5f2a0c11d002"));
  await agree(first.page);
  await toPrompt(first.page);
  await first.page.getByRole("textbox", { name: "Your prompt" }).fill("a white cat on a red sofa");
  await first.page.keyboard.press("Enter");
  await choose(first.page, 1, 2);
  await slateShown(first.page, 2);
  const saved = first.page.waitForResponse((r) => r.url().endsWith("/drafts") && r.ok());
  await first.page.locator("textarea[name=critique]").fill("more light");
  await saved;
  const pictures = (page: Page) =>
    page.locator("img[alt^='Column']").evaluateAll((all) => all.map((i) => i.getAttribute("src")));
  const shown = await pictures(first.page);
  await first.context.setOffline(true);
  await first.page.getByRole("radio", { name: "Column 3", exact: true }).check({ force: true });
  await first.page.getByRole("button", { name: "Confirm column 3" }).click();
  await first.page.getByText("Turnwise did not answer").waitFor();
  await first.context.close();

  const second = await openTab(browser, app, { width: 390, height: 844 });
  await second.page.goto(prolificArrival(slug, "5f2a0c11d002"));
  await second.page.getByRole("button", { name: "Continue" }).click();
  await second.page.waitForURL("**/turns/2");
  // A lost device says no goodbye; the rater takes the task over.
  const reloaded = second.page.waitForEvent("load");
  await second.page.getByRole("button", { name: "Go on here" }).click();
  await reloaded;
  await slateShown(second.page, 2);
  expect(await second.page.locator("textarea[name=critique]").inputValue()).toBe("more light");
  expect(await pictures(second.page)).toEqual(shown);
  await choose(second.page, 2, 4);
  await evaluate(second.page);
  await second.page.getByRole("link", { name: "Return to panel.example" }).waitFor();
  await second.context.close();

  // The id without its session opens nothing.
  const stranger = await openTab(browser, app);
  await stranger.page.goto(
    `/join/${slug}?PROLIFIC_PID=5f2a0c11d002&STUDY_ID=64aa0c11d0&SESSION_ID=guessed00`,
  );
  await stranger.page.getByRole("heading", { name: "This participant id is in use" }).waitFor();
  expect(await stranger.page.getByRole("button", { name: "Continue" }).count()).toBe(0);
  await expectAccessible(stranger.page);
  await stranger.context.close();
});

test("arriving works without scripts, and the session goes on with a personal link", async () => {
  const { slug } = await recruitedStudy(app, {}, { kind: "generic" });
  const { page, context } = await openTab(browser, app, { javaScriptEnabled: false });
  await join(page, `/join/${slug}?pid=worker-7`);
  await page.getByRole("checkbox").first().check();
  await page.getByRole("button", { name: "I agree, continue" }).click();
  await page.getByRole("heading", { level: 1, name: "About you" }).waitFor();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "I understand, begin" }).click();
  await page.getByRole("radio", { name: "Column 2", exact: true }).check({ force: true });
  await page.getByRole("button", { name: "Check my column" }).click();
  await page.getByText("Column 2 is not the one").waitFor();
  await page.getByRole("button", { name: "Skip the practice" }).click();
  await page.getByRole("textbox", { name: "Your prompt" }).waitFor();
  await page.goto("/rate/me");
  await page.getByRole("button", { name: "Make a personal link" }).click();
  const link = await page.locator("p.select-all").innerText();
  await context.close();

  const other = await openTab(browser, app);
  await other.page.goto(`/join/${slug}?pid=worker-7`);
  await other.page.getByRole("heading", { name: "This participant id is in use" }).waitFor();
  await other.page.goto(new URL(link).pathname);
  await expectAccessible(other.page);
  await other.page.getByRole("button", { name: "Go on here" }).click();
  await other.page.getByRole("link", { name: "Resume" }).click();
  await other.page.waitForURL("**/prompt");

  // Withdrawing asks once more, and ends the task and the study for this rater.
  await other.page.goto("/rate/me");
  await other.page.getByRole("button", { name: "Withdraw", exact: true }).click();
  await other.page.getByText("What you have earned stays earned.").waitFor();
  await other.page.getByRole("button", { name: "Withdraw from this study" }).click();
  await other.page.getByText("You have withdrawn.").waitFor();
  await other.page.goto("/rate");
  await other.page.getByText("You have withdrawn from this study.").waitFor();
  expect(await other.page.getByRole("link", { name: "Resume" }).count()).toBe(0);
  await expectAccessible(other.page);
  await other.context.close();
});

test("a declined consent, a full study and a broken link say the true reason and the way back", async () => {
  const { slug } = await recruitedStudy(app, { targetTrajectories: 1 });
  const decliner = await openTab(browser, app, { colorScheme: "dark" });
  await join(decliner.page, prolificArrival(slug, "5f2a0c11d003"));
  await expectAccessible(decliner.page);
  await decliner.page.getByRole("button", { name: "I do not agree" }).click();
  await decliner.page.getByRole("heading", { name: "You are not taking part" }).waitFor();
  expect(
    await decliner.page.getByRole("link", { name: "Return to panel.example" }).getAttribute("href"),
  ).toBe(`${PANEL}/out?pid=5f2a0c11d003`);
  await expectAccessible(decliner.page);
  await decliner.context.close();

  // The place was free again for the next; after that the study is full.
  const next = await openTab(browser, app, { colorScheme: "dark" });
  await join(next.page, prolificArrival(slug, "5f2a0c11d004"));
  await agree(next.page);
  await expectAccessible(next.page);
  await next.context.close();
  const late = await openTab(browser, app, { colorScheme: "dark" });
  await late.page.goto(prolificArrival(slug, "5f2a0c11d005"));
  await late.page.getByRole("heading", { name: "This study is full" }).waitFor();
  await late.page.getByText("All places of this study are taken.").waitFor();
  expect(await late.page.getByRole("link", { name: "Return to panel.example" }).getAttribute("href")).toBe(
    `${PANEL}/full?pid=5f2a0c11d005`,
  );
  await expectAccessible(late.page);
  await late.page.goto(`/join/${slug}?PROLIFIC_PID=5f2a0c11d005`);
  await late.page.getByRole("heading", { name: "This link is not complete" }).waitFor();
  await late.page.getByText("“SESSION_ID” is missing from the address.").waitFor();
  await late.context.close();
});

test("scripted raters get through consent, questions and practice as well", async () => {
  const { studyId } = await recruitedStudy(app);
  const summary = await runSimulation({
    baseUrl: app.url,
    login: { email: DEMO.coordinator, password: DEMO_PASSWORD },
    study: studyId,
    sessions: 2,
    concurrency: 2,
    raters: 1,
    seed: 7,
    dropout: 0,
    thinkMs: 0,
    timeoutMs: 30_000,
    generationTimeoutMs: 60_000,
    prompts: ["a lighthouse in a storm at night"],
    horizon: 2,
    signal: new AbortController().signal,
    onProgress() {},
    onNote() {},
  });
  expect(summary.sessions).toMatchObject({ complete: 2, failed: 0 });
  // The second session of the same rater asks for nothing again.
  expect(summary.meter.durationsMs.get("consent")).toHaveLength(1);
  expect(summary.meter.durationsMs.get("instructions")).toHaveLength(2);
});

test("a form that another site posts, a second click and a hostile address change nothing that they should not", async () => {
  const { slug } = await recruitedStudy(app);
  const address = prolificArrival(slug, "5f2a0c11d006");
  const foreign = await fetch(new URL(address, app.url), {
    method: "POST",
    headers: { origin: "https://evil.example", "content-type": "application/x-www-form-urlencoded" },
    body: "submissionId=abcdefgh",
  });
  expect(foreign.status).toBe(403);
  expect(foreign.headers.get("set-cookie")).toBeNull();

  const client = new HttpClient(app.url);
  const landing = await client.get(address);
  expect(landing.headers.get("set-cookie")).toBeNull();
  const [submissionId = ""] = fieldValues(landing.text, "submissionId");
  const [once, twice] = await Promise.all([
    client.post(address, { submissionId }),
    client.post(address, { submissionId }),
  ]);
  expect([once.status, twice.status]).toEqual([303, 303]);
  expect(once.headers.get("location")).toBe(twice.headers.get("location"));
  expect(once.headers.get("set-cookie")).toContain("HttpOnly");

  for (const bad of [
    "?PROLIFIC_PID=%0d%0aset-cookie:x&STUDY_ID=1&SESSION_ID=1",
    "?next=//evil.example",
    "?pid=",
  ]) {
    const reply = await new HttpClient(app.url).get(`/join/${slug}${bad}`);
    expect(reply.status).toBe(200);
    expect(reply.text).toContain("This link is not complete");
  }
  expect((await new HttpClient(app.url).get("/join/unknown")).status).toBe(404);
  expect((await new HttpClient(app.url).get("/continue/unknown")).status).toBe(200);
  const refused = await new HttpClient(app.url).post("/continue/unknown", {});
  expect(refused.status).toBe(410);
  expect(refused.headers.get("set-cookie")).toBeNull();
});
