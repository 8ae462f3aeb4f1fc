import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { projectRoot } from "../../db/store.ts";
import { DEMO, DEMO_PASSWORD, startApp, type TestApp } from "../support/app.ts";
import { launchBrowser } from "../support/chromium.ts";
import { HttpClient } from "../support/http-client.ts";
import { openTab, signIn } from "../support/rater-browser.ts";
import { startWebhookReceiver, verifyWebhook, type WebhookReceiver } from "../support/webhook-receiver.ts";

let app: TestApp;
let browser: Browser;
let receiver: WebhookReceiver;
beforeAll(async () => {
  [app, browser, receiver] = await Promise.all([
    startApp({ env: { WEBHOOK_ALLOW_PRIVATE: "127.0.0.1" } }),
    launchBrowser(),
    startWebhookReceiver(),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
  await receiver?.close();
});

async function assertSound(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  const found = violations.map((v) => `${v.id}: ${v.nodes[0]?.html}`);
  expect([page.url(), found, sideways]).toEqual([page.url(), [], 0]);
}

/** A key made by the command line, as an operator does. */
async function keyOf(who: "coordinator" | "researcher", scopes: string): Promise<string> {
  const args = ["key", "create", "--email", DEMO[who], "--name", "Test", "--scopes", scopes];
  const command = [join(projectRoot(), "cli/turnwise.ts"), ...args];
  const { stdout } = await promisify(execFile)(process.execPath, command, { env: app.env });
  return stdout.trim();
}

const call = (key: string | null, method: string, path: string, body?: unknown, headers = {}) =>
  fetch(`${app.url}/api/v1${path}`, {
    method,
    headers: {
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

test("a coordinator makes a key, uses it at once, revokes it, and it is dead", async () => {
  const { page, problems, context } = await openTab(browser, app);
  await signIn(page, "coordinator");
  await page.getByRole("link", { name: "API keys" }).click();
  await assertSound(page);
  await page.getByLabel("Name").fill("Progress bot");
  await page.getByRole("button", { name: "Make key" }).click();
  await page.getByText("Choose at least one thing that the key may do.").first().waitFor();
  expect(await page.getByLabel("Name").inputValue(), "nothing typed is lost").toBe("Progress bot");
  await page.getByLabel("List studies and read their settings").check();
  await page.getByRole("button", { name: "Make key" }).click();
  const shown = page.locator("code", { hasText: /^twk_[\w-]{43}$/ });
  const key = (await shown.textContent()) ?? "";
  await assertSound(page);
  expect((await call(key, "GET", "/studies")).status).toBe(200);
  expect((await call(key, "POST", "/studies", { name: "No" })).status).toBe(403);
  await page.reload();
  expect(await shown.count()).toBe(0);
  await page.getByRole("button", { name: /Revoke the key Progress bot/ }).click();
  await page.getByText("stopped working at once").waitFor();
  expect((await call(key, "GET", "/studies")).status).toBe(401);
  expect(problems.filter((p) => !/\b(422)\b/.test(p))).toEqual([]);
  await context.close();
});

test("a coordinator adds a webhook, tries it out, and reads what became of the message", async () => {
  const { page, problems, context } = await openTab(browser, app, { width: 390, height: 844 });
  await signIn(page, "coordinator");
  await page.getByRole("link", { name: /Demo/ }).first().click();
  await page.getByRole("link", { name: "Webhooks" }).click();
  await page.getByLabel("Address").fill("http://example.org/hook");
  await page.getByRole("button", { name: "Add webhook" }).click();
  await page.getByText("Use an address that starts with https://.").waitFor();
  await page.getByLabel("Address").fill(receiver.url);
  await page.getByRole("button", { name: "Add webhook" }).click();
  const secret = (await page.locator("code", { hasText: /^whsec_/ }).textContent()) ?? "";
  await assertSound(page);
  await page.getByRole("link", { name: receiver.url }).click();
  // The list has a form of the same fields.
  await page.getByRole("button", { name: "Send a test" }).waitFor();
  await page.getByLabel("Description").fill("half a sentence");
  await page.getByRole("button", { name: "Send a test" }).click();
  await expect.poll(() => receiver.received.length, { timeout: 10_000 }).toBe(1);
  await page.getByText("A test message is on its way").waitFor();
  expect(await page.getByLabel("Description").inputValue()).toBe("half a sentence");
  const [message] = receiver.received;
  if (!message) throw new Error("nothing arrived");
  expect(verifyWebhook(secret, message, Date.now())).toMatchObject({ type: "webhook.test" });
  await expect
    .poll(async () => {
      await page.reload();
      return page.getByText("Answered 200").count();
    })
    .toBe(1);
  await assertSound(page);
  const remove = page.getByRole("button", { name: "Delete with its messages" });
  expect(await remove.isVisible()).toBe(false);
  await page.getByText("Delete this webhook").click();
  await remove.click();
  await page.getByText(receiver.url).waitFor({ state: "detached" });
  expect(problems.filter((p) => !/\b(422)\b/.test(p))).toEqual([]);
  await context.close();

  const plain = await openTab(browser, app, { javaScriptEnabled: false });
  await signIn(plain.page, "coordinator");
  await plain.page.getByRole("link", { name: /Demo/ }).first().click();
  await plain.page.getByRole("link", { name: "Webhooks" }).click();
  await plain.page.getByLabel("Address").fill(receiver.url);
  await plain.page.getByRole("button", { name: "Add webhook" }).click();
  await plain.page.getByRole("link", { name: receiver.url }).click();
  await plain.page.getByLabel("Description").fill("half a sentence");
  await plain.page.getByRole("button", { name: "New secret" }).click();
  expect(await plain.page.getByLabel("Description").inputValue()).toBe("half a sentence");
  await plain.context.close();
});

test("the documentation can be read by anybody, without scripts too, and on a phone", async () => {
  const { page, context } = await openTab(browser, app, {
    width: 390,
    height: 844,
    javaScriptEnabled: false,
  });
  await page.goto("/api/docs");
  await page.getByRole("heading", { level: 1, name: "API" }).waitFor();
  expect(await page.getByText("/studies/{studyId}/progress", { exact: true }).count()).toBe(1);
  await context.close();
  const wide = await openTab(browser, app);
  await wide.page.goto("/api/docs");
  await assertSound(wide.page);
  expect(wide.problems).toEqual([]);
  await wide.context.close();
  const document = await fetch(`${app.url}/api/v1/openapi.json`).then((r) => r.json());
  expect(document).toMatchObject({ openapi: "3.1.0", servers: [{ url: `${app.url}/api/v1` }] });
});

test("a cookie is no way in, and a key needs no page to come from", async () => {
  const client = new HttpClient(app.url);
  await client.signIn(DEMO.coordinator, DEMO_PASSWORD);
  expect((await client.get("/api/v1/studies")).status).toBe(401);
  const key = await keyOf("coordinator", "studies:read,studies:write");
  const made = await call(key, "POST", "/studies", { name: "By program" });
  expect(made.status).toBe(201);
  expect(made.headers.get("set-cookie")).toBeNull();
  expect(made.headers.get("access-control-allow-origin")).toBeNull();
  const page = await fetch(`${app.url}/console`, {
    headers: { authorization: `Bearer ${key}` },
    redirect: "manual",
  });
  expect(page.status, "a key opens no page").toBe(303);
});

test("every refusal is a problem document, whatever is sent", async () => {
  const key = await keyOf("coordinator", "studies:read,studies:write");
  const refusals = [
    await call(key, "PUT", "/studies"),
    await call(key, "OPTIONS", "/studies"),
    await call(key, "GET", "/nothing/here"),
    await call(key, "GET", ""),
    await call(null, "GET", "/studies"),
    await call(key, "POST", "/studies", { name: "x".repeat(3 * 1024 * 1024) }),
    await call(key, "POST", "/studies", { name: 1 }),
    await call(key, "DELETE", "/studies"),
  ];
  expect(refusals.map((r) => r.status)).toEqual([405, 405, 404, 404, 401, 413, 422, 405]);
  for (const reply of refusals) expect(reply.headers.get("content-type")).toBe("application/problem+json");
  expect(refusals[0]?.headers.get("allow")).toBe("GET, POST");
});
