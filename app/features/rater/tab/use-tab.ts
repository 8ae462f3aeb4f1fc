import { useSyncExternalStore } from "react";
import { type TabState, tabOf } from "./tab.ts";

/** Whether this tab holds the task; "asking" on the server and until the answer is there. */
export function useTabState(assignmentId: string): TabState {
  return useSyncExternalStore(
    (listener) => tabOf(assignmentId).subscribe(listener),
    () => tabOf(assignmentId).state(),
    () => "asking",
  );
}

/** The fencing token for forms, or null while it is not known. */
export function useWriterToken(assignmentId: string): number | null {
  return useSyncExternalStore(
    (listener) => tabOf(assignmentId).subscribe(listener),
    () => tabOf(assignmentId).token(),
    () => null,
  );
}
