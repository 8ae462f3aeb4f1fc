import type { PayUnit } from "./study-parts.ts";

export interface PayTerms {
  payUnit: PayUnit;
  payPerTrajectoryCents: number;
  payPerHourCents: number;
}

const HOUR_MS = 3_600_000;

/** What one trajectory pays, in cents; null where it is paid by a time that was not measured. */
export function earnedCents(terms: PayTerms, workMs: number | null): number | null {
  if (terms.payUnit === "trajectory") return terms.payPerTrajectoryCents;
  return workMs === null ? null : Math.round((workMs / HOUR_MS) * terms.payPerHourCents);
}

/** The figure that a page names beside its unit. */
export function payRateCents(terms: PayTerms): number {
  return terms.payUnit === "hour" ? terms.payPerHourCents : terms.payPerTrajectoryCents;
}
