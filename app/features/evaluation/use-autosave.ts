import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { useFetcher } from "react-router";
import type { SaveState } from "../rater/save-indicator.tsx";

const DEBOUNCE_MS = 400;
const RETRY_MS = [1_000, 2_000, 5_000, 10_000];

interface SaveReply {
  error: { code: string; message: string } | null;
}

export interface Autosave {
  state: SaveState;
  /** Why the server refused the latest answers, in plain words. */
  refusal: string | null;
  /** Something changed: save it in a moment. */
  touch: () => void;
  /** Save it now. */
  flush: () => void;
}

/**
 * Saves the whole form of one turn after each change, one request at a time, so that older answers never overtake newer
 * ones; tries again until the server has them. What is still unsaved when the page is left is sent on the way out.
 */
export function useAutosave(form: RefObject<HTMLFormElement | null>): Autosave {
  const fetcher = useFetcher<SaveReply>();
  const { submit, state: sending, data: reply } = fetcher;
  const [state, setState] = useState<SaveState>("idle");
  const dirty = useRef(false);
  const inFlight = useRef(false);
  const tries = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const flush = useCallback(() => {
    clearTimeout(timer.current);
    if (!dirty.current || inFlight.current || !form.current) return;
    dirty.current = false;
    inFlight.current = true;
    const body = new FormData(form.current);
    body.set("intent", "save");
    void submit(body, { method: "post" });
  }, [form, submit]);

  const touch = useCallback(() => {
    dirty.current = true;
    setState((s) => (s === "retrying" ? s : "saving"));
    clearTimeout(timer.current);
    timer.current = setTimeout(flush, DEBOUNCE_MS);
  }, [flush]);

  useEffect(() => {
    if (sending !== "idle" || !inFlight.current || !reply) return;
    inFlight.current = false;
    if (isUnreachable(reply)) {
      dirty.current = true;
      setState("retrying");
      timer.current = setTimeout(flush, RETRY_MS[Math.min(tries.current, RETRY_MS.length - 1)]);
      tries.current += 1;
      return;
    }
    tries.current = 0;
    if (dirty.current) flush();
    else setState(reply.error ? "idle" : "saved");
  }, [sending, reply, flush]);

  useEffect(() => {
    const element = form.current;
    const address = window.location.pathname;
    const sendRest = () => {
      clearTimeout(timer.current);
      if (!dirty.current || !element) return;
      dirty.current = false;
      const body = new URLSearchParams();
      for (const [name, value] of new FormData(element)) body.append(name, String(value));
      body.set("intent", "save");
      void fetch(address, { method: "POST", body, keepalive: true }).catch(() => {});
    };
    window.addEventListener("pagehide", sendRest);
    return () => {
      window.removeEventListener("pagehide", sendRest);
      sendRest();
    };
  }, [form]);

  const refusal = reply?.error && !isUnreachable(reply) ? reply.error.message : null;
  return { state, refusal, touch, flush };
}

function isUnreachable({ error }: SaveReply): boolean {
  return error !== null && ["UNREACHABLE", "STORAGE_UNAVAILABLE", "TOO_MANY_REQUESTS"].includes(error.code);
}
