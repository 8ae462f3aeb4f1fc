import { ElsewhereDialog } from "./tab/elsewhere-dialog.tsx";
import { useWorkClock, type WorkClock } from "./use-work-clock.ts";

/** Part of each page on which a task is worked on: one active tab, and honest time. */
export function WorkSession(props: WorkClock) {
  useWorkClock(props);
  return <ElsewhereDialog assignmentId={props.assignmentId} />;
}
