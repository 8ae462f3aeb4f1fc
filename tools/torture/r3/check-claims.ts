/**
 * Checks a history of claims without any of the service's own code: from what clients saw, and from the rows that were
 * left. Every violation is a sentence.
 */
import type { Call, ClaimRules, FinalRows } from "./history.ts";

export function checkClaims(calls: readonly Call[], rows: FinalRows, rules: ClaimRules): string[] {
  return [
    ...checkReplies(calls),
    ...checkPlaces(calls, rules),
    ...checkEventLog(rows, rules),
    ...checkFinalRows(rows, rules),
    ...checkLists(rows, rules),
  ];
}

/** What is known of one assignment from outside. */
interface Seen {
  raterId: string;
  /** When it was surely held: between an answer that says so and the earliest end of the lease after it. */
  sure: { fromMs: number; untilMs: number; live: boolean }[];
  /** Nobody held it before or after; gaps in between are not looked at. */
  possibleFromMs: number;
  possibleUntilMs: number;
  returned: boolean;
}

/** The same submission id always got the same answer. */
function checkReplies(calls: readonly Call[]): string[] {
  const out: string[] = [];
  for (const [id, same] of Map.groupBy(calls, (c) => c.submissionId)) {
    const given = new Set(same.filter((c) => c.outcome === "ok").map((c) => c.assignmentId));
    if (given.size > 1) out.push(`submission ${id} was answered with ${given.size} assignments`);
  }
  return out;
}

function sight(calls: readonly Call[], rules: ClaimRules): Seen[] {
  const seen = new Map<string, Seen>();
  const { leaseMs, renewalSlackMs } = rules;
  for (const call of [...calls].sort((a, b) => a.endMs - b.endMs)) {
    if (call.assignmentId === null) continue;
    const known = seen.get(call.assignmentId);
    if (!known) {
      if (call.kind !== "claim") throw new Error(`${call.assignmentId} was used before it was claimed`);
      seen.set(call.assignmentId, {
        raterId: call.raterId,
        sure: [{ fromMs: call.endMs, untilMs: call.startMs + leaseMs, live: true }],
        possibleFromMs: call.startMs,
        possibleUntilMs: call.endMs + leaseMs,
        returned: false,
      });
      continue;
    }
    // Whatever came of it, the request may have renewed the lease or brought the assignment back.
    if (!known.returned) known.possibleUntilMs = Math.max(known.possibleUntilMs, call.endMs + leaseMs);
    if (call.outcome !== "ok") continue;
    const last = known.sure.at(-1);
    const held = last && call.startMs <= last.untilMs ? last : null;
    if (call.kind === "claim") {
      // Another click that was answered with the same assignment: it may have been this one that made it.
      known.possibleFromMs = Math.min(known.possibleFromMs, call.startMs);
    } else if (call.kind === "return") {
      if (held) held.untilMs = call.startMs;
      known.possibleUntilMs = call.endMs;
      known.returned = true;
    } else if (call.kind === "submit") {
      if (held) held.untilMs = call.startMs;
      const fromMs = held ? call.startMs : call.endMs;
      known.sure.push({ fromMs, untilMs: Number.POSITIVE_INFINITY, live: false });
      known.possibleUntilMs = Number.POSITIVE_INFINITY;
    } else if (!known.returned) {
      const untilMs = call.startMs + leaseMs - renewalSlackMs;
      if (held) held.untilMs = Math.max(held.untilMs, untilMs);
      else known.sure.push({ fromMs: call.endMs, untilMs, live: true });
    }
  }
  return [...seen.values()];
}

/** At no instant were more places surely held than there are; no rater surely held two; nobody was refused in vain. */
function checkPlaces(calls: readonly Call[], rules: ClaimRules): string[] {
  const out: string[] = [];
  const { skewMs } = rules;
  const seen = sight(calls, rules).map((s) => ({
    ...s,
    sure: s.sure.map((part) => ({
      ...part,
      fromMs: part.fromMs + skewMs,
      untilMs: part.untilMs - skewMs,
    })),
    possibleFromMs: s.possibleFromMs - skewMs,
    possibleUntilMs: s.possibleUntilMs + skewMs,
  }));
  const sure = timeline(seen.flatMap((s) => s.sure));
  const most = Math.max(0, ...sure.map(([, n]) => n));
  if (most > rules.limit) out.push(`${most} places were held at once, of ${rules.limit}`);

  for (const [raterId, own] of Map.groupBy(seen, (s) => s.raterId)) {
    const live = own.flatMap((s) => s.sure.filter((part) => part.live));
    const both = Math.max(0, ...timeline(live).map(([, n]) => n));
    if (both > 1) out.push(`${raterId} had ${both} live assignments at once`);
  }

  const possible = timeline(seen.map((s) => ({ fromMs: s.possibleFromMs, untilMs: s.possibleUntilMs })));
  const inVain = calls.filter(
    (c) => c.outcome === "STUDY_FULL" && highest(possible, c.startMs, c.endMs) < rules.limit,
  );
  if (inVain.length > 0) out.push(`${inVain.length} claims were refused while a place was free`);
  return out;
}

/** How many intervals hold after each instant at which that changes. Ends come before beginnings. */
function timeline(intervals: readonly { fromMs: number; untilMs: number }[]): [number, number][] {
  const steps = intervals
    .filter(({ fromMs, untilMs }) => fromMs < untilMs)
    .flatMap(({ fromMs, untilMs }) => [
      [fromMs, 1] as const,
      ...(Number.isFinite(untilMs) ? [[untilMs, -1] as const] : []),
    ])
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let n = 0;
  return steps.map(([at, change]) => {
    n += change;
    return [at, n];
  });
}

/** Highest value of a timeline between two instants. */
function highest(line: readonly [number, number][], fromMs: number, untilMs: number): number {
  let low = 0;
  let high = line.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((line[middle] as [number, number])[0] < fromMs) low = middle + 1;
    else high = middle;
  }
  let most = low > 0 ? (line[low - 1] as [number, number])[1] : 0;
  for (let i = low; i < line.length && (line[i] as [number, number])[0] <= untilMs; i++) {
    most = Math.max(most, (line[i] as [number, number])[1]);
  }
  return most;
}

const BEGINS = new Set(["assignment.started", "assignment.revived"]);
const ENDS = new Set(["assignment.returned", "assignment.expired"]);

/** The event log, replayed: never more places than there are, never two live assignments of one rater. */
function checkEventLog({ events }: FinalRows, rules: ClaimRules): string[] {
  const out: string[] = [];
  const live = new Map<string, string>();
  const submitted = new Set<string>();
  let overfull = 0;
  let doubles = 0;
  for (const { type, raterId, assignmentId } of events) {
    if (BEGINS.has(type)) {
      if ([...live].some(([id, rater]) => rater === raterId && id !== assignmentId)) doubles += 1;
      live.set(assignmentId, raterId);
    } else if (ENDS.has(type)) live.delete(assignmentId);
    else if (type === "assignment.submitted") {
      live.delete(assignmentId);
      submitted.add(assignmentId);
    }
    if (live.size + submitted.size > rules.limit) overfull += 1;
  }
  if (overfull > 0) out.push(`the event log shows more places than there are after ${overfull} events`);
  if (doubles > 0) out.push(`the event log shows ${doubles} second live assignments`);
  return out;
}

function checkFinalRows({ assignments, placesHeld }: FinalRows, rules: ClaimRules): string[] {
  const out: string[] = [];
  const live = assignments.filter((a) => a.status === "active");
  const holding = live.length + assignments.filter((a) => a.status === "submitted").length;
  if (holding > rules.limit) out.push(`${holding} assignments hold a place in the end, of ${rules.limit}`);
  if (placesHeld !== holding) out.push(`the counter says ${placesHeld} places, the rows say ${holding}`);
  const raters = new Set(live.map((a) => a.raterId));
  if (raters.size < live.length) out.push("a rater has two live assignments in the end");
  return out;
}

/** Lists are read in order, without gaps, each block a permutation of its weights, and arms stay within one block. */
function checkLists({ entries, allocated }: FinalRows, { weights }: ClaimRules): string[] {
  const out: string[] = [];
  const armOf = new Map(allocated.map((t) => [t.trajectoryId, t]));
  const used = new Set<string>();
  for (const [listId, list] of Map.groupBy(entries, (e) => e.listId)) {
    const say = (what: string) => out.push(`list ${listId}: ${what}`);
    if (list.some((e, i) => e.position !== i)) say("positions have a gap");
    const read = list.findLastIndex((e) => e.trajectoryId !== null) + 1;
    const drawn = list.slice(0, read);
    if (drawn.some((e) => e.trajectoryId === null)) say("an entry was passed over");
    for (const entry of drawn) {
      const trajectory = entry.trajectoryId === null ? undefined : armOf.get(entry.trajectoryId);
      if (!trajectory || trajectory.armKey !== entry.armKey) say("an arm is not the one of its entry");
      else if (trajectory.raterId !== entry.stratum) say("an entry went to another stratum");
      if (entry.trajectoryId !== null) {
        if (used.has(entry.trajectoryId)) say("one trajectory has two entries");
        used.add(entry.trajectoryId);
      }
    }
    for (const block of Map.groupBy(list, (e) => e.blockIndex).values()) {
      const multiples = Object.entries(weights).map(
        ([armKey, weight]) => block.filter((e) => e.armKey === armKey).length / weight,
      );
      if (new Set(multiples).size !== 1 || !(multiples[0] === 1 || multiples[0] === 2)) {
        say("a block is not a permutation of the weights");
      }
    }
    const excess = imbalance(
      drawn.flatMap((e) => armOf.get(e.trajectoryId ?? "")?.armKey ?? []),
      weights,
    );
    // The larger block holds every arm twice its weight.
    if (excess > 2) say(`arms differ by ${excess} times their weight, more than one block`);
  }
  const without = allocated.filter((t) => !used.has(t.trajectoryId)).length;
  if (without > 0) out.push(`${without} trajectories have an arm that no list gave`);
  return out;
}

/** Largest difference between two arms' counts, each by its weight, at any point of a sequence. */
export function imbalance(armKeys: readonly string[], weights: Record<string, number>): number {
  const counts = new Map(Object.keys(weights).map((key) => [key, 0]));
  let worst = 0;
  for (const key of armKeys) {
    counts.set(key, (counts.get(key) ?? 0) + 1);
    const shares = Object.entries(weights).map(([k, weight]) => (counts.get(k) ?? 0) / weight);
    worst = Math.max(worst, Math.max(...shares) - Math.min(...shares));
  }
  return worst;
}
