import { useEffect, useRef, useState } from "react";
import { useRevalidator } from "react-router";

/** Reloads the page's data every `everyMs` while the tab is visible; can be paused. */
export function useLiveRefresh(everyMs: number): { paused: boolean; setPaused: (paused: boolean) => void } {
  const [paused, setPaused] = useState(false);
  const revalidator = useRevalidator();
  const latest = useRef(revalidator);
  latest.current = revalidator;
  useEffect(() => {
    if (paused) return;
    const tick = () => {
      if (document.visibilityState === "visible" && latest.current.state === "idle") {
        void latest.current.revalidate();
      }
    };
    const timer = setInterval(tick, everyMs);
    document.addEventListener("visibilitychange", tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", tick);
    };
  }, [everyMs, paused]);
  return { paused, setPaused };
}
