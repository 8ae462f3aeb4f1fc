import type { DatasetSource, SourceTrajectory, TrajectoryCursor, TrajectoryQuery } from "./source.ts";

/** Small enough that one page neither fills memory nor holds up the server's other requests. */
export const PAGE_TRAJECTORIES = 20;

/**
 * Every trajectory below the high-water mark, in order, in short keyset pages: no cursor stays open and memory does
 * not grow with the study. While one page is used, a database in another process prepares the next.
 */
export async function* readTrajectoryPages(
  source: DatasetSource,
  query: TrajectoryQuery,
  { signal, limit = PAGE_TRAJECTORIES }: { signal?: AbortSignal; limit?: number } = {},
): AsyncGenerator<SourceTrajectory[]> {
  const read = (after: TrajectoryCursor | null) => {
    const page = source.listTrajectories({ ...query, after, limit });
    // Whoever stops early never awaits it.
    page.catch(() => {});
    return page;
  };
  let next: Promise<SourceTrajectory[]> | null = read(null);
  while (next) {
    signal?.throwIfAborted();
    const page: SourceTrajectory[] = await next;
    const last = page.at(-1);
    if (!last) return;
    next = page.length < limit ? null : read({ startedAtMs: last.startedAtMs, id: last.id });
    yield page;
  }
}
