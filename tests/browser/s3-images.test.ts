import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { DEMO, DEMO_PASSWORD, startApp, type TestApp } from "../support/app.ts";
import { launchBrowser } from "../support/chromium.ts";
import { type FaultProxy, startFaultProxy } from "../support/fault-proxy.ts";
import { HttpClient } from "../support/http-client.ts";
import { openTab, signIn, waitForSlate } from "../support/rater-browser.ts";
import { createBucket, s3Env, type TestS3 } from "../support/s3-server.ts";

const s3 = inject("s3");

describe.skipIf(s3 === null)("images in S3", () => {
  const server = s3 as TestS3;
  let browser: Browser;
  let app: TestApp;
  let proxy: FaultProxy;
  beforeAll(async () => {
    const bucket = await createBucket(server);
    proxy = await startFaultProxy(server.endpoint);
    [app, browser] = await Promise.all([
      startApp({
        env: {
          ...s3Env(server, bucket),
          S3_ENDPOINT: proxy.endpoint,
          S3_PUBLIC_ENDPOINT: server.endpoint,
          S3_PRESIGNED: "60",
        },
      }),
      launchBrowser(),
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    await proxy?.stop();
  });

  test("short-lived links: the page keeps our address, the browser is sent on, and can come back at any time", async () => {
    const { page, context, problems } = await openTab(browser, app);
    const fromStore: { url: string; headers: Record<string, string> }[] = [];
    page.on("request", (request) => {
      if (request.url().startsWith(server.endpoint)) {
        fromStore.push({ url: request.url(), headers: request.headers() });
      }
    });
    await signIn(page, "rater");
    await page.getByRole("button", { name: /start/i }).first().click();
    await page.getByRole("button", { name: "I understand, begin" }).click();
    await page.getByRole("textbox", { name: "Your prompt" }).fill("a lighthouse in a storm");
    await page.getByRole("button", { name: "Show me images" }).click();
    await waitForSlate(page, 1);

    const sources = await page
      .locator("img")
      .evaluateAll((all) => all.map((i) => i.getAttribute("src") ?? ""));
    expect(new Set(sources.map((src) => src.replace(/img_[a-z0-9]+/, "…")))).toEqual(new Set(["/images/…"]));
    expect(fromStore.length).toBeGreaterThanOrEqual(16);
    for (const { url, headers } of fromStore) {
      expect(new URL(url).pathname).toMatch(/^\/[^/]+\/std_[a-z0-9]+\/[0-9a-f]{64}$/);
      expect([headers.referer ?? "", headers.cookie ?? ""]).toEqual(["", ""]);
    }

    // A browser that has forgotten everything gets fresh links for the same addresses.
    const before = fromStore.length;
    const cdp = await context.newCDPSession(page);
    await cdp.send("Network.clearBrowserCache");
    await page.reload();
    await waitForSlate(page, 1);
    expect(fromStore.length).toBeGreaterThanOrEqual(before + 16);
    expect(problems).toEqual([]);
    await context.close();
  });

  test("the way to the store is remembered for less than half of what the link lives, by its rater only", async () => {
    const rater = new HttpClient(app.url);
    await rater.signIn(DEMO.rater, DEMO_PASSWORD);
    const home = await rater.get("/rate");
    const [turn = ""] = /\/rate\/asg_[a-z0-9]+/.exec(home.text) ?? [];
    const page = await rater.get(`${turn}/turns/1`);
    const [src = ""] = /\/images\/img_[a-z0-9]+/.exec(page.text) ?? [];
    const sent = await rater.get(src);
    expect(sent.status).toBe(302);
    const [, seconds] = /^private, max-age=(\d+)$/.exec(sent.headers.get("cache-control") ?? "") ?? [];
    expect(Number(seconds)).toBeGreaterThanOrEqual(15);
    expect(Number(seconds)).toBeLessThanOrEqual(30);
    const image = await fetch(sent.headers.get("location") ?? "");
    expect([image.status, image.headers.get("content-type")]).toEqual([200, "image/webp"]);
    expect((await new HttpClient(app.url).get(src)).status).toBe(401);
    const policy = page.headers.get("content-security-policy") ?? "";
    expect(policy).toContain(`img-src 'self' data: blob: ${server.endpoint};`);
  });

  test("while the store is away the process says that it is not ready, and recovers by itself", async () => {
    proxy.set({ kind: "reset" });
    const status = async () => (await fetch(`${app.url}/health/ready`)).status;
    await expect.poll(status, { timeout: 20_000, interval: 500 }).toBe(503);
    expect(app.output()).toMatch(/connection to http.* broke off/);
    proxy.set({ kind: "none" });
    await expect.poll(status, { timeout: 20_000, interval: 500 }).toBe(200);
  });
});

test.skipIf(s3 === null)("a server with a wrong secret does not start, and says so in one line", async () => {
  const server = s3 as TestS3;
  const env = { ...s3Env(server, await createBucket(server)), S3_SECRET_ACCESS_KEY: "hunter2-hunter2" };
  const refusal = await startApp({ env }).then(
    async (app) => {
      await app.stop();
      return "it started";
    },
    (error: Error) => error.message,
  );
  const [first, ...rest] = refusal.trim().split("\n");
  expect(first).toBe("the server ended with 1:");
  expect(rest).toEqual([
    expect.stringMatching(/^turnwise: .* refused the signature. Check S3_SECRET_ACCESS_KEY/),
  ]);
  expect(refusal).not.toContain("hunter2");
});
