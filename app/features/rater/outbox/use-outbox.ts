import { useCallback, useEffect, useRef, useSyncExternalStore } from "react";
import type { SavedFields } from "../../../domain/answer-field.ts";
import { outboxOf } from "./browser-outbox.ts";
import type { OutboxView } from "./outbox.ts";

const NOTHING: OutboxView = { state: "idle", unsaved: 0, conflicts: [], refusals: {}, message: null };

export interface UseOutbox extends OutboxView {
  change: (field: string, value: string) => void;
  resolve: (field: string, keep: "mine" | "theirs") => string | undefined;
  handedIn: (fields: readonly string[]) => void;
  retry: () => void;
  flush: () => void;
}

/**
 * The outbox of a task on this page. `saved` is what the server had when the page was loaded; `restore` is called once per
 * page for each field whose newer value only this device has.
 */
export function useOutbox(
  assignmentId: string,
  saved: SavedFields,
  fields: readonly string[],
  restore: (field: string, value: string) => void,
): UseOutbox {
  const view = useSyncExternalStore(
    (listener) => outboxOf(assignmentId).subscribe(listener),
    () => outboxOf(assignmentId).view(),
    () => NOTHING,
  );
  const latest = useRef({ fields, restore });
  latest.current = { fields, restore };
  useEffect(() => {
    const outbox = outboxOf(assignmentId);
    outbox.meet(saved);
    for (const field of latest.current.fields) {
      const value = outbox.pending(field);
      if (value !== undefined) latest.current.restore(field, value);
    }
  }, [assignmentId, saved]);

  return {
    ...view,
    change: useCallback((field, value) => outboxOf(assignmentId).change(field, value), [assignmentId]),
    resolve: useCallback((field, keep) => outboxOf(assignmentId).resolve(field, keep), [assignmentId]),
    handedIn: useCallback((names) => outboxOf(assignmentId).handedIn(names), [assignmentId]),
    retry: useCallback(() => outboxOf(assignmentId).retry(), [assignmentId]),
    flush: useCallback(() => outboxOf(assignmentId).flush(), [assignmentId]),
  };
}
