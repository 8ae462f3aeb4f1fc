import { useCallback, useEffect, useRef, useState } from "react";
import { paths } from "../../domain/paths.ts";
import type { SaveState } from "./save-indicator.tsx";
import { onItsWay, type SaveOutcome, saveOutcome } from "./save-outcome.ts";
import { useOnReturn } from "./use-on-return.ts";

const DEBOUNCE_MS = 500;
const RETRY_MS = [1_000, 2_000, 5_000, 10_000];

/**
 * Keeps what is typed on the server, a moment after each change. One request at a time, so that an older value never
 * overtakes a newer one; tries again until it is saved, also after signing in again in another tab; sends what is left
 * when the page goes away.
 */
export function useDrafts(assignmentId: string): {
  state: SaveState;
  save: (field: string, value: string) => void;
} {
  const [state, setState] = useState<SaveState>("idle");
  const waiting = useRef(new Map<string, string>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const busy = useRef(false);
  const tries = useRef(0);

  const flush = useCallback(async () => {
    clearTimeout(timer.current);
    const [next] = waiting.current;
    if (busy.current || !next) return;
    const [field, value] = next;
    waiting.current.delete(field);
    busy.current = true;
    setState(onItsWay);
    const outcome = await post(assignmentId, field, value);
    busy.current = false;
    if (outcome === "unreachable" || outcome === "signed_out") {
      if (!waiting.current.has(field)) waiting.current.set(field, value);
      setState(outcome === "signed_out" ? "signed_out" : "retrying");
      const pause = RETRY_MS[Math.min(tries.current, RETRY_MS.length - 1)];
      tries.current += 1;
      timer.current = setTimeout(flush, pause);
      return;
    }
    tries.current = 0;
    if (waiting.current.size > 0) void flush();
    else setState(outcome === "saved" ? "saved" : "idle");
  }, [assignmentId]);

  useOnReturn(flush);

  const save = useCallback(
    (field: string, value: string) => {
      waiting.current.set(field, value);
      setState(onItsWay);
      clearTimeout(timer.current);
      timer.current = setTimeout(flush, DEBOUNCE_MS);
    },
    [flush],
  );

  useEffect(() => {
    const sendRest = () => {
      clearTimeout(timer.current);
      for (const [field, value] of waiting.current) void post(assignmentId, field, value);
      waiting.current.clear();
    };
    window.addEventListener("pagehide", sendRest);
    return () => {
      window.removeEventListener("pagehide", sendRest);
      // The page was left by submitting its form: what was typed is on its way with it.
      clearTimeout(timer.current);
    };
  }, [assignmentId]);

  return { state, save };
}

async function post(assignmentId: string, field: string, value: string): Promise<SaveOutcome> {
  try {
    const reply = await fetch(paths.drafts(assignmentId), {
      method: "POST",
      headers: { accept: "application/json" },
      body: new URLSearchParams({ field, value }),
      keepalive: true,
    });
    return saveOutcome(reply);
  } catch {
    return "unreachable";
  }
}
