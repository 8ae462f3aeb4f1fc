import type { DatasetSource, SourceTrajectory, TrajectoryCursor, TrajectoryQuery } from "./source.ts";

/** Small enough that one page neither fills memory nor holds up the server's other requests. */
export const PAGE_TRAJECTORIES = 20;

/**
 * Every trajectory below the high-water mark, in order, in short keyset pages: no cursor stays open and memory does
 * not grow with the study. The next page is read when the one before has been used up.
 */
export async function* readTrajectoryPages(
  source: DatasetSource,
  query: TrajectoryQuery,
  { signal, limit = PAGE_TRAJECTORIES }: { signal?: AbortSignal; limit?: number } = {},
): AsyncGenerator<SourceTrajectory[]> {
  let after: TrajectoryCursor | null = null;
  for (;;) {
    signal?.throwIfAborted();
    const page: SourceTrajectory[] = await source.listTrajectories({ ...query, after, limit });
    const last = page.at(-1);
    if (!last) return;
    yield page;
    if (page.length < limit) return;
    after = { startedAtMs: last.startedAtMs, id: last.id };
  }
}
