import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  afterCall,
  type Breaker,
  beginProbe,
  breakerAllows,
  CLOSED_BREAKER,
  FAILURES_TO_OPEN,
} from "../../../app/domain/circuit-breaker.ts";

const PATIENCE_MS = 120_000;

/** A provider's life: time passes, calls begin when they may, and end well or badly, in any order. */
type Move = { type: "wait"; ms: number } | { type: "call" } | { type: "end"; which: number; failed: boolean };

const moves: fc.Arbitrary<Move[]> = fc.array(
  fc.oneof(
    fc.integer({ min: 0, max: 90_000 }).map((ms): Move => ({ type: "wait", ms })),
    fc.constant<Move>({ type: "call" }),
    fc
      .record({ which: fc.nat(20), failed: fc.boolean() })
      .map(({ which, failed }): Move => ({ type: "end", which, failed })),
  ),
  { maxLength: 80 },
);

function live(all: readonly Move[], look: (step: Step) => void): void {
  let now = 1_000_000;
  let breaker: Breaker = CLOSED_BREAKER;
  const calls: { startedAtMs: number }[] = [];
  for (const move of all) {
    const before = breaker;
    let ended: { failed: boolean; startedAtMs: number } | null = null;
    let began = false;
    if (move.type === "wait") now += move.ms;
    if (move.type === "call") {
      const allowed = breakerAllows(breaker, now);
      if (allowed === "probe") breaker = beginProbe(breaker, now, PATIENCE_MS);
      if (allowed !== "none") {
        calls.push({ startedAtMs: now });
        began = true;
      }
    }
    if (move.type === "end" && calls.length > 0) {
      const [call] = calls.splice(move.which % calls.length, 1);
      ended = { failed: move.failed, startedAtMs: call?.startedAtMs ?? 0 };
      breaker = afterCall(breaker, ended, now);
    }
    look({ before, after: breaker, now, ended, began });
  }
}

interface Step {
  before: Breaker;
  after: Breaker;
  now: number;
  ended: { failed: boolean; startedAtMs: number } | null;
  began: boolean;
}

describe("circuit breaker", () => {
  test("it opens after so many failed calls in a row, and not before", () => {
    let breaker: Breaker = CLOSED_BREAKER;
    for (let n = 1; n < FAILURES_TO_OPEN; n++) {
      breaker = afterCall(breaker, { failed: true, startedAtMs: n }, n);
      expect(breakerAllows(breaker, n)).toBe("all");
    }
    const once = afterCall(breaker, { failed: false, startedAtMs: 9 }, 10);
    expect(once.failures).toBe(0);
    const open = afterCall(breaker, { failed: true, startedAtMs: 9 }, 10);
    expect(breakerAllows(open, 10)).toBe("none");
    expect(breakerAllows(open, 10 + 5_000)).toBe("probe");
  });

  test("it closes only by a successful call that began after it opened", () => {
    fc.assert(
      fc.property(moves, (all) =>
        live(all, ({ before, after, ended }) => {
          if (before.status === "closed" || after.status !== "closed") return;
          expect(before.status).toBe("half_open");
          expect(ended).toMatchObject({ failed: false });
          expect(ended?.startedAtMs).toBeGreaterThanOrEqual(before.sinceMs);
        }),
      ),
    );
  });

  test("while it is open nothing goes out, and afterwards one probe at a time", () => {
    fc.assert(
      fc.property(moves, (all) =>
        live(all, ({ before, now, began }) => {
          if (began && before.status !== "closed") expect(now).toBeGreaterThanOrEqual(before.untilMs ?? 0);
        }),
      ),
    );
  });

  test("it is never shut for more than a minute without a probe, nor after a lost probe for longer than patience", () => {
    fc.assert(
      fc.property(moves, (all) =>
        live(all, ({ after, now }) => {
          if (after.status === "open")
            expect((after.untilMs ?? 0) - after.sinceMs).toBeLessThanOrEqual(60_000);
          expect((after.untilMs ?? now) - now).toBeLessThanOrEqual(PATIENCE_MS);
        }),
      ),
    );
  });

  test("each failed probe waits longer", () => {
    const pauses: number[] = [];
    let breaker: Breaker = { ...CLOSED_BREAKER, failures: FAILURES_TO_OPEN - 1 };
    breaker = afterCall(breaker, { failed: true, startedAtMs: 0 }, 0);
    for (let i = 0; i < 6; i++) {
      const at = breaker.untilMs ?? 0;
      pauses.push(at - breaker.sinceMs);
      breaker = afterCall(beginProbe(breaker, at, PATIENCE_MS), { failed: true, startedAtMs: at }, at + 10);
    }
    expect(pauses).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000]);
  });
});
