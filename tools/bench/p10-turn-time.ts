import { once } from "node:events";
import { join } from "node:path";
import { eq, inArray } from "drizzle-orm";
import { type Browser, type BrowserContext, chromium } from "playwright-core";
import { DEMO_PASSWORD } from "../../app/server/seed-demo.server.ts";
import { createUser } from "../../app/services/identity/create-user.server.ts";
import { openStore } from "../../db/store.ts";
import { CHROMIUM_FLAGS } from "../../tests/support/chromium-flags.ts";
import { launch } from "../../tests/support/launch.ts";
import { freePort } from "../../tests/support/ports.ts";
import { startPostgres } from "../../tests/support/postgres.ts";
import {
  modelEnv,
  type ScriptedServer,
  startGemini,
  startSdWebUi,
} from "../../tests/support/providers/index.ts";
import { createBucket, s3Env, startS3Server } from "../../tests/support/s3-server.ts";
import { findChromium } from "../run/lib/machine.mjs";
import { openBenchContext } from "./context.ts";
import { median } from "./measure.ts";
import { makePhotograph } from "./photograph.ts";

export const AGENT_MS = 2_000;
export const IMAGE_MS = 5_000;
export const IMAGES_AT_ONCE = 8;
const IMAGE_PX = 1024;
const IMAGES = 16;
const TURNS = 5;
const SESSIONS = Number(process.env.BENCH_SESSIONS ?? 3);
const IDEAL_MS = AGENT_MS + Math.ceil(IMAGES / IMAGES_AT_ONCE) * IMAGE_MS;

export interface TurnTime {
  turns: number;
  idealMs: number;
  /** Medians of the turn's time (asked for until ready) ÷ the ideal critical path, and its extremes. */
  ratio: number;
  ratioLow: number;
  ratioHigh: number;
  /** Milliseconds from the last byte of the last image upstream until the whole slate is seen by a rater. */
  visibleP50: number;
  visibleP95: number;
  visibleMax: number;
  /** Of these, until the turn is ready in the database. */
  storedP50: number;
}

/** P10 and P11 on a folder and SQLite. */
export async function benchTurnTimeLocal(dir: string): Promise<TurnTime> {
  return measure({ DATABASE_URL: `file:${join(dir, "p10.db")}`, DATA_DIR: dir });
}

/** P10 and P11 on S3 and PostgreSQL. */
export async function benchTurnTimeS3(dir: string): Promise<TurnTime> {
  const [postgres, s3] = await Promise.all([startPostgres(), startS3Server()]);
  try {
    const bucket = await createBucket(s3);
    const DATABASE_URL = await postgres.createDatabase();
    return await measure({ DATABASE_URL, DATA_DIR: dir, ...s3Env(s3, bucket) });
  } finally {
    await Promise.all([postgres.stop(), s3.stop()]);
  }
}

/** Whole interaction phases by a rater in Chromium, one after another, on scripted services that take their time. */
async function measure(env: Record<string, string>): Promise<TurnTime> {
  const photographs = await Promise.all(Array.from({ length: IMAGES }, () => makePhotograph(IMAGE_PX)));
  const [lmm, t2i] = await Promise.all([
    startGemini({ latencyMs: AGENT_MS }),
    startSdWebUi({
      latencyMs: IMAGE_MS,
      painter: async (_prompt, seed) => photographs[seed % IMAGES] as Buffer,
    }),
  ]);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const settings = {
    ...env,
    HOST: "127.0.0.1",
    PORT: String(port),
    LOG_LEVEL: "error",
    TURNWISE_DEMO: "1",
    ...modelEnv("lmm", lmm),
    ...modelEnv("t2i", t2i, { CONCURRENCY: String(IMAGES_AT_ONCE), SIZE_PX: String(IMAGE_PX) }),
  };
  const { child } = await launch({ ...process.env, ...settings });
  const executablePath = findChromium();
  if (!executablePath) throw new Error("there is no Chromium to look at the slates with");
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
  try {
    const emails = await prepareStudy(settings);
    const seen: Seen[] = [];
    for (const email of emails) seen.push(...(await rate(browser, url, email, t2i)));
    return summarise(seen, await turnTimes(env.DATABASE_URL as string));
  } finally {
    await browser.close();
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
    await Promise.all([lmm.close(), t2i.close()]);
  }
}

interface Seen {
  lastImageAtMs: number;
  visibleAtMs: number;
}

/** Lets the demo study use the scripted services, with a rater for each session. */
async function prepareStudy(env: Record<string, string>): Promise<string[]> {
  const { ctx, close } = await openBenchContext(env.DATABASE_URL as string, env.DATA_DIR as string, env);
  const { arms, studyRaters, studies } = ctx.store.t;
  const agent = { generator: "lmm", selector: "random", t2iModel: "t2i" };
  await ctx.store.tx((tx) => tx.update(arms).set({ agent }));
  const [study] = await ctx.store.read.select().from(studies).where(eq(studies.name, DEMO_STUDY));
  if (!study) throw new Error("there is no demo study");
  const emails: string[] = [];
  for (let i = 0; i < SESSIONS; i++) {
    const email = `bench-${i}@bench.invalid`;
    const { raterId } = await createUser(ctx, {
      email,
      name: "Bench",
      role: "rater",
      password: DEMO_PASSWORD,
    });
    const row = { studyId: study.id, raterId: raterId as string, addedAtMs: Date.now() };
    await ctx.store.tx((tx) => tx.insert(studyRaters).values(row));
    emails.push(email);
  }
  await close();
  return emails;
}
const DEMO_STUDY = "Demo: five turns to your picture";

/**
 * Notes when a slate can be seen: every image is decoded, none is veiled, and a frame has been drawn with them. Runs in
 * the page.
 */
function watchSlates(images: number): void {
  const noted = new Map<string, number>();
  (window as unknown as { slatesSeen: Map<string, number> }).slatesSeen = noted;
  const old = new Set<string>();
  const look = () => {
    const place = location.pathname;
    const pictures = [...document.querySelectorAll<HTMLImageElement>(".slate img")];
    const shown = pictures.filter(
      (img) =>
        img.complete &&
        img.naturalWidth > 0 &&
        getComputedStyle(img).visibility === "visible" &&
        !/(^| )veiled/.test(img.className),
    );
    // For a moment the address may be the next turn's while the last one's slate still stands there.
    const isNew = shown.length === images && pictures.length === images && !shown.some((i) => old.has(i.src));
    if (isNew) {
      for (const { src } of shown) old.add(src);
      // The next frame has them on the screen.
      requestAnimationFrame(() => noted.set(place, Date.now()));
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

async function rate(browser: Browser, url: string, email: string, t2i: ScriptedServer): Promise<Seen[]> {
  const context: BrowserContext = await browser.newContext({
    baseURL: url,
    viewport: { width: 1440, height: 900 },
  });
  const page = await context.newPage();
  await page.addInitScript(watchSlates, IMAGES);
  await page.goto("/sign-in");
  await page.getByLabel(/e-?mail/i).fill(email);
  await page.getByLabel("Password", { exact: true }).fill(DEMO_PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: /start/i }).first().click();
  await page.getByRole("button", { name: "I understand, begin" }).click();
  await page
    .getByRole("textbox", { name: "Your prompt" })
    .fill("an ancient Egyptian temple with hieroglyphs");
  await page.getByRole("button", { name: "Show me images" }).click();
  const seen: Seen[] = [];
  for (let turn = 1; turn <= TURNS; turn++) {
    await page.waitForURL(`**/turns/${turn}`);
    const visibleAtMs = await page
      .waitForFunction(
        () => (window as unknown as { slatesSeen: Map<string, number> }).slatesSeen.get(location.pathname),
        undefined,
        { timeout: 60_000 },
      )
      .then((handle) => handle.jsonValue());
    seen.push({
      lastImageAtMs: Math.max(...t2i.calls.map((call) => call.endedAtMs ?? 0)),
      visibleAtMs: visibleAtMs as number,
    });
    if (turn === TURNS) break;
    await page
      .locator("label:has(input[name=columnId])")
      .first()
      .click({ position: { x: 8, y: 8 } });
    await page.getByRole("button", { name: /^Confirm/ }).click();
  }
  await context.close();
  return seen;
}

async function turnTimes(databaseUrl: string) {
  const store = await openStore(databaseUrl);
  const { turns } = store.t;
  const rows = await store.read
    .select({ requestedAtMs: turns.requestedAtMs, readyAtMs: turns.readyAtMs })
    .from(turns)
    .where(inArray(turns.status, ["ready", "chosen"]))
    .orderBy(turns.requestedAtMs);
  await store.close();
  return rows.map((row) => ({ requestedAtMs: row.requestedAtMs, readyAtMs: row.readyAtMs as number }));
}

function summarise(seen: Seen[], turns: Awaited<ReturnType<typeof turnTimes>>): TurnTime {
  if (turns.length !== seen.length) throw new Error(`${seen.length} of ${turns.length} slates were seen`);
  const sorted = (values: number[]) => values.sort((a, b) => a - b);
  const ratios = sorted(turns.map((t) => (t.readyAtMs - t.requestedAtMs) / IDEAL_MS));
  const visible = sorted(seen.map((s) => s.visibleAtMs - s.lastImageAtMs));
  const stored = turns.map((t, i) => t.readyAtMs - (seen[i]?.lastImageAtMs ?? Number.NaN));
  return {
    turns: turns.length,
    idealMs: IDEAL_MS,
    ratio: median(ratios),
    ratioLow: ratios[0] ?? Number.NaN,
    ratioHigh: ratios.at(-1) ?? Number.NaN,
    visibleP50: median(visible),
    visibleP95: visible[Math.ceil(visible.length * 0.95) - 1] ?? Number.NaN,
    visibleMax: visible.at(-1) ?? Number.NaN,
    storedP50: median(stored),
  };
}
