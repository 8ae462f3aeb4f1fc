import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  ASSIGNMENT_STATUSES,
  type AssignmentEvent,
  COMPLETED_STATUSES,
  isLive,
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

const EVENTS = [
  "start",
  "pause",
  "resume",
  "submit",
  "approve",
  "reject",
  "return",
  "expire",
  "revive",
  "withdraw",
] as const satisfies AssignmentEvent["type"][];

describe("assignment", () => {
  const FINAL = ["returned", "withdrawn"];

  test("no sequence of events leaves the vocabulary, and a refusal changes nothing", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...EVENTS), { maxLength: 30 }), (events) => {
        let status = "offered" as (typeof ASSIGNMENT_STATUSES)[number];
        for (const type of events) {
          const move = transitionAssignment(status, { type });
          if (FINAL.includes(status)) expect(move.kind).toBe("refused");
          if (move.kind === "refused") expect(move.from).toBe(status);
          else status = move.to;
          expect(ASSIGNMENT_STATUSES).toContain(status);
        }
      }),
    );
  });

  test("work is handed in only from active, and only handed-in work is approved or rejected", () => {
    for (const status of ASSIGNMENT_STATUSES) {
      expect(transitionAssignment(status, { type: "submit" }).kind).toBe(
        status === "active" ? "moved" : "refused",
      );
      const approve = transitionAssignment(status, { type: "approve" }).kind;
      expect(approve).toBe(status === "submitted" || status === "rejected" ? "moved" : "refused");
    }
  });

  test("an expired assignment can be revived, and nothing else becomes active without starting or resuming", () => {
    for (const status of ASSIGNMENT_STATUSES) {
      for (const type of EVENTS) {
        const move = transitionAssignment(status, { type });
        if (move.kind === "moved" && move.to === "active") {
          expect([`offered:start`, `paused:resume`, `expired:revive`]).toContain(`${status}:${type}`);
        }
      }
    }
  });

  it.each(ASSIGNMENT_STATUSES.map((s) => [s]))("knows whether %s is live and holds a place", (status) => {
    expect(isLive(status)).toBe((LIVE_STATUSES as readonly string[]).includes(status));
    const holds = (PLACE_HOLDING_STATUSES as readonly string[]).includes(status);
    expect(holds).toBe(isLive(status) || (COMPLETED_STATUSES as readonly string[]).includes(status));
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

  test("retries wait longer each time, never more than half a minute", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (n, jitter) => {
          const delay = retryDelayMs(n, jitter);
          expect(delay).toBeGreaterThanOrEqual(250);
          expect(delay).toBeLessThanOrEqual(30_000);
          expect(retryDelayMs(n + 1, jitter)).toBeGreaterThanOrEqual(delay);
        },
      ),
    );
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
