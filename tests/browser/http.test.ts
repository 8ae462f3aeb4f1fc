import { request as rawRequest } from "node:http";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStore } from "../../db/store.ts";
import { DEMO, DEMO_PASSWORD, startApp, type TestApp } from "../support/app.ts";
import { fieldValues, HttpClient } from "../support/http-client.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app?.stop());

async function signedIn(who: keyof typeof DEMO): Promise<HttpClient> {
  const client = new HttpClient(app.url);
  await client.signIn(DEMO[who], DEMO_PASSWORD);
  return client;
}

const uid = () => crypto.randomUUID();

/** A rater who was just invited to the demo study and has signed in through the link. */
async function newRater(): Promise<HttpClient> {
  const coordinator = await signedIn("coordinator");
  const list = await coordinator.get("/console");
  const [studyPath = ""] = /\/console\/studies\/std_[a-z0-9]+/.exec(list.text) ?? [];
  const invited = await coordinator.post(`${studyPath}/raters`, {
    intent: "invite",
    emails: `${uid()}@example.test`,
    source: "human",
    submissionId: uid(),
  });
  const [link = ""] = /\/invite\/[\w-]+/.exec(invited.text) ?? [];
  const rater = new HttpClient(app.url);
  const accepted = await rater.post(link, { name: "Lou", password: "a good password" });
  expect(accepted.status).toBe(303);
  return rater;
}

/** A rater in front of the first ready slate. */
async function atFirstSlate(client: HttpClient): Promise<{ path: string; page: string }> {
  const home = await client.get("/rate");
  const [studyId = ""] = fieldValues(home.text, "studyId");
  const started = await client.post("/rate", { intent: "start", studyId, submissionId: uid() });
  const base = (started.headers.get("location") ?? "").split("/").slice(0, 3).join("/");
  await client.post(`${base}/instructions`, { submissionId: uid() });
  await client.post(`${base}/prompt`, { prompt: "a white cat sleeping on a red sofa", submissionId: uid() });
  for (let i = 0; i < 300; i++) {
    const progress = await client.get(`${base}/turns/1/progress`);
    if (JSON.parse(progress.text).status === "ready") break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const page = await client.get(`${base}/turns/1`);
  return { path: base, page: page.text };
}

/** A request that fetch would not send as it is. */
function raw(options: { method: string; path: string; headers?: Record<string, string>; body?: string }) {
  return new Promise<number>((resolve, reject) => {
    const { port, hostname } = new URL(app.url);
    const req = rawRequest({ hostname, port, ...options }, (res) => {
      res.resume();
      res.on("end", () => resolve(res.statusCode ?? 0));
    });
    req.on("error", reject);
    if (options.body !== undefined) req.write(options.body);
    req.end();
  });
}

describe("guards", () => {
  test("every page carries the security headers, with a fresh nonce", async () => {
    const client = new HttpClient(app.url);
    const [first, second] = [await client.get("/sign-in"), await client.get("/sign-in")];
    const policy = first.headers.get("content-security-policy") ?? "";
    expect(policy).toMatch(/script-src 'self' 'nonce-[^']+'/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("object-src 'none'");
    expect(policy).not.toBe(second.headers.get("content-security-policy"));
    expect(first.headers.get("x-content-type-options")).toBe("nosniff");
    expect(first.headers.get("x-powered-by")).toBeNull();
  });

  test.each([
    ["another site", { origin: "https://evil.test" }],
    ["another site, said by the browser", { origin: "https://evil.test", "sec-fetch-site": "cross-site" }],
    ["a sibling site", { "sec-fetch-site": "same-site" }],
    ["nobody knows where", {}],
  ])("a form from %s is refused on pages and on resource routes", async (_who, headers) => {
    for (const path of ["/sign-in", "/theme", "/rate", "/rate/asg_x/drafts", "/console/studies/new"]) {
      const status = await raw({
        method: "POST",
        path,
        headers: { "content-type": "application/x-www-form-urlencoded", "content-length": "3", ...headers },
        body: "a=b",
      });
      expect([path, status]).toEqual([path, 403]);
    }
  });

  test("a body that is too big, or of unsaid size, is refused before it is read", async () => {
    const headers = { origin: app.url, "content-type": "application/x-www-form-urlencoded" };
    const big = { ...headers, "content-length": String(200 * 1024 * 1024) };
    expect(await raw({ method: "POST", path: "/sign-in", headers: big, body: "a=b" })).toBe(413);
    const chunked = { ...headers, "transfer-encoding": "chunked" };
    expect(await raw({ method: "POST", path: "/sign-in", headers: chunked, body: "a=b" })).toBe(411);
  });

  test.each(["application/json", "text/plain", ""])("a form of type %j is refused", async (type) => {
    const rater = await signedIn("rater");
    const { status } = await rater.request("/rate", {
      method: "POST",
      body: Buffer.from('{"intent":"start"}'),
      headers: { "content-type": type },
    });
    expect(status).toBe(415);
  });
});

describe("roles", () => {
  const area = { rater: "/rate", coordinator: "/console", researcher: "/data" };
  const allowed: Record<keyof typeof area, string[]> = {
    rater: ["/rate"],
    coordinator: ["/console"],
    researcher: ["/data"],
  };

  test.each(Object.keys(area) as (keyof typeof area)[])("a %s sees their own area only", async (who) => {
    const client = await signedIn(who);
    for (const path of Object.values(area)) {
      const { status } = await client.get(path);
      expect([path, status]).toEqual([path, allowed[who].includes(path) ? 200 : 403]);
    }
  });

  test("a visitor is sent to sign in and comes back to where they wanted to go", async () => {
    const client = new HttpClient(app.url);
    for (const path of ["/rate", "/console", "/data"]) {
      const { status, headers } = await client.get(path);
      expect([status, headers.get("location")]).toEqual([303, `/sign-in?next=${encodeURIComponent(path)}`]);
    }
    const back = await client.post("/sign-in", { email: DEMO.rater, password: DEMO_PASSWORD, next: "/rate" });
    expect(back.headers.get("location")).toBe("/rate");
    const away = new HttpClient(app.url);
    for (const next of ["https://evil.test/", "//evil.test", "/\\evil.test"]) {
      const reply = await away.post("/sign-in", { email: DEMO.rater, password: DEMO_PASSWORD, next });
      expect(new URL(reply.headers.get("location") ?? "", app.url).origin).toBe(app.url);
    }
  });
});

describe("images", () => {
  test("are the rater's own, immutable, revalidated by hash, and served by range", async () => {
    const rater = await signedIn("rater");
    const { page } = await atFirstSlate(rater);
    const [src = ""] = /\/images\/img_[a-z0-9]+/.exec(page) ?? [];
    const whole = await rater.get(src);
    expect(whole.status).toBe(200);
    expect(whole.headers.get("content-type")).toBe("image/webp");
    expect(whole.headers.get("cache-control")).toBe("private, max-age=31536000, immutable");
    const etag = whole.headers.get("etag") ?? "";
    expect(etag).toMatch(/^"[0-9a-f]{64}"$/);
    const size = Number(whole.headers.get("content-length"));
    expect((await rater.request(src, { headers: { "if-none-match": etag } })).status).toBe(304);
    const part = await rater.request(src, { headers: { range: "bytes=10-19" } });
    expect([part.status, part.headers.get("content-range")]).toEqual([206, `bytes 10-19/${size}`]);
    const full = rater.received.find((r) => r.path === src)?.body ?? Buffer.alloc(0);
    expect(rater.received.at(-1)?.body.equals(full.subarray(10, 20))).toBe(true);
    expect((await rater.request(src, { headers: { range: `bytes=${size}-` } })).status).toBe(416);
    expect((await new HttpClient(app.url).get(src)).status).toBe(401);
    expect((await rater.get(`${src}/original`)).status).toBe(403);
    expect((await (await signedIn("coordinator")).get(`${src}/original`)).headers.get("content-type")).toBe(
      "image/png",
    );
    expect((await rater.get("/images/img_unknown")).status).toBe(404);
  });
});

describe("bad input", () => {
  test("never makes a 5xx, on any route, by any method", async () => {
    const clients = [new HttpClient(app.url), await signedIn("rater"), await signedIn("coordinator")];
    const ids = ["asg_unknown", "x".repeat(500), "%F0%9F%90%88", "..%2f..%2fetc", "%00", "%", "'--", "null"];
    const paths = ids.flatMap((id) => [
      `/rate/${id}`,
      `/rate/${id}/prompt`,
      `/rate/${id}/consent`,
      `/rate/${id}/about-you`,
      `/rate/${id}/practice`,
      `/rate/${id}/left`,
      `/rate/${id}/turns/1`,
      `/rate/${id}/turns/0`,
      `/rate/${id}/turns/-1`,
      `/rate/${id}/turns/1e9`,
      `/rate/${id}/turns/99999999999999999999`,
      `/rate/${id}/turns/1/progress`,
      `/rate/${id}/evaluation/1`,
      `/rate/${id}/review`,
      `/rate/${id}/done`,
      `/rate/${id}/drafts`,
      `/rate/${id}/problems`,
      `/images/${id}`,
      `/images/${id}/original`,
      `/console/studies/${id}`,
      `/console/studies/${id}/settings`,
      `/console/studies/${id}/raters`,
      `/console/studies/${id}/trajectories?cursor=${id}`,
      `/console/studies/${id}/problems`,
      `/console/trajectories/${id}`,
      `/data/studies/${id}`,
      `/data/exports/${id}/files/${id}`,
      `/console/studies/${id}/links`,
      `/invite/${id}`,
      `/join/${id}?pid=${id}`,
      `/continue/${id}`,
      `/rate/me?${id}`,
      `/${id}`,
    ]);
    const forms: Record<string, string>[] = [
      {},
      { intent: "\u0000", submissionId: "\u0000".repeat(20) },
      {
        intent: "start",
        studyId: "💥",
        submissionId: uid(),
        prompt: "\ud800",
        columnId: "'; drop table x; --",
      },
      {
        intent: "save",
        submissionId: uid(),
        turnSatisfaction: "1e99",
        "satisfaction:zzz": "NaN",
        vsPrevious: "best",
      },
    ];
    for (const client of clients) {
      for (const path of paths) {
        const got = await client.get(path);
        expect([path, got.status < 500]).toEqual([path, true]);
        for (const form of forms) {
          const posted = await client.post(path, form);
          expect([path, form, posted.status < 500]).toEqual([path, form, true]);
        }
      }
      for (const method of ["PUT", "DELETE", "PATCH", "OPTIONS"]) {
        const { status } = await client.request("/rate", { method });
        expect([method, status < 500]).toEqual([method, true]);
      }
    }
    const faults = app
      .output()
      .split("\n")
      .filter((line) => line.includes("request failed"));
    expect(faults.slice(0, 3)).toEqual([]);
  });

  test("an old form sent again changes nothing and says what is true", async () => {
    const rater = await newRater();
    const { path, page } = await atFirstSlate(rater);
    const [columnId = "", otherId = ""] = fieldValues(page, "columnId");
    const submissionId = uid();
    const choose = (id: string, submission = submissionId) =>
      rater.post(`${path}/turns/1`, {
        intent: "choose",
        columnId: id,
        critique: "",
        submissionId: submission,
      });
    const first = await choose(columnId);
    expect([first.status, first.headers.get("location")]).toEqual([303, `${path}/turns/2`]);
    const again = await choose(columnId);
    expect([again.status, again.headers.get("location")]).toEqual([303, `${path}/turns/2`]);
    const altered = await choose(otherId);
    expect(altered.status).toBe(409);
    const late = await choose(otherId, uid());
    expect(late.status).toBe(409);
    expect(late.text).toContain("already chose");
    const store = await openStore(app.databaseUrl);
    const { choices } = store.t;
    const rows = await store.read.select().from(choices).where(eq(choices.columnId, columnId));
    expect(rows).toHaveLength(1);
    expect(Number(await store.read.$count(choices, eq(choices.columnId, otherId)))).toBe(0);
    await store.close();
  });

  test("a prompt that is too long comes back in its field with the reason beside it", async () => {
    const rater = await newRater();
    const home = await rater.get("/rate");
    const [studyId = ""] = fieldValues(home.text, "studyId");
    const started = await rater.post("/rate", { intent: "start", studyId, submissionId: uid() });
    const base = (started.headers.get("location") ?? "").split("/").slice(0, 3).join("/");
    await rater.post(`${base}/instructions`, { submissionId: uid() });
    const typed = "one two three four five six seven eight nine ten eleven twelve thirteen";
    const refused = await rater.post(`${base}/prompt`, { prompt: typed, submissionId: uid() });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain("Use at most 12 words (now 13).");
    expect(refused.text).toContain(typed);
  });
});
