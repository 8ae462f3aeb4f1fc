import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, CDPSession, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startApp, type TestApp } from "../support/app.ts";
import { launchBrowser } from "../support/chromium.ts";
import { openTab, signIn, type Tab, waitForSlate } from "../support/rater-browser.ts";

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

const dialog = (page: Page) => page.locator("dialog[open]").last();
const boxes = (page: Page) => dialog(page).locator("[data-box]");
const expectTitle = (page: Page, title: string) =>
  expect.poll(() => dialog(page).getByRole("heading").first().innerText()).toBe(title);
/** How the boxes' images are moved and grown; one text where all are alike. */
const views = (page: Page) =>
  boxes(page)
    .locator("img")
    .evaluateAll((images) => [...new Set(images.map((image) => image.style.transform))]);
const scaleOf = async (page: Page) => Number(/scale\(([\d.]+)\)/.exec((await views(page))[0] ?? "")?.[1]);

/** All tests go on in one tab: only one may work on a task. */
let tab: Tab;

async function beginTask(): Promise<Page> {
  tab = await openTab(browser, app, { hasTouch: true });
  const { page } = tab;
  await signIn(page, "rater");
  await page.getByRole("button", { name: /start/i }).first().click();
  await page.getByRole("button", { name: "I understand, begin" }).click();
  await page.getByRole("textbox", { name: "Your prompt" }).fill("a red fox beside a mountain lake");
  await page.getByRole("button", { name: "Show me images" }).click();
  await waitForSlate(page, 1);
  return page;
}

/** The tab as it is at the beginning of a test. */
async function atTurnTwo(width = 1440, height = 900): Promise<Page> {
  const { page } = tab;
  await page.setViewportSize({ width, height });
  await page.reload();
  await waitForSlate(page, 2);
  // From here on the page acts on what is done to it.
  await expect.poll(() => page.locator(".veiled-for-now").count(), { timeout: 10_000 }).toBe(0);
  return page;
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map((n) => n.html) }))).toEqual([]);
}

describe("looking closely, one test after the other in one task", () => {
  test("a whole turn by keys alone: select, compare, zoom together, pick, confirm", async () => {
    const page = await beginTask();
    await page.keyboard.press("2");
    await page.keyboard.press("ArrowRight");
    await expect
      .poll(() => page.getByRole("radio", { name: "Column 3", exact: true }).isChecked())
      .toBe(true);
    const before = await page.evaluate(() => document.activeElement?.id);

    await page.keyboard.press("Space");
    await expect.poll(() => boxes(page).count()).toBe(4);
    await expectTitle(page, "Column 3, all images");
    await page.keyboard.press("+");
    await page.keyboard.press("ArrowRight");
    expect(await views(page)).toHaveLength(1);
    await expect.poll(() => scaleOf(page)).toBe(1.5);
    await expect.poll(async () => (await views(page))[0]).toContain("translate(-15%");
    await page.keyboard.press("0");
    await expect.poll(() => scaleOf(page)).toBe(1);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Space");
    await expectTitle(page, "One image of each column");
    expect(
      await dialog(page)
        .getByRole("button", { name: "Column 3: compare image B" })
        .getAttribute("aria-pressed"),
    ).toBe("true");
    expect(await boxes(page).count()).toBe(4);
    await expectAccessible(page);
    await page.keyboard.press("4");
    await expect
      .poll(() => page.getByRole("radio", { name: "Column 4", exact: true, includeHidden: true }).isChecked())
      .toBe(true);

    // However often one presses Tab, the focus stays in the dialog or goes to the browser's own controls.
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press("Tab");
      const inside = await page.evaluate(
        () =>
          document.activeElement === document.body ||
          document.activeElement?.closest("dialog[open]") !== null,
      );
      expect(inside).toBe(true);
    }
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator("dialog[open]").count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe(before);
    await page.keyboard.press("Control+1");
    expect(await page.getByRole("radio", { name: "Column 4", exact: true }).isChecked()).toBe(true);
    await page.keyboard.press("Enter");
    await waitForSlate(page, 2);
    expect(tab.problems).toEqual([]);
  });

  test("the sheet lists what works here, by its button and by its key", async () => {
    const { page } = tab;
    await page.goto("/rate");
    await page.getByRole("heading", { level: 1, name: /^Hello/ }).waitFor();
    const sheet = page.getByRole("dialog", { name: "Keys" });
    const caps = () => sheet.locator("kbd").allInnerTexts();
    await page.getByRole("button", { name: "Keyboard help" }).click();
    expect(await caps()).toEqual(["Tab", "Esc", "?"]);
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "Resume" }).first().click();
    await waitForSlate(page, 2);
    await page.keyboard.press("?");
    expect(await caps()).toEqual(["1 – 4", "← →", "Enter", "Space", "C", "Tab", "Esc", "?"]);
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Space");
    await boxes(page).first().waitFor();
    await page.keyboard.press("?");
    await expect.poll(() => caps()).toContain("+ −");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator("dialog[open]").count()).toBe(0);
    expect(tab.problems).toEqual([]);
  });

  test("wheel, drag and double click; every pixel on demand; earlier turns large", async () => {
    const page = await atTurnTwo();
    const picture = await page.locator("main img").first().boundingBox();
    await page.mouse.dblclick((picture?.x ?? 0) + 60, (picture?.y ?? 0) + 60);
    await boxes(page).first().waitFor();
    const rect = await boxes(page).first().boundingBox();
    const x = (rect?.x ?? 0) + (rect?.width ?? 0) / 2;
    const y = (rect?.y ?? 0) + (rect?.height ?? 0) / 2;
    await page.mouse.move(x, y);
    await page.mouse.wheel(0, -600);
    await expect.poll(() => scaleOf(page)).toBeGreaterThan(2);
    await page.mouse.down();
    await page.mouse.move(x + 100, y + 40, { steps: 4 });
    await page.mouse.up();
    expect((await views(page))[0]).toMatch(/translate\([\d.]+%, [\d.]+%\)/);
    const full = page.waitForResponse((response) => response.url().endsWith("/full"));
    await dialog(page).getByRole("button", { name: "Full size" }).click();
    expect((await full).headers()["content-type"]).toBe("image/webp");
    await dialog(page).locator("img[src$='/full']").waitFor();
    await page.mouse.dblclick(x, y);
    await expect.poll(() => scaleOf(page)).toBe(1);
    await page.keyboard.press("Escape");

    await page.getByRole("button", { name: "Look back" }).click();
    expect(await dialog(page).getByText("Your choice").count()).toBe(1);
    await expectAccessible(page);
    await dialog(page).getByRole("link", { name: "Enlarge column 2, image A" }).click();
    await expectTitle(page, "Turn 1, column 2, image A");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator("dialog[open]").count()).toBe(0);
    expect(tab.problems).toEqual([]);
  });

  test("on a phone: columns are swiped, two fingers zoom, one finger goes on", async () => {
    const page = await atTurnTwo(390, 844);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    const image = await page.locator("main img").first().boundingBox();
    expect(image?.width).toBeGreaterThan(150);
    await expectAccessible(page);
    await page.getByRole("link", { name: "Enlarge column 1, image A" }).tap();
    await boxes(page).first().waitFor();
    expect(
      await dialog(page).evaluate((element) => {
        const controls = [...element.querySelectorAll("button")].filter((button) => button.offsetWidth > 0);
        return controls.filter((button) => button.getBoundingClientRect().right > innerWidth).length;
      }),
    ).toBe(0);
    const touch = await page.context().newCDPSession(page);
    await swipe(touch, { from: [300, 400], to: [80, 400] });
    await expectTitle(page, "Column 2, image A");
    await spread(touch, { at: [195, 400], from: 40, to: 120 });
    await expect.poll(() => scaleOf(page)).toBeGreaterThan(2.5);
    const zoomed = await views(page);
    await swipe(touch, { from: [300, 400], to: [200, 380] });
    await expect.poll(() => views(page)).not.toEqual(zoomed);
    await expectTitle(page, "Column 2, image A");
    await expectAccessible(page);
    await dialog(page).getByRole("button", { name: "Close" }).tap();
    expect(tab.problems).toEqual([]);
  });

  test("nothing moves while the images of a slate come in", async () => {
    const { page } = tab;
    await page.addInitScript(() => {
      const shifts = { sum: 0, of: [] as string[] };
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as unknown as LayoutShift[]) {
          shifts.sum += entry.value;
          for (const { node } of entry.sources) {
            shifts.of.push(`${entry.value.toFixed(4)} ${(node as Element | null)?.outerHTML?.slice(0, 200)}`);
          }
        }
      }).observe({ type: "layout-shift", buffered: true });
    });
    await page.route("**/images/*", async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      await route.continue();
    });
    for (const [width, height] of [
      [1440, 900],
      [390, 844],
    ] as const) {
      await atTurnTwo(width, height);
      await page.waitForTimeout(300);
      const { sum, of } = await page.evaluate(
        () => (window as unknown as { shifts: { sum: number; of: string[] } }).shifts,
      );
      expect(sum, of.join("\n")).toBeLessThanOrEqual(0.02);
    }
    await page.unroute("**/images/*");
  });

  test("without scripts each image is a link to all of its pixels", async () => {
    const { page } = await openTab(browser, app, { javaScriptEnabled: false });
    await signIn(page, "rater");
    await page.getByRole("link", { name: "Resume" }).first().click();
    const link = page.getByRole("link", { name: "Enlarge column 1, image A" }).first();
    const reply = await page.request.get((await link.getAttribute("href")) ?? "");
    expect([reply.status(), reply.headers()["content-type"]]).toEqual([200, "image/webp"]);
    await page.context().close();
  });
});

interface LayoutShift {
  value: number;
  sources: { node: Node | null }[];
}

type At = [x: number, y: number];

async function touches(touch: CDPSession, type: "touchStart" | "touchMove" | "touchEnd", points: At[]) {
  const touchPoints = points.map(([x, y], id) => ({ x, y, id }));
  await touch.send("Input.dispatchTouchEvent", { type, touchPoints });
}

async function swipe(touch: CDPSession, { from, to }: { from: At; to: At }): Promise<void> {
  await touches(touch, "touchStart", [from]);
  for (const part of [0.25, 0.5, 0.75, 1]) {
    await touches(touch, "touchMove", [
      [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part],
    ]);
  }
  await touches(touch, "touchEnd", []);
}

async function spread(
  touch: CDPSession,
  { at: [x, y], from, to }: { at: At; from: number; to: number },
): Promise<void> {
  await touches(touch, "touchStart", [
    [x - from, y],
    [x + from, y],
  ]);
  for (const part of [0.25, 0.5, 0.75, 1]) {
    const apart = from + (to - from) * part;
    await touches(touch, "touchMove", [
      [x - apart, y],
      [x + apart, y],
    ]);
  }
  await touches(touch, "touchEnd", []);
}
