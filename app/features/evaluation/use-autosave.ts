import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { useFetcher } from "react-router";
import type { FormFailure } from "../rater/offline-failure.ts";
import type { SaveState } from "../rater/save-indicator.tsx";
import { onItsWay } from "../rater/save-outcome.ts";
import { useOnReturn } from "../rater/use-on-return.ts";

const DEBOUNCE_MS = 400;
const RETRY_MS = [1_000, 2_000, 5_000, 10_000];

interface SaveReply {
  error: FormFailure["error"] | null;
}

export interface Autosave {
  state: SaveState;
  /** Why the server refused the latest answers, if it did. */
  refusal: FormFailure["error"] | null;
  /** Something changed: save it in a moment. */
  touch: () => void;
  /** Save it now. */
  flush: () => void;
}

/**
 * Saves the whole form of one turn after each change, one request at a time, so that older answers never overtake newer
 * ones; tries again until the server has them, also after signing in again in another tab. What is still unsaved when
 * the page is left is sent on the way out.
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

  useOnReturn(flush);

  const touch = useCallback(() => {
    dirty.current = true;
    setState(onItsWay);
    clearTimeout(timer.current);
    timer.current = setTimeout(flush, DEBOUNCE_MS);
  }, [flush]);

  useEffect(() => {
    if (sending !== "idle" || !inFlight.current || !reply) return;
    inFlight.current = false;
    if (mayPass(reply)) {
      dirty.current = true;
      setState(reply.error?.code === "SIGN_IN_NEEDED" ? "signed_out" : "retrying");
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

  const refusal = reply?.error && !mayPass(reply) ? reply.error : null;
  return { state, refusal, touch, flush };
}

const PASSING = ["UNREACHABLE", "STORAGE_UNAVAILABLE", "TOO_MANY_REQUESTS", "SIGN_IN_NEEDED"];

/** Whether the same answers may be taken later. */
function mayPass({ error }: SaveReply): boolean {
  return error !== null && PASSING.includes(error.code);
}
