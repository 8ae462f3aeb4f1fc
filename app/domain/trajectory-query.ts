/** How a list of trajectories is narrowed and ordered, as the address of a page says it. Pure. */
import { ASSIGNMENT_STATUSES, type AssignmentStatus } from "./assignment.ts";
import { DAY_MS, dayStartMs } from "./day.ts";
import { SOURCES, type Source } from "./vocabulary.ts";

/** A list is sorted by one of these, then by id; trajectories that have none of it come last. */
export const TRAJECTORY_SORTS = ["started", "took", "satisfaction", "turns"] as const;
export type TrajectorySort = (typeof TRAJECTORY_SORTS)[number];

export const TRAJECTORY_FLAGS = ["problem", "failed", "blocked"] as const;
/** The rater reported a problem; a turn failed for good; a filter stopped something. */
export type TrajectoryFlag = (typeof TRAJECTORY_FLAGS)[number];

export interface TrajectoryFilter {
  status?: AssignmentStatus;
  source?: Source;
  armId?: string;
  raterId?: string;
  version?: number;
  flag?: TrajectoryFlag;
  /** In the initial prompt, whatever the case of its letters. */
  text?: string;
  startedFromMs?: number;
  startedBeforeMs?: number;
  /** Mean satisfaction with the turns. */
  satisfactionMin?: number;
  satisfactionMax?: number;
  tookMinMs?: number;
  tookMaxMs?: number;
}

export interface TrajectoryQuery {
  filter: TrajectoryFilter;
  sort: TrajectorySort;
  descending: boolean;
  /** Where the page begins; null = at the first row. */
  cursor: string | null;
}

/** The names in an address, each with a value as it is typed: a day, minutes, 1 to 5. */
export const FILTER_PARAMETERS = [
  "status",
  "source",
  "arm",
  "rater",
  "version",
  "flag",
  "text",
  "from",
  "to",
  "satisfaction-min",
  "satisfaction-max",
  "minutes-min",
  "minutes-max",
] as const;

const TEXT_MAX_CHARACTERS = 200;

/** Reads an address; what it cannot mean is left out, so that an old or edited link still opens. */
export function trajectoryQuery(params: URLSearchParams): TrajectoryQuery {
  const sort = TRAJECTORY_SORTS.find((s) => s === params.get("sort")) ?? "started";
  const version = number(params.get("version"));
  const day = (name: string) => dayStart(params.get(name));
  const to = day("to");
  return {
    cursor: params.get("cursor") || null,
    sort,
    descending: params.get("order") !== "up",
    filter: defined({
      status: ASSIGNMENT_STATUSES.find((s) => s === params.get("status")),
      source: SOURCES.find((s) => s === params.get("source")),
      armId: params.get("arm") || undefined,
      raterId: params.get("rater") || undefined,
      version:
        Number.isSafeInteger(version) && version !== undefined && version < 2 ** 31 ? version : undefined,
      flag: TRAJECTORY_FLAGS.find((f) => f === params.get("flag")),
      text: params.get("text")?.replaceAll("\0", "").trim().slice(0, TEXT_MAX_CHARACTERS) || undefined,
      startedFromMs: day("from"),
      startedBeforeMs: to === undefined ? undefined : to + DAY_MS,
      satisfactionMin: number(params.get("satisfaction-min")),
      satisfactionMax: number(params.get("satisfaction-max")),
      tookMinMs: minutes(params.get("minutes-min")),
      tookMaxMs: minutes(params.get("minutes-max")),
    }),
  };
}

/** Whether the address narrows the list. */
export function isNarrowed(params: URLSearchParams): boolean {
  return FILTER_PARAMETERS.some((name) => params.get(name));
}

/** The part of an address that says which list it is, without the page: what a link to one trajectory takes along. */
export function listPart(params: URLSearchParams): URLSearchParams {
  const out = new URLSearchParams();
  for (const name of [...FILTER_PARAMETERS, "sort", "order"] as const) {
    const value = params.get(name);
    if (value) out.set(name, value);
  }
  return out;
}

function number(text: string | null): number | undefined {
  if (text === null || text.trim() === "") return undefined;
  const value = Number(text);
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}

function minutes(text: string | null): number | undefined {
  const value = number(text);
  return value === undefined || value > 1e8 ? undefined : Math.round(value * 60_000);
}

function dayStart(text: string | null): number | undefined {
  const ms = dayStartMs(text ?? "");
  return Number.isNaN(ms) ? undefined : ms;
}

function defined(filter: TrajectoryFilter): TrajectoryFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}
