import type { ProviderFault } from "../../domain/provider-call.ts";

export const FAULT_NAMES: Record<ProviderFault, string> = {
  unreachable: "unreachable",
  timeout: "too slow",
  rate_limited: "asked to slow down",
  unavailable: "unavailable",
  misconfigured: "wrongly configured",
  rejected: "request refused",
  blocked: "blocked by its filter",
  malformed: "reply not understood",
};

/** Millionths of the operator's currency, which has no name here. */
export function moneyText(micros: number): string {
  const value = micros / 1_000_000;
  return value !== 0 && Math.abs(value) < 0.01 ? value.toFixed(4) : value.toFixed(2);
}
