import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  DELIVERY_ATTEMPTS_MAX,
  retryDelayMs,
  WEBHOOK_EVENTS,
  webhookEventOf,
  webhookUrlProblem,
} from "../../../app/domain/webhook.ts";

const HOUR_MS = 3_600_000;

describe("when a webhook is tried again", () => {
  it("waits longer each time, spread by a fifth, and gives up after about a day", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 20 }),
        (chances) => {
          let total = 0;
          let attempts = 1;
          for (;;) {
            const delay = retryDelayMs(attempts, chances[attempts] ?? 0);
            if (delay === null) break;
            expect(delay).toBeGreaterThan(0);
            total += delay;
            attempts++;
          }
          expect(attempts).toBe(DELIVERY_ATTEMPTS_MAX);
          expect(total).toBeGreaterThan(18 * HOUR_MS);
          expect(total).toBeLessThan(29 * HOUR_MS);
        },
      ),
    );
  });

  it("gives a receiver the time that it asks for, within bounds", () => {
    expect(retryDelayMs(1, 0.5, 60_000)).toBe(60_000);
    expect(retryDelayMs(1, 0.5, 100 * HOUR_MS)).toBe(8 * HOUR_MS);
    expect(retryDelayMs(4, 0.5, 1)).toBe(30 * 60_000);
  });
});

describe("events that are told", () => {
  it("are all reachable from something that is recorded", () => {
    const recorded = [
      ...WEBHOOK_EVENTS.filter((event) => event.startsWith("assignment.")),
      ...["publish", "pause", "resume", "close", "reopen"].map((action) => `study.${action}`),
      "export.ready",
      "export.failed",
    ];
    expect(recorded.map(webhookEventOf)).toEqual([...WEBHOOK_EVENTS]);
  });

  it.each(["prompt.submitted", "toString", "", "study.created"])("do not include %s", (type) => {
    expect(webhookEventOf(type)).toBeNull();
  });
});

describe("a webhook's address", () => {
  it.each([
    ["", "Type"],
    ["nonsense", "full web address"],
    ["ftp://example.org", "full web address"],
    ["javascript:alert(1)", "full web address"],
    ["http://example.org", "https://"],
    ["https://user:secret@example.org", "password"],
    ["https://example.org/#x", "#"],
    [`https://example.org/${"x".repeat(2000)}`, "2000"],
  ])("cannot be %s", (url, problem) => {
    expect(webhookUrlProblem(url, { allowHttp: false })).toContain(problem);
  });

  it("can be https with a port and a query, and http where that is allowed", () => {
    expect(webhookUrlProblem("https://example.org:8443/a?b=c", { allowHttp: false })).toBeNull();
    expect(webhookUrlProblem("http://10.0.0.1/", { allowHttp: true })).toBeNull();
  });
});
