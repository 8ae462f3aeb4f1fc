import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  ASSIGNMENT_STATUSES,
  type AssignmentStatus,
  COMPLETED_STATUSES,
  coordinatorEvents,
  ASSIGNMENT_EVENTS as EVENTS,
  HANDED_IN_STATUSES,
  holdsPlace,
  isLive,
  LEASED_STATUSES,
  LIVE_STATUSES,
  PLACE_HOLDING_STATUSES,
  transitionAssignment,
} from "../../../app/domain/assignment.ts";
import {
  nextPhase,
  OPTIONAL_PHASES,
  PHASES,
  type Phase,
  type PhaseEvent,
  phasesOf,
} from "../../../app/domain/phase.ts";
import { STUDY_ACTIONS, STUDY_STATUSES, studyActions, transitionStudy } from "../../../app/domain/study.ts";
import {
  retryDelayMs,
  type STEP_STATUSES,
  type StepEvent,
  TURN_STATUSES,
  type TurnEvent,
  transitionStep,
  transitionTurn,
} from "../../../app/domain/turn.ts";

describe("assignment", () => {
  const walk = fc.array(fc.constantFrom(...EVENTS), { maxLength: 30 });
  /** The statuses that a sequence of events leads through. */
  const pathOf = (events: readonly (typeof EVENTS)[number][], from: AssignmentStatus = "offered") => {
    const path: [AssignmentStatus, (typeof EVENTS)[number] | null][] = [[from, null]];
    for (const type of events) {
      const status = path.at(-1)?.[0] as AssignmentStatus;
      const move = transitionAssignment(status, { type });
      if (move.kind === "refused") expect(move.from).toBe(status);
      else path.push([move.to, type]);
    }
    return path;
  };

  test("no sequence of events leaves the vocabulary or leaves withdrawn again", () => {
    fc.assert(
      fc.property(walk, fc.constantFrom(...ASSIGNMENT_STATUSES), (events, from) => {
        const path = pathOf(events, from);
        for (const [status] of path) expect(ASSIGNMENT_STATUSES).toContain(status);
        const withdrawn = path.findIndex(([status]) => status === "withdrawn");
        if (withdrawn >= 0) expect(path).toHaveLength(withdrawn + 1);
      }),
    );
  });

  test("consent can be withdrawn from everywhere, once", () => {
    for (const status of ASSIGNMENT_STATUSES) {
      const move = transitionAssignment(status, { type: "withdraw" });
      expect(move.kind).toBe(status === "withdrawn" ? "refused" : "moved");
    }
  });

  test("what was given back is never taken up again", () => {
    for (const type of EVENTS.filter((e) => e !== "withdraw")) {
      expect(transitionAssignment("returned", { type }).kind).toBe("refused");
    }
  });

  test("an offer that was never taken leaves nothing to revive, and nothing to review", () => {
    fc.assert(
      fc.property(walk, (events) => {
        const path = pathOf(events.filter((e) => e !== "start"));
        for (const [status] of path) expect(["offered", "returned", "withdrawn"]).toContain(status);
      }),
    );
  });

  test("whoever was approved or rejected had handed in, in that round", () => {
    fc.assert(
      fc.property(walk, (events) => {
        const path = pathOf(events, "active");
        path.forEach(([status], i) => {
          if (status !== "approved" && status !== "rejected") return;
          const before = path.slice(0, i).findLastIndex(([s]) => s === "active");
          expect(path.slice(before + 1, i + 1).map(([, e]) => e)).toContain("submit");
        });
      }),
    );
  });

  test("the clock of a paused task stands still: it cannot expire, only go on, be given back or be released", () => {
    const possible = EVENTS.filter((type) => transitionAssignment("paused", { type }).kind === "moved");
    expect(possible.sort()).toEqual(["release", "resume", "return", "withdraw"]);
    for (const status of ASSIGNMENT_STATUSES) {
      const leased = (LEASED_STATUSES as readonly string[]).includes(status);
      expect(transitionAssignment(status, { type: "expire" }).kind).toBe(leased ? "moved" : "refused");
    }
  });

  test("work is handed in only from active, and only handed-in work is approved, rejected or corrected", () => {
    for (const status of ASSIGNMENT_STATUSES) {
      const can = (type: (typeof EVENTS)[number]) => transitionAssignment(status, { type }).kind === "moved";
      expect(can("submit")).toBe(status === "active");
      expect(can("approve")).toBe(status === "submitted" || status === "rejected");
      expect(can("reject")).toBe(status === "submitted");
      expect(can("correct")).toBe(status === "submitted");
    }
  });

  test("nothing becomes active without starting, resuming, reviving or being returned for correction", () => {
    for (const status of ASSIGNMENT_STATUSES) {
      for (const type of EVENTS) {
        const move = transitionAssignment(status, { type });
        if (move.kind === "moved" && move.to === "active") {
          expect([`offered:start`, `paused:resume`, `expired:revive`, "submitted:correct"]).toContain(
            `${status}:${type}`,
          );
        }
      }
    }
  });

  test("coordinators are offered exactly what the table allows them", () => {
    expect(coordinatorEvents("submitted")).toEqual(["approve", "correct", "reject"]);
    expect(coordinatorEvents("active")).toEqual(["pause", "release"]);
    expect(coordinatorEvents("paused")).toEqual(["resume", "release"]);
    expect(coordinatorEvents("withdrawn")).toEqual([]);
  });

  it.each(ASSIGNMENT_STATUSES.map((s) => [s]))("knows whether %s is live and holds a place", (status) => {
    expect(isLive(status)).toBe((LIVE_STATUSES as readonly string[]).includes(status));
    const holds = (PLACE_HOLDING_STATUSES as readonly string[]).includes(status);
    expect(holds).toBe(isLive(status) || (COMPLETED_STATUSES as readonly string[]).includes(status));
    expect(holdsPlace({ status, keepsPlace: false })).toBe(holds);
    expect(holdsPlace({ status, keepsPlace: true })).toBe(holds || status === "rejected");
    const handedIn = (HANDED_IN_STATUSES as readonly string[]).includes(status);
    expect(handedIn).toBe(
      (COMPLETED_STATUSES as readonly string[]).includes(status) || status === "rejected",
    );
  });
});

describe("phase", () => {
  const enabledSets = fc.subarray([...OPTIONAL_PHASES]);
  const event: fc.Arbitrary<PhaseEvent> = fc.oneof(
    fc
      .constantFrom(
        "accept_consent",
        "save_about_you",
        "read_instructions",
        "finish_practice",
        "submit_prompt",
        "submit_evaluation",
      )
      .map((type) => ({ type }) as PhaseEvent),
    fc
      .record({ turnNumber: fc.integer({ min: 1, max: 6 }), horizon: fc.constant(5) })
      .map((c) => ({ type: "choose" as const, ...c })),
  );

  test("no sequence of events goes backwards or enters a phase that the study left out", () => {
    fc.assert(
      fc.property(enabledSets, fc.array(event, { maxLength: 40 }), (enabled, events) => {
        const order = phasesOf(enabled);
        let phase = order[0] as Phase;
        for (const e of events) {
          const next = nextPhase(phase, e, enabled);
          if (next === null) continue;
          expect(order).toContain(next);
          expect(order.indexOf(next) - order.indexOf(phase)).toBeOneOf([0, 1]);
          phase = next;
        }
      }),
    );
  });

  test("the right events in order lead from the first phase to done", () => {
    fc.assert(
      fc.property(enabledSets, fc.integer({ min: 1, max: 8 }), (enabled, horizon) => {
        let phase = phasesOf(enabled)[0] as Phase;
        const step = (e: PhaseEvent) => {
          phase = nextPhase(phase, e, enabled) ?? phase;
        };
        step({ type: "accept_consent" });
        step({ type: "save_about_you" });
        step({ type: "read_instructions" });
        step({ type: "finish_practice" });
        step({ type: "submit_prompt" });
        for (let turnNumber = 1; turnNumber <= horizon; turnNumber++) {
          expect(phase).toBe("interaction");
          step({ type: "choose", turnNumber, horizon });
        }
        expect(phase).toBe("evaluation");
        step({ type: "submit_evaluation" });
        expect(phase).toBe("done");
      }),
    );
  });

  test("done is final", () => {
    for (const type of ["submit_evaluation", "submit_prompt"] as const) {
      expect(nextPhase("done", { type }, [])).toBeNull();
    }
    expect(PHASES.at(-1)).toBe("done");
  });
});

describe("turn and step", () => {
  const turnEvent: fc.Arbitrary<TurnEvent> = fc.oneof(
    fc.constantFrom("proposed", "all_rendered", "choose", "fail").map((type) => ({ type }) as TurnEvent),
    fc.boolean().map((hasSlate) => ({ type: "retry" as const, hasSlate })),
  );

  test("a turn is chosen only after it was ready, and then never changes again", () => {
    fc.assert(
      fc.property(fc.array(turnEvent, { maxLength: 30 }), (events) => {
        let status = "proposing" as (typeof TURN_STATUSES)[number];
        const path = [status];
        for (const e of events) {
          const next = transitionTurn(status, e);
          if (next === null) continue;
          if (next === "chosen") expect(status).toBe("ready");
          expect(status).not.toBe("chosen");
          expect(TURN_STATUSES).toContain(next);
          status = next;
          path.push(status);
        }
        if (path.includes("ready")) expect(path.indexOf("rendering")).toBeLessThan(path.indexOf("ready"));
      }),
    );
  });

  test("a step is done only by whoever runs it, and fails for good only after its last attempt", () => {
    const event: fc.Arbitrary<StepEvent> = fc.oneof(
      fc.constantFrom("claim", "succeed", "lease_expired", "retry").map((type) => ({ type }) as StepEvent),
      fc.integer({ min: 1, max: 5 }).map((attempts) => ({ type: "fail" as const, attempts, maxAttempts: 4 })),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        let status = "pending" as (typeof STEP_STATUSES)[number];
        for (const e of events) {
          const next = transitionStep(status, e);
          if (next === null) continue;
          if (next === "done") expect(status).toBe("running");
          if (next === "failed") expect(e).toMatchObject({ type: "fail" });
          if (next === "failed" && e.type === "fail") expect(e.attempts).toBeGreaterThanOrEqual(4);
          expect(status).not.toBe("done");
          status = next;
        }
      }),
    );
  });

  test("an attempt that cannot help is the last one", () => {
    expect(transitionStep("running", { type: "fail", attempts: 1, maxAttempts: 4, final: true })).toBe(
      "failed",
    );
  });

  test("what nobody needs any more is cancelled, and can be taken up again", () => {
    expect(transitionStep("pending", { type: "cancel" })).toBe("cancelled");
    expect(transitionStep("running", { type: "cancel" })).toBe("cancelled");
    expect(transitionStep("done", { type: "cancel" })).toBeNull();
    expect(transitionStep("cancelled", { type: "retry" })).toBe("pending");
  });

  test("retries are spread over the whole pause, whose bound grows to half a minute", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (n, jitter) => {
          const delay = retryDelayMs(n, jitter);
          expect(delay).toBeGreaterThanOrEqual(0);
          expect(delay).toBeLessThanOrEqual(30_000);
          expect(retryDelayMs(n + 1, jitter)).toBeGreaterThanOrEqual(delay);
        },
      ),
    );
    expect(retryDelayMs(1, 0.999)).toBeGreaterThan(450);
    expect(retryDelayMs(9, 0.5)).toBe(15_000);
  });
});

describe("study", () => {
  test("the buttons offered are exactly the transitions allowed", () => {
    for (const status of STUDY_STATUSES) {
      for (const action of STUDY_ACTIONS) {
        expect(studyActions(status).includes(action)).toBe(transitionStudy(status, action) !== null);
      }
    }
  });

  test("a study never becomes a draft again", () => {
    for (const status of STUDY_STATUSES) {
      for (const action of STUDY_ACTIONS) expect(transitionStudy(status, action)).not.toBe("draft");
    }
  });
});
