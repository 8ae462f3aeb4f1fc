import type { DatasetSource, SourceTrajectory, TrajectoryCursor, TrajectoryQuery } from "./source.ts";

/** Small enough that one page neither fills memory nor holds up the server's other requests. */
export const PAGE_TRAJECTORIES = 20;

/**
 * Every trajectory below the high-water mark, in order, read in short keyset pages: no cursor stays open and
 * memory does not grow with the study.
 */
export async function* readTrajectories(
  source: DatasetSource,
  query: TrajectoryQuery,
  { signal, limit = PAGE_TRAJECTORIES }: { signal?: AbortSignal; limit?: number } = {},
): AsyncGenerator<SourceTrajectory> {
  let after: TrajectoryCursor | null = null;
  for (;;) {
    signal?.throwIfAborted();
    const page: SourceTrajectory[] = await source.listTrajectories({ ...query, after, limit });
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < limit) return;
    after = { startedAtMs: last.startedAtMs, id: last.id };
  }
}
