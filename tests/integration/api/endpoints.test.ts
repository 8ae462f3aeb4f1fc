import { afterAll, beforeAll, expect, it } from "vitest";
import type { Actor } from "../../../app/domain/actor.ts";
import { endpoints } from "../../../app/routes/api/v1/endpoints/index.server.ts";
import { API_BODY_MAX_BYTES } from "../../../app/server/api/read-body.server.ts";
import { apiClient, makeKey } from "../../support/api.ts";
import { type CheckedApi, checkedApi } from "../../support/api-document.ts";
import { createPerson, describeBothDatabases, quickSettings } from "../../support/context.ts";
import { runQueuedExports } from "../../support/exports.ts";
import { openStudy, startTask, wholeSession } from "../../support/session.ts";

/** Their own suite: webhooks need a receiver. */
const ELSEWHERE = ["Webhooks"];

describeBothDatabases("the API", (open) => {
  let api: CheckedApi;
  let asResearcher: CheckedApi;
  let studyId: string;
  let rater: Actor;
  let coordinator: Actor;
  let assignmentId: string;
  beforeAll(async () => {
    const { ctx } = open();
    const study = await openStudy(ctx, { settings: { horizon: 1 } });
    ({ studyId, coordinator } = study);
    rater = study.raters[0] as Actor;
    ({ assignmentId } = await wholeSession(ctx, rater, studyId, 1));
    api = checkedApi(apiClient(ctx, (await makeKey(ctx, coordinator)).key));
    const researcher = await createPerson(ctx, "researcher");
    asResearcher = checkedApi(apiClient(ctx, (await makeKey(ctx, researcher)).key), api.succeeded);
  });
  afterAll(() => {
    const missing = endpoints
      .filter((one) => !ELSEWHERE.includes(one.tag) && !api.succeeded.has(one.operationId))
      .map((one) => one.operationId);
    expect(missing, "operations that no test saw succeed").toEqual([]);
  });

  it("tells what the key may do", async () => {
    const { body } = await api.call("GET", "/key");
    expect(body).toMatchObject({ role: "coordinator" });
    expect(body.scopes).toContain("studies:write");
  });

  it("leads a study from draft to closed", async () => {
    const settings = quickSettings();
    const made = await api.call("POST", "/studies", { body: { name: "By program", settings } });
    expect(made).toMatchObject({ status: 201, body: { status: "draft", version: 0, draft: settings } });
    const path = `/studies/${made.body.studyId}`;
    expect(made.headers.get("location")).toBe(`/api/v1${path}`);
    const change = { name: "Renamed", settings: { ...settings, targetTrajectories: 7 } };
    const changed = await api.call("PATCH", path, { body: change });
    expect(changed.body).toMatchObject({ name: "Renamed", draft: { targetTrajectories: 7 } });
    expect((await api.call("PATCH", path, { body: { name: "Again" } })).body).toMatchObject({
      name: "Again",
      draft: { targetTrajectories: 7 },
    });
    for (const [action, status] of [
      ["publish", "open"],
      ["pause", "paused"],
      ["resume", "open"],
      ["close", "closed"],
      ["reopen", "open"],
    ]) {
      expect((await api.call("POST", `${path}/${action}`)).body, action).toMatchObject({
        status,
        version: 1,
      });
    }
    const again = await api.call("POST", `${path}/resume`);
    expect(again).toMatchObject({ status: 409, body: { code: "ILLEGAL_TRANSITION" } });
    expect((await api.call("GET", path)).body.name).toBe("Again");
  });

  it("names the settings that are wrong by their path in the body", async () => {
    const settings = { ...quickSettings(), horizon: 0 };
    const bad = await api.call("POST", "/studies", { body: { name: "x", settings, extra: 1 } });
    expect(bad).toMatchObject({ status: 422, body: { code: "INVALID_INPUT" } });
    const fields = bad.body.errors.map((e: { field: string }) => e.field).sort();
    expect(fields).toEqual(["extra", "settings.horizon"]);
    const arms = quickSettings().arms.map((arm) => ({ ...arm, agent: { ...arm.agent, selector: "oracle" } }));
    const unknown = await api.call("POST", "/studies", { body: { name: "x", settings: { arms } } });
    expect(unknown.body.errors[0].field).toBe("settings.arms.0.agent.selector");
  });

  it("pages through studies without missing or repeating any", async () => {
    const ids = new Set<string>();
    let rows = 0;
    for (let cursor: string | null = ""; cursor !== null; ) {
      const { body } = await api.call("GET", `/studies?limit=2${cursor && `&cursor=${cursor}`}`);
      expect(body.data.length).toBeLessThanOrEqual(2);
      for (const row of body.data) ids.add(row.studyId);
      rows += body.data.length;
      cursor = body.nextCursor;
      if (rows < 3) open().advance(1);
      if (rows < 5) await api.call("POST", "/studies", { body: { name: `While paging ${rows}` } });
    }
    expect(ids.size).toBe(rows);
    expect(ids).toContain(studyId);
    const bad = await api.call("GET", "/studies?cursor=nonsense");
    expect(bad).toMatchObject({ status: 400, body: { code: "BAD_REQUEST" } });
    expect((await api.call("GET", "/studies?limit=101")).body.errors[0].field).toBe("limit");
    expect((await api.call("GET", "/studies?page=2")).body.errors[0].field).toBe("page");
    expect((await api.call("GET", "/studies?limit=1&limit=2")).status).toBe(422);
  });

  it("invites one or many, or nobody when one entry is wrong, and revokes", async () => {
    const path = `/studies/${studyId}/invitations`;
    const made = await api.call("POST", path, { body: { emails: ["a@example.org", "b@example.org"] } });
    expect(made.body.invitations).toHaveLength(2);
    expect(made.body.invitations[0].url).toMatch(/^https:\/\/turnwise\.test\/invite\/[\w-]{43}$/);
    const bad = await api.call("POST", path, { body: { emails: ["c@example.org", "nonsense"] } });
    expect(bad).toMatchObject({ status: 422, body: { errors: [{ field: "emails" }] } });
    const list = await api.call("GET", `${path}?open=true`);
    expect(list.body.data.map((i: { email: string }) => i.email).sort()).toEqual([
      "a@example.org",
      "b@example.org",
    ]);
    expect(JSON.stringify(list.body)).not.toContain("/invite/");
    const { invitationId } = made.body.invitations[0];
    expect((await api.call("DELETE", `${path}/${invitationId}`)).status).toBe(204);
    expect((await api.call("GET", `${path}?open=true`)).body.data).toHaveLength(1);
    expect((await api.call("DELETE", `${path}/none`)).status).toBe(404);
  });

  it("lists raters, blocks them, and lets a known rater into another study", async () => {
    const path = `/studies/${studyId}/raters`;
    const { raterId } = rater;
    expect((await api.call("GET", path)).body.data).toMatchObject([{ raterId, completed: 1 }]);
    const blocked = await api.call("PATCH", `${path}/${raterId}`, { body: { status: "blocked" } });
    expect(blocked.body).toEqual({ studyId, raterId, status: "blocked" });
    expect((await api.call("POST", path, { body: { raterId } })).body.status).toBe("blocked");
    const other = await api.call("POST", "/studies", { body: { name: "Other" } });
    const added = await api.call("POST", `/studies/${other.body.studyId}/raters`, { body: { raterId } });
    expect(added.body).toMatchObject({ raterId, status: "active" });
    for (const bad of [`/studies/none/raters`, `/studies/${other.body.studyId}/raters`]) {
      expect((await api.call("POST", bad, { body: { raterId: "rtr_none" } })).status).toBe(404);
    }
  });

  it("lists assignments with filters, pseudonymously", async () => {
    const path = `/studies/${studyId}/assignments`;
    const { body } = await api.call("GET", `${path}?status=submitted&raterId=${rater.raterId}`);
    expect(body.data).toMatchObject([{ assignmentId, raterId: rater.raterId, status: "submitted" }]);
    expect(JSON.stringify(body)).not.toContain("@");
    expect((await api.call("GET", `${path}?status=expired`)).body.data).toEqual([]);
    expect((await api.call("GET", `${path}?status=lost`)).status).toBe(422);
    expect((await api.call("GET", `/assignments/${assignmentId}`)).body).toEqual(body.data[0]);
    expect((await api.call("GET", "/assignments/none")).status).toBe(404);
    expect((await api.call("GET", "/studies/none/assignments")).status).toBe(404);
  });

  it("acts on assignments as a coordinator does on the pages", async () => {
    const { ctx } = open();
    const study = await openStudy(ctx, { settings: { horizon: 1 }, raterCount: 3 });
    const [first, second] = study.raters.map((r) => r.raterId as string) as [string, string];
    const offers = `/studies/${study.studyId}/assignments`;
    const body = { to: { raterIds: [first, "rtr_none"] }, minutes: 60 };
    const offered = await api.call("POST", offers, { body });
    expect(offered.body).toMatchObject({
      offered: [{ raterId: first }],
      refused: [{ raterId: "rtr_none", refusal: { code: "NOT_A_MEMBER" } }],
    });
    const act = (id: string, name: string, sent?: object) =>
      api.call("POST", `/assignments/${id}/${name}`, sent ? { body: sent } : {});
    const offer = offered.body.offered[0].assignmentId;
    expect((await act(offer, "extend", { minutes: 30 })).body).toMatchObject({ status: "offered" });
    expect((await act(offer, "release")).status).toBe(200);
    const task = await startTask(ctx, study.raters[1] as Actor, study.studyId);
    expect((await act(task, "pause")).body).toMatchObject({ status: "paused", raterId: second });
    expect((await act(task, "resume")).body).toMatchObject({ status: "active" });
    const refused = await act(task, "approve");
    expect(refused).toMatchObject({
      status: 409,
      body: { code: "ILLEGAL_TRANSITION", details: { status: "active" } },
    });
    const done = (await wholeSession(ctx, study.raters[2] as Actor, study.studyId, 1)).assignmentId;
    const empty = await act(done, "return-for-correction", { note: " " });
    expect(empty).toMatchObject({ status: 422, body: { errors: [{ field: "note" }] } });
    expect((await act(done, "reject", { reason: "Too fast." })).body).toMatchObject({
      status: "rejected",
      reviewNote: "Too fast.",
    });
    expect((await act(done, "approve")).body).toMatchObject({ status: "approved" });
    const third = await wholeSession(ctx, study.raters[0] as Actor, study.studyId, 1);
    const back = await act(third.assignmentId, "return-for-correction", { note: "Say more." });
    expect(back.body).toMatchObject({ status: "active", reviewNote: "Say more." });
  });

  it("shows progress without saying which arm is which", async () => {
    const { body } = await api.call("GET", `/studies/${studyId}/progress`);
    expect(body).toMatchObject({ counts: { completed: 1, raters: 1 } });
    expect(body.arms.map((a: { arm: string }) => a.arm)).toEqual(["A", "B"]);
    expect(body.arms.reduce((n: number, a: { completed: number }) => n + a.completed, 0)).toBe(1);
    expect(JSON.stringify(body)).not.toMatch(/random|attribute|Lexicon|arm_/i);
  });

  it("starts an export, tells how it stands, and serves its files in ranges", async () => {
    const { ctx } = open();
    const { call } = asResearcher;
    const body = { studyId, profile: "internal", formats: ["csv"], info: { title: "Six words or more" } };
    const headers = { "idempotency-key": "nightly 2026-01-05" };
    const estimated = await call("POST", "/exports/estimate", { body });
    expect(estimated).toMatchObject({ status: 200, body: { trajectories: 1, raters: 1, excluded: {} } });
    const started = await call("POST", "/exports", { body, headers });
    expect(started.status).toBe(202);
    const { exportId } = started.body;
    expect(started.headers.get("location")).toBe(`/api/v1/exports/${exportId}`);
    expect((await call("POST", "/exports", { body, headers })).body.exportId).toBe(exportId);
    expect(await runQueuedExports(ctx)).toBe(1);
    const done = await call("GET", `/exports/${exportId}`);
    expect(done.body).toMatchObject({
      status: "ready",
      error: null,
      options: { formats: ["csv"], images: false },
      summary: { counts: { trajectories: 1 } },
    });
    const page = await call("GET", `/studies/${studyId}/exports?limit=1`);
    expect(page.body).toMatchObject({ data: [{ exportId }], nextCursor: null });
    const archive = await call("GET", `/exports/${exportId}/archive/tar`);
    expect(archive.headers.get("content-disposition")).toMatch(
      /^attachment; filename="turnwise-internal-.+\.tar"$/,
    );
    expect((await call("GET", `/exports/${exportId}/archive/rar`)).status).toBe(404);
    const file = done.body.files.find((f: { byteSize: number }) => f.byteSize > 20);
    const path = `/exports/${exportId}/files/${encodeURIComponent(file.name)}`;
    const whole = await call("GET", path);
    expect(whole.headers.get("etag")).toBe(`"${file.sha256}"`);
    const ranged = await apiRaw("GET", path, { range: "bytes=5-9" });
    expect(ranged).toMatchObject({ status: 206 });
    expect(ranged.headers.get("content-range")).toBe(`bytes 5-9/${file.byteSize}`);
    expect((await apiRaw("GET", path, { "if-none-match": `"${file.sha256}"` })).status).toBe(304);
    for (const hostile of ["..%2f..%2fturnwise.db", "none"]) {
      expect((await call("GET", `/exports/${exportId}/files/${hostile}`)).status, hostile).toBe(404);
    }
    const refused = await call("POST", "/exports", { body: { studyId: "none", profile: "internal" } });
    expect(refused.status).toBe(404);
    expect((await call("POST", `/exports/${exportId}/cancel`)).status).toBe(409);
    expect((await call("DELETE", `/exports/${exportId}/files`)).status).toBe(204);
    expect((await call("GET", `/exports/${exportId}/archive/tar`)).status).toBe(404);
  });

  it("cancels an export, and refuses options that do not go together", async () => {
    const { call } = asResearcher;
    const started = await call("POST", "/exports", { body: { studyId, profile: "shared" } });
    const path = `/exports/${started.body.exportId}`;
    expect((await call("POST", `${path}/cancel`)).body).toMatchObject({ status: "cancelled" });
    const bad = { studyId, profile: "public", info: { title: "short" } };
    const refused = await call("POST", "/exports", { body: bad });
    expect(refused.status).toBe(422);
    expect(JSON.stringify(refused.body)).toContain("The title needs 6 to 50 characters.");
  });

  async function apiRaw(method: string, path: string, headers: Record<string, string>) {
    const { ctx } = open();
    const researcher = await createPerson(ctx, "researcher");
    return apiClient(ctx, (await makeKey(ctx, researcher)).key)(method, path, { headers });
  }

  it("gives one effect and one reply per Idempotency-Key, and refuses another body", async () => {
    const headers = { "idempotency-key": "create the study: once, please!" };
    const body = { name: "Once" };
    const replies = await Promise.all(
      Array.from({ length: 5 }, () => api.call("POST", "/studies", { body, headers })),
    );
    expect(new Set(replies.map((r) => r.body.studyId)).size).toBe(1);
    const other = await api.call("POST", "/studies", { body: { name: "Twice" }, headers });
    expect(other).toMatchObject({ status: 409, body: { code: "SUBMISSION_ID_REUSED" } });
    const { ctx } = open();
    const otherKey = apiClient(ctx, (await makeKey(ctx, coordinator)).key);
    const fresh = await otherKey("POST", "/studies", { body, headers });
    expect(fresh.body.studyId).not.toBe(replies[0]?.body.studyId);
    const tooLong = { "idempotency-key": "x".repeat(256) };
    expect((await api.call("POST", "/studies", { body, headers: tooLong })).status).toBe(400);
  });

  it("answers other methods with 405 and what it allows", async () => {
    const reply = await api.call("PUT", `/studies/${studyId}`);
    expect(reply).toMatchObject({ status: 405, body: { code: "METHOD_NOT_ALLOWED" } });
    expect(reply.headers.get("allow")).toBe("GET, PATCH");
    expect((await api.call("OPTIONS", "/studies")).status).toBe(405);
    expect((await api.call("GET", "/nothing")).body.code).toBe("NOT_FOUND");
    expect((await api.call("GET", "/")).status).toBe(404);
  });

  it("answers HEAD like GET without a body, and 304 to who has the latest", async () => {
    const path = `/studies/${studyId}`;
    const first = await api.call("GET", path);
    const etag = first.headers.get("etag") ?? "";
    expect(etag).toMatch(/^"[\w-]+"$/);
    const { ctx } = open();
    const call = apiClient(ctx, (await makeKey(ctx, coordinator)).key);
    expect(await call("HEAD", path)).toMatchObject({ status: 200, body: "" });
    expect(await call("GET", path, { headers: { "if-none-match": etag } })).toMatchObject({ status: 304 });
    expect((await call("GET", path, { headers: { "if-none-match": '"old"' } })).status).toBe(200);
  });

  it.each([
    ["text that is no JSON", { raw: "{" }, 400],
    ["another type", { raw: "a=1", headers: { "content-type": "application/x-www-form-urlencoded" } }, 415],
    ["no type", { raw: "{}", headers: { "content-type": "" } }, 415],
    ["NUL", { body: { name: "a\u0000b" } }, 400],
    ["a lone surrogate", { raw: '{"name":"\\ud800"}' }, 400],
    ["a list", { body: [] }, 422],
    ["null", { body: null }, 422],
    ["deep nesting", { raw: `${"[".repeat(100_000)}${"]".repeat(100_000)}` }, 422],
    ["a body that is too large", { raw: " ".repeat(API_BODY_MAX_BYTES + 1) }, 413],
    ["a prototype", { raw: '{"name":"x","__proto__":{"admin":true}}' }, 422],
  ])("refuses %s", async (_name, options, status) => {
    expect(await api.call("POST", "/studies", options)).toMatchObject({ status });
  });

  it("slows a key down that asks too often, and says for how long", async () => {
    const { ctx, advance } = open();
    const call = apiClient(ctx, (await makeKey(ctx, coordinator)).key, { requestsPerMinute: 3 });
    for (const left of ["2", "1", "0"]) {
      expect((await call("GET", "/key")).headers.get("ratelimit-remaining")).toBe(left);
    }
    const slow = await call("GET", "/key");
    expect(slow).toMatchObject({ status: 429, body: { code: "TOO_MANY_REQUESTS" } });
    expect(slow.headers.get("retry-after")).toBe("20");
    advance(20_000);
    expect((await call("GET", "/key")).status).toBe(200);
  });
});
