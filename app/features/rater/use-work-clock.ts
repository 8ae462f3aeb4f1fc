import { useEffect, useRef } from "react";
import { paths } from "../../domain/paths.ts";
import type { Phase } from "../../domain/phase.ts";
import { addMoment, NO_WORK_TIME, type WorkTime } from "../../domain/work-time.ts";
import { tabOf } from "./tab/tab.ts";

const TICK_MS = 1_000;
const REPORT_EVERY_MS = 15_000;
const INPUT_EVENTS = ["keydown", "pointerdown", "pointermove", "wheel", "touchstart", "scroll"] as const;

export interface WorkClock {
  assignmentId: string;
  phase: Phase;
  /** 1-based; null outside turns. */
  turnNumber: number | null;
  /** Images are being made or loaded, so that the rater cannot go on. */
  waiting: boolean;
}

/** Counters of this page load, by phase and turn: going back to a turn goes on where its counters stood. */
const counters = new Map<string, WorkTime>();

/** Measures active, idle and waiting time while the page is in front, and reports it while this tab holds the task. */
export function useWorkClock({ assignmentId, phase, turnNumber, waiting }: WorkClock): void {
  const isWaiting = useRef(waiting);
  isWaiting.current = waiting;
  useEffect(() => {
    const key = `${assignmentId}/${phase}/${turnNumber ?? ""}`;
    const tab = tabOf(assignmentId);
    let last = performance.now();
    let lastInput = last;
    let lastReport = last;
    let reported = counters.get(key) ?? NO_WORK_TIME;

    const tick = () => {
      const now = performance.now();
      const moment = {
        inFront: document.visibilityState === "visible" && document.hasFocus() && tab.state() === "writer",
        sinceInputMs: now - lastInput,
        waiting: isWaiting.current,
      };
      counters.set(key, addMoment(counters.get(key) ?? NO_WORK_TIME, now - last, moment));
      last = now;
      // A tab in front says that it is there even when nothing is counted.
      if (moment.inFront && now - lastReport >= REPORT_EVERY_MS) report(false);
    };
    const report = (leaving: boolean) => {
      lastReport = performance.now();
      const time = counters.get(key) ?? NO_WORK_TIME;
      const writerToken = tab.token();
      if (writerToken === null || (leaving && time === reported)) return;
      reported = time;
      void send({ assignmentId, writerId: tab.writerId, writerToken, phase, turnNumber, time, leaving });
    };
    const onInput = () => {
      lastInput = performance.now();
    };
    const leave = () => {
      tick();
      report(true);
    };
    const onVisibility = () => {
      if (document.visibilityState === "hidden") leave();
    };
    const timer = setInterval(tick, TICK_MS);
    for (const name of INPUT_EVENTS) window.addEventListener(name, onInput, { passive: true });
    window.addEventListener("pagehide", leave);
    document.addEventListener("visibilitychange", onVisibility);
    return () => {
      clearInterval(timer);
      for (const name of INPUT_EVENTS) window.removeEventListener(name, onInput);
      window.removeEventListener("pagehide", leave);
      document.removeEventListener("visibilitychange", onVisibility);
      leave();
    };
  }, [assignmentId, phase, turnNumber]);
}

interface Report extends Omit<WorkClock, "waiting"> {
  writerId: string;
  writerToken: number;
  time: WorkTime;
  leaving: boolean;
}

async function send({ assignmentId, writerId, writerToken, phase, turnNumber, time, leaving }: Report) {
  const body = new URLSearchParams({
    intent: "time",
    writerId,
    writerToken: String(writerToken),
    phase,
    ...(turnNumber !== null && { turnNumber: String(turnNumber) }),
    activeMs: String(Math.round(time.activeMs)),
    idleMs: String(Math.round(time.idleMs)),
    waitingMs: String(Math.round(time.waitingMs)),
  });
  try {
    const reply = await fetch(paths.writer(assignmentId), { method: "POST", body, keepalive: leaving });
    if (reply.status === 409) tabOf(assignmentId).lose();
  } catch {
    // The next report holds the same counters.
  }
}
