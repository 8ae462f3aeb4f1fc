import type { ArmStatus } from "./vocabulary.ts";

/** Whether no arm of the running version is open; arms that only an earlier version has say nothing (`status` null). */
export function areAllPaused(arms: readonly { status: ArmStatus | null }[]): boolean {
  const running = arms.filter((arm) => arm.status !== null);
  return running.length > 0 && running.every((arm) => arm.status === "paused");
}
