import { type AssignmentStatus, coordinatorEvents } from "./assignment.ts";

/** What a coordinator can do with assignments from their list, in the order of the buttons. */
export const COORDINATOR_ACTIONS = [
  "approve",
  "correct",
  "reject",
  "extend",
  "pause",
  "resume",
  "release",
] as const;
export type CoordinatorAction = (typeof COORDINATOR_ACTIONS)[number];

export function isCoordinatorAction(value: unknown): value is CoordinatorAction {
  return COORDINATOR_ACTIONS.includes(value as CoordinatorAction);
}

const EXTENDABLE: readonly AssignmentStatus[] = ["offered", "active", "expired"];

/** The actions that make sense from `status`. */
export function coordinatorActions(status: AssignmentStatus): CoordinatorAction[] {
  const events: readonly string[] = coordinatorEvents(status);
  return COORDINATOR_ACTIONS.filter((action) =>
    action === "extend" ? EXTENDABLE.includes(status) : events.includes(action),
  );
}
