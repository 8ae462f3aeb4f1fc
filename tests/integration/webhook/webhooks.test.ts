import { eq } from "drizzle-orm";
import { afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import type { Actor } from "../../../app/domain/actor.ts";
import { DELIVERY_ATTEMPTS_MAX, type WebhookEvent } from "../../../app/domain/webhook.ts";
import { endpoints } from "../../../app/routes/api/v1/endpoints/index.server.ts";
import { startWebhookLoop } from "../../../app/server/webhook-loop.server.ts";
import { approveAssignment } from "../../../app/services/assignment/approve-assignment.server.ts";
import { sweepLeases } from "../../../app/services/assignment/sweep-leases.server.ts";
import { recordEvent } from "../../../app/services/record-event.ts";
import { setStudyStatus } from "../../../app/services/study/set-study-status.server.ts";
import { attemptDelivery } from "../../../app/services/webhook/attempt-delivery.server.ts";
import { claimDeliveries } from "../../../app/services/webhook/claim-deliveries.server.ts";
import { createWebhook } from "../../../app/services/webhook/create-webhook.server.ts";
import { listDeliveries } from "../../../app/services/webhook/list-deliveries.server.ts";
import { getWebhook } from "../../../app/services/webhook/list-webhooks.server.ts";
import { purgeDeliveries } from "../../../app/services/webhook/purge-deliveries.server.ts";
import { redeliverWebhook } from "../../../app/services/webhook/redeliver-webhook.server.ts";
import { rotateWebhookSecret } from "../../../app/services/webhook/rotate-webhook-secret.server.ts";
import { updateWebhook } from "../../../app/services/webhook/update-webhook.server.ts";
import { apiClient, makeKey } from "../../support/api.ts";
import { checkedApi } from "../../support/api-document.ts";
import { createPerson, describeBothDatabases } from "../../support/context.ts";
import { newSubmission, openStudy, startTask, wholeSession } from "../../support/session.ts";
import { startWebhookReceiver, verifyWebhook, type WebhookReceiver } from "../../support/webhook-receiver.ts";
import { refusal } from "../console/helpers.ts";

const HOUR_MS = 3_600_000;
const LEASE_MS = 60_000;

describeBothDatabases("webhooks", (open) => {
  let receiver: WebhookReceiver;
  let studyId: string;
  let coordinator: Actor;
  let raters: Actor[];
  beforeAll(async () => {
    ({ studyId, coordinator, raters } = await openStudy(open().ctx, {
      settings: { horizon: 1, leaseMinutes: 60 },
      raterCount: 3,
    }));
  });
  beforeEach(async () => {
    receiver = await startWebhookReceiver();
  });
  afterEach(async () => {
    await receiver.close();
    const { ctx } = open();
    await ctx.store.tx((tx) => tx.delete(ctx.store.t.webhooks));
  });

  const listen = (events: WebhookEvent[] = ["study.paused"], url = receiver.url) =>
    createWebhook(open().ctx, coordinator, {
      studyId,
      url,
      description: "",
      events,
      submissionId: newSubmission(),
    });
  const claim = () => claimDeliveries(open().ctx, { limit: 10, leaseMs: LEASE_MS, busyWebhookIds: [] });
  /** What the loop does, until nothing is due. */
  const deliver = async (timeoutMs = 1000) => {
    for (;;) {
      const claimed = await claim();
      if (claimed.length === 0) return;
      for (const one of claimed) await attemptDelivery(open().ctx, one, { timeoutMs });
    }
  };
  const happen = (type = "study.pause", data = {}) => {
    const { ctx } = open();
    return ctx.store.tx((tx) => recordEvent(ctx, tx, { type, studyId, data }));
  };
  const view = (webhookId: string) => getWebhook(open().ctx, coordinator, { webhookId });
  const deliveries = async (webhookId: string) =>
    (await listDeliveries(open().ctx, coordinator, { webhookId })).rows;

  it("tell of a task's life with pseudonymous ids only, signed by the convention", async () => {
    const { ctx, advance } = open();
    const events: WebhookEvent[] = ["assignment.submitted", "assignment.approved", "assignment.expired"];
    const { secret } = await listen(events);
    const rater = raters[0] as Actor;
    const { assignmentId } = await wholeSession(ctx, rater, studyId, 1);
    advance(1);
    await approveAssignment(ctx, coordinator, { assignmentId, submissionId: newSubmission() });
    await startTask(ctx, raters[1] as Actor, studyId);
    advance(61 * 60_000);
    await sweepLeases(ctx);
    await deliver();
    const messages = receiver.received.map((message) => verifyWebhook(secret, message, ctx.now()));
    expect(messages).toMatchObject([
      { type: "assignment.submitted", data: { studyId, assignmentId, raterId: rater.raterId } },
      { type: "assignment.approved", data: { assignmentId } },
      { type: "assignment.expired", data: { raterId: raters[1]?.raterId } },
    ]);
    expect(new Set(receiver.received.map((m) => m.headers["webhook-id"])).size).toBe(3);
    const everything = JSON.stringify(receiver.received);
    for (const person of [rater, coordinator]) expect(everything).not.toContain(person.email);
    expect(everything).not.toMatch(/lighthouse|lexicon|arm_|cookie|authorization/i);
    expect(receiver.received[0]?.headers["content-type"]).toBe("application/json");
  });

  it("tell of a study's own changes with its version", async () => {
    const { ctx } = open();
    const { webhookId } = await listen(["study.paused", "study.resumed"]);
    for (const action of ["pause", "resume"] as const) {
      await setStudyStatus(ctx, coordinator, { studyId, action, submissionId: newSubmission() });
    }
    const told = (await deliveries(webhookId)).map((row) => row.payload);
    expect(told).toContainEqual(
      expect.objectContaining({ type: "study.paused", data: { studyId, version: 1 } }),
    );
    expect(told).toHaveLength(2);
  });

  it("go only to who listens, is enabled and belongs to the study", async () => {
    const { ctx } = open();
    const other = await listen(["study.closed"]);
    const disabled = await listen();
    const change = { status: "disabled" as const, submissionId: newSubmission() };
    await updateWebhook(ctx, coordinator, { webhookId: disabled.webhookId, ...change });
    const { webhookId } = await listen();
    await happen();
    expect(await deliveries(other.webhookId)).toEqual([]);
    expect(await deliveries(disabled.webhookId)).toEqual([]);
    expect(await deliveries(webhookId)).toHaveLength(1);
  });

  it("vanish with the transaction of their event", async () => {
    const { ctx } = open();
    const { webhookId } = await listen();
    const undone = ctx.store.tx(async (tx) => {
      await recordEvent(ctx, tx, { type: "study.pause", studyId });
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    expect(await deliveries(webhookId)).toEqual([]);
  });

  it.each([
    ["a refusal", 500, 500, "It answered 500."],
    ["a redirect", 302, 302, "redirect"],
    ["an answer that never comes", "hang", null, "did not answer within"],
    ["a cut connection", "reset", null, "cut the connection"],
  ] as const)("come again, with the same id, after %s", async (_name, answer, lastStatus, lastError) => {
    const { advance } = open();
    const { webhookId, secret } = await listen();
    receiver.script(answer);
    await happen();
    await deliver(150);
    const [failed] = await deliveries(webhookId);
    expect(failed).toMatchObject({ status: "pending", attempts: 1, lastStatus });
    expect(failed?.lastError).toContain(lastError);
    expect(receiver.received).toHaveLength(1);
    advance(3_999);
    await deliver();
    expect(receiver.received).toHaveLength(1);
    advance(2_001);
    await deliver();
    expect(await deliveries(webhookId)).toMatchObject([
      { status: "delivered", attempts: 2, lastError: null },
    ]);
    const [first, second] = receiver.received;
    expect(second?.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
    expect(second?.headers["webhook-timestamp"]).not.toBe(first?.headers["webhook-timestamp"]);
    expect(receiver.received.every((m) => m.path === "/hook")).toBe(true);
    verifyWebhook(secret, second as (typeof receiver.received)[0], open().ctx.now());
  });

  it("count as delivered by the status alone, without waiting for an endless body", async () => {
    const { webhookId } = await listen();
    receiver.script("drip");
    await happen();
    await deliver(1000);
    expect(await deliveries(webhookId)).toMatchObject([{ status: "delivered" }]);
  });

  it("wait as long as the receiver asks", async () => {
    const { ctx, advance } = open();
    const { webhookId } = await listen();
    receiver.script((res) => res.writeHead(429, { "retry-after": "600" }).end());
    await happen();
    await deliver();
    expect((await deliveries(webhookId))[0]?.nextAttemptAtMs).toBe(ctx.now() + 600_000);
    advance(600_000);
    await deliver();
    expect(await deliveries(webhookId)).toMatchObject([{ status: "delivered" }]);
  });

  it("are given up after about a day, and the webhook is switched off, which its coordinator sees", async () => {
    const { ctx, advance } = open();
    const { webhookId } = await listen();
    await happen();
    for (let i = 0; i < DELIVERY_ATTEMPTS_MAX; i++) {
      receiver.script(503);
      await deliver();
      advance(10 * HOUR_MS);
    }
    expect(receiver.received).toHaveLength(DELIVERY_ATTEMPTS_MAX);
    const [given] = await deliveries(webhookId);
    expect(given).toMatchObject({ status: "failed", attempts: DELIVERY_ATTEMPTS_MAX, nextAttemptAtMs: null });
    expect(await view(webhookId)).toMatchObject({
      status: "disabled",
      disabledReason: expect.stringContaining("503"),
      failed: 1,
    });
    const { auditLog } = ctx.store.t;
    const entries = await ctx.store.read.select().from(auditLog).where(eq(auditLog.subjectId, webhookId));
    expect(entries.map((e) => e.action)).toContain("webhook.disabled");
    const change = { status: "enabled" as const, submissionId: newSubmission() };
    await updateWebhook(ctx, coordinator, { webhookId, ...change });
    expect(await view(webhookId)).toMatchObject({
      status: "enabled",
      disabledReason: null,
      failingSinceMs: null,
    });
    const deliveryId = given?.deliveryId ?? "";
    await redeliverWebhook(ctx, coordinator, { deliveryId, submissionId: newSubmission() });
    await deliver();
    expect(await deliveries(webhookId)).toMatchObject([{ status: "delivered", deliveryId }]);
    expect(receiver.received.at(-1)?.headers["webhook-id"]).toBe(deliveryId);
  });

  it("stop at once when the receiver says 410", async () => {
    const { webhookId } = await listen();
    receiver.script(410);
    await happen();
    await deliver();
    expect(await deliveries(webhookId)).toMatchObject([{ status: "failed", attempts: 1, lastStatus: 410 }]);
    expect(await view(webhookId)).toMatchObject({ status: "disabled" });
  });

  it("are sent by one process at a time; a dead one's lease ends", async () => {
    const { ctx, advance } = open();
    const { webhookId } = await listen();
    for (let i = 0; i < 3; i++) await happen();
    const rounds = await Promise.all([claim(), claim(), claim()]);
    const claimed = rounds.flat();
    expect(new Set(claimed.map((c) => c.deliveryId)).size).toBe(claimed.length);
    advance(LEASE_MS + 1);
    const again = await claim();
    expect(again).toHaveLength(1);
    const dead = claimed.find((c) => c.deliveryId === again[0]?.deliveryId);
    // The dead process was only slow: what it records counts no more.
    if (dead) await attemptDelivery(ctx, dead);
    expect(receiver.received).toEqual([]);
    await attemptDelivery(ctx, again[0] as (typeof again)[0]);
    advance(LEASE_MS + 1);
    await deliver();
    expect((await deliveries(webhookId)).map((d) => [d.status, d.attempts])).toEqual([
      ["delivered", 1],
      ["delivered", 1],
      ["delivered", 1],
    ]);
  });

  it("are signed with the old secret too, for a day after it was replaced", async () => {
    const { ctx, advance } = open();
    const { webhookId, secret: old } = await listen();
    const rotated = await rotateWebhookSecret(ctx, coordinator, { webhookId, submissionId: newSubmission() });
    expect(rotated.secret).not.toBe(old);
    await happen();
    await deliver();
    const [first] = receiver.received;
    if (!first) throw new Error("nothing arrived");
    for (const secret of [old, rotated.secret])
      expect(() => verifyWebhook(secret, first, ctx.now())).not.toThrow();
    advance(24 * HOUR_MS);
    await happen();
    await deliver();
    const second = receiver.received[1];
    if (!second) throw new Error("nothing arrived");
    expect(() => verifyWebhook(rotated.secret, second, ctx.now())).not.toThrow();
    expect(() => verifyWebhook(old, second, ctx.now())).toThrow("no signature matches");
    expect(() => verifyWebhook(rotated.secret, { ...second, body: `${second.body} ` }, ctx.now())).toThrow();
    expect(() => verifyWebhook(rotated.secret, second, ctx.now() + 10 * 60_000)).toThrow("too old");
  });

  it("keep their secrets out of the database", async () => {
    const { ctx } = open();
    const { webhookId, secret } = await listen();
    const rotated = await rotateWebhookSecret(ctx, coordinator, { webhookId, submissionId: newSubmission() });
    const { webhooks, submissions, auditLog, webhookDeliveries } = ctx.store.t;
    for (const table of [webhooks, submissions, auditLog, webhookDeliveries]) {
      const rows = JSON.stringify(await ctx.store.read.select().from(table as typeof webhooks));
      for (const one of [secret, rotated.secret]) expect(rows).not.toContain(one.slice("whsec_".length));
    }
  });

  it("are refused for addresses that no message may go to, and without the right to manage studies", async () => {
    const { ctx } = open();
    for (const url of ["http://example.org/", "nonsense", "https://a:b@example.org/"]) {
      expect((await refusal(listen(["study.paused"], url))).fields.url, url).toBeTruthy();
    }
    const researcher = await createPerson(ctx, "researcher");
    const args = { studyId, url: receiver.url, description: "", events: ["study.paused"] };
    const foreign = createWebhook(ctx, researcher, { ...args, submissionId: newSubmission() });
    expect((await refusal(foreign)).code).toBe("FORBIDDEN");
  });

  it("may be ten for a study", async () => {
    for (let i = 0; i < 10; i++) await listen();
    expect((await refusal(listen())).fields.url).toContain("10");
  });

  it("are forgotten thirty days after they were settled", async () => {
    const { ctx, advance } = open();
    const { webhookId } = await listen();
    await happen();
    await deliver();
    await happen();
    advance(31 * 24 * HOUR_MS);
    expect(await purgeDeliveries(ctx)).toBe(1);
    expect(await deliveries(webhookId)).toMatchObject([{ status: "pending" }]);
  });

  it("flow while the loop runs: a receiver that hangs holds up nobody else, and a stop gives its message back", async () => {
    const { ctx } = open();
    const slow = await startWebhookReceiver();
    slow.script("hang");
    const { webhookId: slowId } = await listen(["study.paused"], slow.url);
    const { webhookId } = await listen();
    for (let i = 0; i < 20; i++) await happen();
    const loop = startWebhookLoop(ctx, { pollMs: 10 });
    await expect.poll(() => receiver.received.length, { timeout: 8000 }).toBe(20);
    await expect.poll(() => slow.received.length).toBe(1);
    await loop.stop();
    expect((await view(webhookId)).pending).toBe(0);
    const waiting = await deliveries(slowId);
    expect(waiting).toHaveLength(20);
    expect(waiting.every((d) => d.status === "pending" && d.attempts === 0)).toBe(true);
    expect(await claim()).toHaveLength(1);
    await slow.close();
  });

  it("are managed through the API, as it documents", async () => {
    const { ctx, advance } = open();
    const api = checkedApi(apiClient(ctx, (await makeKey(ctx, coordinator)).key));
    const { call } = api;
    const path = `/studies/${studyId}/webhooks`;
    const body = { url: receiver.url, events: ["study.paused"] };
    const headers = { "idempotency-key": newSubmission() };
    const made = await call("POST", path, { body, headers });
    expect(made).toMatchObject({ status: 201, body: { status: "enabled", events: ["study.paused"] } });
    expect((await call("POST", path, { body, headers })).body).toEqual(made.body);
    const one = `/webhooks/${made.body.webhookId}`;
    expect(made.headers.get("location")).toBe(`/api/v1${one}`);
    expect(JSON.stringify((await call("GET", path)).body)).not.toContain("whsec_");
    expect(JSON.stringify((await call("GET", one)).body)).not.toContain("whsec_");
    const test = await call("POST", `${one}/test`);
    await deliver();
    expect(verifyWebhook(made.body.secret, receiver.received[0] as never, ctx.now())).toMatchObject({
      type: "webhook.test",
    });
    advance(1);
    await happen();
    const list = await call("GET", `${one}/deliveries?limit=1`);
    expect(list.body.data).toMatchObject([{ eventType: "study.paused", status: "pending" }]);
    const rest = await call("GET", `${one}/deliveries?limit=1&cursor=${list.body.nextCursor}`);
    expect(rest.body.data).toMatchObject([{ deliveryId: test.body.deliveryId, status: "delivered" }]);
    const again = await call("POST", `${one}/deliveries/${test.body.deliveryId}/redeliver`);
    expect(again.body).toEqual(test.body);
    expect((await call("GET", `${one}/deliveries?status=delivered`)).body.data).toEqual([]);
    expect((await call("POST", `${one}/rotate-secret`)).body.secret).toMatch(/^whsec_/);
    const off = await call("PATCH", one, { body: { status: "disabled", description: "Off" } });
    expect(off.body).toMatchObject({ status: "disabled", description: "Off" });
    expect((await call("POST", `${one}/test`)).body.code).toBe("ILLEGAL_TRANSITION");
    const bad = await call("PATCH", one, { body: { url: "http://example.org", events: ["everything"] } });
    expect(bad.status).toBe(422);
    expect((await call("DELETE", one)).status).toBe(204);
    expect((await call("GET", one)).status).toBe(404);
    expect((await call("GET", "/studies/none/webhooks")).status).toBe(404);
    const missing = endpoints.filter((e) => e.tag === "Webhooks" && !api.succeeded.has(e.operationId));
    expect(missing.map((e) => e.operationId)).toEqual([]);
  });
});
