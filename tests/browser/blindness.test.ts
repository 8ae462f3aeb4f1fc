import { eq } from "drizzle-orm";
import type { Browser, Response } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openStore } from "../../db/store.ts";
import { startApp, type TestApp } from "../support/app.ts";
import { launchBrowser } from "../support/chromium.ts";
import { confirmColumn, openTab, signIn, waitForSlate } from "../support/rater-browser.ts";
import { prolificArrival, recruitedStudy } from "../support/recruited-study.ts";

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

const PROMPT = "an ancient Egyptian temple with hieroglyphs";

/** Everything of a session that a rater must not learn, as it might appear on the wire. */
async function secretsOf(databaseUrl: string): Promise<Set<string>> {
  const store = await openStore(databaseUrl);
  const { t, read } = store;
  const secrets = new Set<string>();
  const add = (text: string) => {
    secrets.add(text);
    secrets.add(text.replaceAll("&", "&amp;").replaceAll("'", "&#x27;").replaceAll('"', "&quot;"));
    secrets.add(JSON.stringify(text).slice(1, -1));
    secrets.add(encodeURIComponent(text));
  };
  for (const { prompt, category } of await read.select().from(t.candidates)) {
    if (prompt.toLowerCase() !== PROMPT.toLowerCase()) add(prompt);
    // What was added to the prompt, without the prompt.
    const added = prompt
      .toLowerCase()
      .replace(PROMPT.toLowerCase(), "")
      .replace(/^[,\s]+/, "");
    if (added.length >= 12 && added !== prompt.toLowerCase()) add(added);
    if (category.length >= 8) add(category);
  }
  const [trajectory] = await read.select().from(t.trajectories);
  const [arm] = await read
    .select()
    .from(t.arms)
    .where(eq(t.arms.id, trajectory?.armId ?? ""));
  if (!arm) throw new Error("no arm was drawn");
  for (const text of [
    arm.id,
    arm.label,
    `"${arm.armKey}"`,
    arm.agent.selector === "random" ? "" : arm.agent.selector,
  ]) {
    if (text) add(text);
  }
  add(`"${arm.agent.t2iModel}"`);
  for (const { agentVersion, t2iModel } of await read.select().from(t.slates))
    [agentVersion, t2iModel].forEach(add);
  for (const { seed } of [...(await read.select().from(t.turns)), ...(await read.select().from(t.images))]) {
    if (seed > 999_999) add(String(seed));
  }
  await store.close();
  return secrets;
}

interface Received {
  url: string;
  bytes: Buffer;
}

function leaks(received: Received[], secrets: Set<string>): string[] {
  const found: string[] = [];
  for (const { url, bytes } of received) {
    const text = bytes.toString("latin1");
    const utf8 = bytes.toString("utf8");
    for (const secret of secrets) {
      if (utf8.includes(secret) || text.includes(secret))
        found.push(`${url} holds ${JSON.stringify(secret)}`);
    }
  }
  return found;
}

function record(into: Received[], pending: Promise<void>[]) {
  return (response: Response) => {
    pending.push(
      (async () => {
        // What is still on its way when the browser closes was not read by anybody.
        const headers = JSON.stringify(await response.allHeaders().catch(() => ({})));
        const body = await response.body().catch(() => Buffer.alloc(0));
        into.push({ url: response.url(), bytes: Buffer.concat([Buffer.from(headers), body]) });
      })(),
    );
  };
}

test("nothing that a rater's browser receives in a whole session tells expansion, arm, model or seed", async () => {
  const { page, context } = await openTab(browser, app);
  const received: Received[] = [];
  const pending: Promise<void>[] = [];
  context.on("response", record(received, pending));
  const { slug } = await recruitedStudy(app, { horizon: 5 });
  const arrival = prolificArrival(slug, "5f2a0c11d0b1");
  await page.goto(arrival);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL("**/consent");
  await page.getByRole("checkbox").first().check();
  await page.getByRole("button", { name: "I agree, continue" }).click();
  await page.waitForURL("**/about-you");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL("**/instructions");
  const base = new URL(page.url()).pathname.replace("/instructions", "");
  await page.getByRole("button", { name: "I understand, begin" }).click();
  await page.waitForURL("**/practice");
  await page.getByRole("radio", { name: "Column 3", exact: true }).check({ force: true });
  await page.getByRole("button", { name: "Check my column" }).click();
  await page.getByText("Yes, column 3").waitFor();
  await page.getByRole("button", { name: "Go on to your prompt" }).click();
  await page.waitForURL("**/prompt");
  await page.getByRole("textbox", { name: "Your prompt" }).fill(PROMPT);
  await page.keyboard.press("Enter");
  for (let turn = 1; turn <= 5; turn++) {
    await waitForSlate(page, turn);
    await page.keyboard.press("2");
    if (turn === 1) await page.locator("textarea[name=critique]").fill("more color");
    await page.getByRole("button", { name: "Confirm column 2" }).click();
  }
  await page.getByRole("link", { name: "Enter rater mode" }).click();
  for (let turn = 1; turn <= 5; turn++) {
    await page.waitForURL(`**/evaluation/${turn}`);
    await page.getByRole("heading", { level: 1, name: `Rate turn ${turn} of 5` }).waitFor();
    await confirmColumn(page, 1);
    for (let column = 1; column <= 4; column++) {
      await page.getByRole("radio", { name: new RegExp(`^Column ${column}: 3,`) }).check();
    }
    await page.locator("textarea[name=rationale]").fill("Clear shapes and light.");
    if (turn > 1) await page.locator("input[name=vsPrevious][value=same]").check();
    await page.getByRole("radio", { name: /^All images: 3,/ }).check();
    await page.getByRole("button", { name: turn < 5 ? /next turn/i : /review/i }).click();
  }
  await page.waitForURL("**/review");
  await page.getByRole("button", { name: "End Task" }).click();
  await page.waitForURL("**/done");
  // The data that pages fetch for themselves, and the earlier pages once more.
  for (const path of [
    "/rate",
    base,
    `${base}/turns/1`,
    `${base}/turns/5`,
    `${base}/turns/1/progress`,
    "/rate/me",
    arrival,
  ]) {
    const response = await context.request.get(path);
    received.push({ url: path, bytes: await response.body() });
  }
  await Promise.all(pending);

  const secrets = await secretsOf(app.databaseUrl);
  expect(secrets.size).toBeGreaterThan(200);
  expect(received.filter((r) => r.url.includes("/images/")).length).toBeGreaterThanOrEqual(80);
  expect(leaks(received, secrets)).toEqual([]);
  await context.close();

  // The search finds what is there: the coordinator's replay does hold the prompts.
  const staff = await openTab(browser, app);
  const seen: Received[] = [];
  const waiting: Promise<void>[] = [];
  await signIn(staff.page, "coordinator");
  staff.context.on("response", record(seen, waiting));
  const store = await openStore(app.databaseUrl);
  const [trajectory] = await store.read.select().from(store.t.trajectories);
  await store.close();
  await staff.page.goto(`/console/trajectories/${trajectory?.id}`);
  await Promise.all(waiting);
  expect(leaks(seen, secrets).length).toBeGreaterThan(0);
  await staff.context.close();
});
