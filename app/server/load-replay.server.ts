import type { Actor } from "../domain/actor.ts";
import { trajectoryQuery } from "../domain/trajectory-query.ts";
import type { ServiceContext } from "../services/context.ts";
import { findNeighbours } from "../services/dataset/find-neighbours.server.ts";
import { getReplay } from "../services/dataset/get-replay.server.ts";
import { load } from "./http.server.ts";

/** A trajectory, and its neighbours in the list that the address narrows. Throws 404. */
export async function loadReplay(
  services: ServiceContext,
  actor: Actor,
  { trajectoryId, list }: { trajectoryId: string; list: URLSearchParams },
) {
  const { cursor: _, ...query } = trajectoryQuery(list);
  const [replay, neighbours] = await Promise.all([
    load(() => getReplay(services, actor, { trajectoryId })),
    load(() => findNeighbours(services, actor, { trajectoryId, ...query })),
  ]);
  return { replay, neighbours };
}
