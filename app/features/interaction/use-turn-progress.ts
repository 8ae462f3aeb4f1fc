import { useEffect, useRef, useState } from "react";
import { paths } from "../../domain/paths.ts";
import type { TurnProgress, TurnView } from "../../domain/rater-views.ts";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_AFTER_ERROR_MS = 8_000;

/**
 * Follows a turn's generation: asks twice a second at first, then every second, less often while the server does not
 * answer. Calls `onFinished` once the turn is ready or has failed.
 */
export function useTurnProgress(
  view: TurnView,
  onFinished: () => void,
): TurnProgress & { reachable: boolean } {
  const { assignmentId, turnNumber } = view;
  const [progress, setProgress] = useState<TurnProgress>(view);
  const [reachable, setReachable] = useState(true);
  const finished = useRef(onFinished);
  finished.current = onFinished;

  useEffect(() => {
    const stopped = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    let pause = FIRST_PAUSE_MS;
    async function ask() {
      try {
        const response = await fetch(paths.turnProgress(assignmentId, turnNumber), {
          signal: stopped.signal,
        });
        if (!response.ok) throw new Error(`progress answered ${response.status}`);
        const next = (await response.json()) as TurnProgress;
        setReachable(true);
        setProgress(next);
        pause = Math.min(pause * 1.25, LONGEST_PAUSE_MS);
        if (next.status !== "proposing" && next.status !== "rendering") {
          finished.current();
          // Asked again only if the page could not be brought up to date.
          pause = LONGEST_PAUSE_AFTER_ERROR_MS;
        }
      } catch {
        if (stopped.signal.aborted) return;
        setReachable(false);
        pause = Math.min(pause * 2, LONGEST_PAUSE_AFTER_ERROR_MS);
      }
      timer = setTimeout(ask, pause);
    }
    timer = setTimeout(ask, pause);
    return () => {
      stopped.abort();
      clearTimeout(timer);
    };
  }, [assignmentId, turnNumber]);

  return { ...progress, reachable };
}

/** Whole seconds since the component appeared. */
export function useElapsedSeconds(): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((s) => s + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return seconds;
}
