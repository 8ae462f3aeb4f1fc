/** Reads what an R3 run left behind, and breaks databases on purpose. */
import { withDatabase } from "../database.ts";
import type { FinalRows } from "./history.ts";

/** Takes away the index that makes a second live assignment impossible. */
export function dropLiveIndex(url: string): Promise<unknown> {
  return withDatabase(url, (query) => query("drop index assignments_one_live_uq"));
}

export function readFinalRows(url: string, studyId: string): Promise<FinalRows> {
  return withDatabase(url, async (query) => {
    const study = `'${studyId}'`;
    const [held] = await query<{ n: number }>(`select places_held as n from studies where id = ${study}`);
    return {
      placesHeld: Number(held?.n),
      assignments: await query(
        `select id, rater_id as "raterId", status from assignments where study_id = ${study}`,
      ),
      entries: (
        await query<FinalRows["entries"][number]>(
          `select e.list_id as "listId", l.stratum, e.position, e.block_index as "blockIndex", a.arm_key as "armKey",
             e.trajectory_id as "trajectoryId"
           from allocation_entries e join allocation_lists l on l.id = e.list_id join arms a on a.id = e.arm_id
           where l.study_id = ${study} order by e.list_id, e.position`,
        )
      ).map((e) => ({ ...e })),
      allocated: await query(
        `select t.id as "trajectoryId", t.rater_id as "raterId", a.arm_key as "armKey"
         from trajectories t join arms a on a.id = t.arm_id where t.study_id = ${study}`,
      ),
      events: await query(
        `select type, rater_id as "raterId", assignment_id as "assignmentId" from events
         where study_id = ${study} and assignment_id is not null order by id`,
      ),
    };
  });
}
