import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Actor } from "../../app/domain/actor.ts";
import { ASSIGNMENT_STATUSES } from "../../app/domain/assignment.ts";
import { percentile } from "../../app/domain/percentile.ts";
import {
  TRAJECTORY_FLAGS,
  TRAJECTORY_SORTS,
  type TrajectoryFilter,
} from "../../app/domain/trajectory-query.ts";
import type { ServiceContext } from "../../app/services/context.ts";
import { listTrajectories } from "../../app/services/dataset/list-trajectories.server.ts";
import { getStudyMonitor } from "../../app/services/study/get-study-monitor.server.ts";
import { openStore } from "../../db/store.ts";
import { startPostgres } from "../../tests/support/postgres.ts";
import { openBenchContext } from "./context.ts";
import { FILLED_STUDY_ID, fillPostgres, fillSqlite } from "./fill-study.ts";

export interface ListTimes {
  calls: number;
  p50: number;
  p95: number;
  slowestMs: number;
  /** Which call was the slowest. */
  slowest: string;
}

const BROWSED_TRAJECTORIES = 100_000;
const WATCHED_TRAJECTORIES = 20_000;
const RESEARCHER: Actor = {
  userId: "usr_bench",
  email: "",
  name: "Bench",
  role: "researcher",
  raterId: null,
};
const COORDINATOR: Actor = { ...RESEARCHER, role: "coordinator" };
const HOUR_MS = 3_600_000;
const FILLED_FROM_MS = Date.UTC(2026, 0, 1);

/** One of each, narrow and wide, and some together. */
const FILTERS: Record<string, TrajectoryFilter> = {
  none: {},
  ...Object.fromEntries(ASSIGNMENT_STATUSES.map((status) => [`status ${status}`, { status }])),
  human: { source: "human" },
  simulated: { source: "simulated" },
  arm: { armId: "arm_filled_1" },
  rater: { raterId: "rtr_filled_77" },
  version: { version: 1 },
  "another version": { version: 2 },
  "text, in every tenth": { text: "golden mist" },
  "text, in none": { text: "no such words" },
  "one day": {
    startedFromMs: FILLED_FROM_MS + 20 * 24 * HOUR_MS,
    startedBeforeMs: FILLED_FROM_MS + 21 * 24 * HOUR_MS,
  },
  "from a day on": { startedFromMs: FILLED_FROM_MS + 20 * 24 * HOUR_MS },
  satisfied: { satisfactionMin: 4 },
  "satisfied within": { satisfactionMin: 2, satisfactionMax: 3 },
  "took long": { tookMinMs: 1_500_000 },
  "took within": { tookMinMs: 600_000, tookMaxMs: 700_000 },
  ...Object.fromEntries(TRAJECTORY_FLAGS.map((flag) => [`flag ${flag}`, { flag }])),
  together: {
    status: "approved",
    source: "human",
    armId: "arm_filled_0",
    text: "cat",
    satisfactionMin: 3,
    tookMinMs: 400_000,
  },
};

/** Every sort, both ways, with every filter: the first page, the one after it and back; with the count each time. */
export function benchBrowser(dir: string, databaseUrl?: string): Promise<ListTimes> {
  return withFilled(dir, "browser", BROWSED_TRAJECTORIES, databaseUrl, async (ctx) => {
    const times: [number, string][] = [];
    for (const sort of TRAJECTORY_SORTS)
      for (const descending of [true, false])
        for (const [name, filter] of Object.entries(FILTERS)) {
          const list = (cursor: string | null, page: string) =>
            timed(times, `${sort} ${descending ? "down" : "up"}, ${name}, ${page}`, () =>
              listTrajectories(ctx, RESEARCHER, {
                studyId: FILLED_STUDY_ID,
                filter,
                sort,
                descending,
                cursor,
              }),
            );
          const first = await list(null, "first page");
          if (first.nextCursor === null) continue;
          const second = await list(first.nextCursor, "second page");
          const again = await list(second.previousCursor, "back");
          if (again.rows[0]?.trajectoryId !== first.rows[0]?.trajectoryId)
            throw new Error(`paging back from ${sort}, ${name} lost its place`);
        }
    return summary(times);
  });
}

/** The study's monitor, which looks again every few seconds. */
export function benchMonitor(dir: string, databaseUrl?: string): Promise<ListTimes> {
  return withFilled(dir, "monitor", WATCHED_TRAJECTORIES, databaseUrl, async (ctx) => {
    const times: [number, string][] = [];
    const look = () => getStudyMonitor(ctx, COORDINATOR, { studyId: FILLED_STUDY_ID });
    await look();
    for (let i = 0; i < 40; i++) await timed(times, `look ${i + 1}`, look);
    return summary(times);
  });
}

/** On a PostgreSQL of its own, thrown away afterwards. */
export async function onPostgres<T>(measure: (url: string) => Promise<T>): Promise<T> {
  const postgres = await startPostgres();
  try {
    return await measure(await postgres.createDatabase());
  } finally {
    await postgres.stop();
  }
}

async function timed<T>(times: [number, string][], name: string, call: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await call();
  times.push([performance.now() - started, name]);
  return result;
}

function summary(times: [number, string][]): ListTimes {
  const ms = times.map(([one]) => one);
  const [slowestMs, slowest] = times.reduce((worst, one) => (one[0] > worst[0] ? one : worst));
  return {
    calls: times.length,
    p50: percentile(ms, 0.5) ?? 0,
    p95: percentile(ms, 0.95) ?? 0,
    slowestMs,
    slowest,
  };
}

async function withFilled<T>(
  dir: string,
  name: string,
  trajectories: number,
  databaseUrl: string | undefined,
  measure: (ctx: ServiceContext) => Promise<T>,
): Promise<T> {
  const file = join(dir, `${name}.db`);
  const url = databaseUrl ?? `file:${file}`;
  await (await openStore(url)).close();
  const options = { listsOnly: true, varied: true };
  if (databaseUrl) await fillPostgres(databaseUrl, trajectories, options);
  else fillSqlite(file, trajectories, options);
  const { ctx, close } = await openBenchContext(url, join(dir, `${name}-data`));
  try {
    return await measure(ctx);
  } finally {
    await close();
    for (const suffix of ["", "-wal", "-shm"]) rmSync(file + suffix, { force: true });
  }
}
