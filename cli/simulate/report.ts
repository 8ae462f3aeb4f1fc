import { formatCount, formatTable } from "../format.ts";
import { type Meter, quantile } from "./meter.ts";
import { SUBMIT_STEPS } from "./session.ts";

export interface RunSummary {
  study: string;
  seed: number;
  concurrency: number;
  raters: number;
  sessions: { planned: number; complete: number; dropped: number; failed: number };
  elapsedMs: number;
  meter: Meter;
}

interface Latency {
  step: string;
  count: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  maxMs: number;
}

/** "submit → next screen" is every wait of a rater after pressing a button, without generation (P14). */
const SUBMIT_TO_NEXT = "submit → next screen";

export function latencies(meter: Meter): Latency[] {
  const submits = SUBMIT_STEPS.flatMap((step) => meter.durationsMs.get(step) ?? []);
  const rows: [string, number[]][] = [...meter.durationsMs];
  if (submits.length > 0) rows.unshift([SUBMIT_TO_NEXT, submits]);
  return rows.map(([step, values]) => {
    const sorted = [...values].sort((a, b) => a - b);
    const at = (q: number) => Math.round(quantile(sorted, q) * 10) / 10;
    return { step, count: sorted.length, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), maxMs: at(1) };
  });
}

export function isSuccess({ sessions, meter }: RunSummary): boolean {
  return sessions.failed === 0 && meter.errorCount === 0;
}

export function sessionsPerMinute({ sessions, elapsedMs }: RunSummary): number {
  return Math.round(((sessions.complete + sessions.dropped) / (elapsedMs / 60_000)) * 10) / 10;
}

/** For people. */
export function reportText(summary: RunSummary): string {
  const { sessions, meter } = summary;
  const lines = [
    `${formatCount(sessions.complete)} complete, ${formatCount(sessions.dropped)} dropped, ${formatCount(sessions.failed)} failed of ${formatCount(sessions.planned)} sessions`,
    `${formatCount(summary.raters)} raters, ${summary.concurrency} at once, seed ${summary.seed}: ${(summary.elapsedMs / 1000).toFixed(1)} s, ${sessionsPerMinute(summary)} sessions/min`,
    `${formatCount(meter.requests)} requests, ${formatCount(meter.retries)} repeated after network errors, ${formatCount(meter.errorCount)} errors`,
    "",
    formatTable(
      [
        ["milliseconds", "count", "p50", "p95", "p99", "max"],
        ...latencies(meter).map((row) => [
          row.step,
          formatCount(row.count),
          ...[row.p50Ms, row.p95Ms, row.p99Ms, row.maxMs].map((ms) => ms.toFixed(ms < 100 ? 1 : 0)),
        ]),
      ],
      ["left", "right", "right", "right", "right", "right"],
    ),
  ];
  if (meter.errors.size > 0) {
    lines.push("", "errors");
    for (const [kind, { count, example }] of meter.errors)
      lines.push(`  ${count} × ${kind}, e.g. ${example}`);
  }
  return lines.join("\n");
}

/** For programs. */
export function reportJson(summary: RunSummary): string {
  const { meter, ...rest } = summary;
  return JSON.stringify(
    {
      ...rest,
      sessionsPerMinute: sessionsPerMinute(summary),
      requests: meter.requests,
      retries: meter.retries,
      errors: Object.fromEntries([...meter.errors].map(([kind, error]) => [kind, error])),
      latencies: latencies(meter),
    },
    null,
    2,
  );
}
