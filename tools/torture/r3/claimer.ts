/**
 * One of the processes of experiment R3: many raters at once who claim, work, give back, hand in and stay away. The job
 * comes as JSON on standard input; the history goes to a file.
 */
import { writeFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { eq } from "drizzle-orm";
import type { Actor } from "../../../app/domain/actor.ts";
import { RequestError } from "../../../app/domain/errors.ts";
import { createRandom, seedFrom } from "../../../app/domain/random.ts";
import { claimAssignment } from "../../../app/services/assignment/claim-assignment.server.ts";
import { findPlace } from "../../../app/services/assignment/find-place.ts";
import { insertAssignment } from "../../../app/services/assignment/insert-assignment.ts";
import { moveAssignment } from "../../../app/services/assignment/move-assignment.ts";
import { returnAssignment } from "../../../app/services/assignment/return-assignment.server.ts";
import type { ServiceContext } from "../../../app/services/context.ts";
import { readInstructions } from "../../../app/services/trajectory/read-instructions.server.ts";
import { submitInitialPrompt } from "../../../app/services/trajectory/submit-initial-prompt.server.ts";
import { openBenchContext } from "../../bench/context.ts";
import { ratersOf, trajectoryOf } from "../population.ts";
import type { Call } from "./history.ts";

export interface ClaimJob {
  process: number;
  databaseUrl: string;
  dir: string;
  historyFile: string;
  study: { name: string; studyId: string; raterCount: number };
  claims: number;
  inFlight: number;
  seed: number;
  /** Experiment time = start + speed × real time: leases of minutes end within seconds. */
  clock: { startMs: number; realStartMs: number; speed: number };
  /** A deliberately broken service, to see whether the checker notices. */
  sabotage: ClaimSabotage | null;
}

/** `places`: looks for a place and takes it in two transactions; `live`: never looks for a live assignment. */
export const CLAIM_SABOTAGES = ["places", "live"] as const;
export type ClaimSabotage = (typeof CLAIM_SABOTAGES)[number];

if (import.meta.main) {
  const job = JSON.parse(await text(process.stdin)) as ClaimJob;
  writeFileSync(job.historyFile, JSON.stringify(await runClaims(job)));
}

export async function runClaims(job: ClaimJob): Promise<Call[]> {
  const bench = await openBenchContext(job.databaseUrl, job.dir);
  const { startMs, realStartMs, speed } = job.clock;
  const now = () => startMs + Math.round((performance.timeOrigin + performance.now() - realStartMs) * speed);
  const ctx: ServiceContext = { ...bench.ctx, now: () => Math.floor(now()) };
  const raters = ratersOf(job.study.name, job.study.raterCount);
  const random = createRandom(seedFrom("claims", job.seed, job.process));
  const calls: Call[] = [];
  let left = job.claims;
  let serial = 0;

  const record = async (
    call: Pick<Call, "kind" | "raterId" | "submissionId">,
    work: () => Promise<string>,
    on: string | null = null,
  ): Promise<string | null> => {
    const callStartMs = ctx.now();
    let assignmentId = on;
    let outcome = "ok";
    try {
      assignmentId = await work();
    } catch (error) {
      outcome = error instanceof RequestError ? error.code : `fault: ${String(error)}`;
    }
    calls.push({
      ...call,
      process: job.process,
      startMs: callStartMs,
      endMs: ctx.now() + 1,
      assignmentId,
      outcome,
    });
    return assignmentId;
  };

  const visit = async () => {
    const rater = raters[random.below(raters.length)] as Actor;
    const raterId = rater.raterId as string;
    const newId = () => `r3-${job.process}-${++serial}-${"x".repeat(4)}`;
    const submissionId = newId();
    const claim = () =>
      record({ kind: "claim", raterId, submissionId }, () => claimAs(ctx, rater, job, submissionId));
    // One click in eight is a double click: the same id twice at once.
    const twice = left > 1 && random.below(8) === 0;
    left -= twice ? 2 : 1;
    const [assignmentId] = await Promise.all(twice ? [claim(), claim()] : [claim()]);
    if (!assignmentId) return;
    const fate = random.next();
    // Stays away: the lease runs out, or another visit finds the task again.
    if (fate < 0.3) return;
    const about = async (kind: Call["kind"], work: (submissionId: string) => Promise<unknown>) => {
      const id = newId();
      const call = { kind, raterId, submissionId: id };
      await record(
        call,
        async () => {
          await work(id);
          return assignmentId;
        },
        assignmentId,
      );
    };
    if (fate < 0.75) {
      await about("prompt", async (id) => {
        await readInstructions(ctx, rater, { assignmentId, submissionId: newId() });
        const prompt = "a lighthouse in a storm at night";
        await submitInitialPrompt(ctx, rater, { assignmentId, submissionId: id, prompt });
      });
    }
    if (fate > 0.72) await about("submit", () => handIn(ctx, raterId, assignmentId));
    else if (fate < 0.68) {
      await about("return", (id) => returnAssignment(ctx, rater, { assignmentId, submissionId: id }));
    }
  };

  try {
    await Promise.all(
      Array.from({ length: job.inFlight }, async () => {
        while (left > 0) {
          await visit();
          await sleep(0);
        }
      }),
    );
  } finally {
    await bench.close();
  }
  return calls;
}

/** Hands an assignment in without its turns: what counts here is the place. */
async function handIn(ctx: ServiceContext, raterId: string, assignmentId: string): Promise<void> {
  const { id: trajectoryId } = await trajectoryOf(ctx, assignmentId);
  const { assignments } = ctx.store.t;
  await ctx.store.tx(async (tx) => {
    const [assignment] = await tx.forUpdate(
      tx.select().from(assignments).where(eq(assignments.id, assignmentId)),
    );
    const moved =
      assignment?.raterId === raterId &&
      assignment.leaseExpiresAtMs > ctx.now() &&
      (await moveAssignment(ctx, tx, assignment, {
        event: "submit",
        eventType: "assignment.submitted",
        set: { submittedAtMs: ctx.now() },
        trajectoryId,
      }));
    if (!moved) throw new RequestError("ASSIGNMENT_NOT_LIVE", "not live");
  });
}

async function claimAs(
  ctx: ServiceContext,
  rater: Actor,
  job: ClaimJob,
  submissionId: string,
): Promise<string> {
  const { studyId } = job.study;
  if (!job.sabotage) return (await claimAssignment(ctx, rater, { studyId, submissionId })).assignmentId;
  const raterId = rater.raterId as string;
  const purpose = "claim";
  const look = (tx: Parameters<Parameters<typeof ctx.store.tx>[0]>[0]) =>
    findPlace(ctx, tx, { studyId, raterId, purpose });
  if (job.sabotage === "places") {
    const place = await ctx.store.tx(look);
    await sleep(5);
    return take(place);
  }
  return ctx.store.tx(async (tx) => {
    const place = await look(tx);
    if (place.kind !== "taken") return take(place, tx);
    const other = await findPlace(ctx, tx, { studyId, raterId, purpose: "accept" });
    return take(other, tx);
  });

  async function take(
    place: Awaited<ReturnType<typeof look>>,
    tx?: Parameters<typeof look>[0],
  ): Promise<string> {
    if (place.kind === "taken") return place.assignmentId;
    if (place.kind === "refused") throw new RequestError("STUDY_FULL", place.refusal.code);
    const insert = (inside: Parameters<typeof look>[0]) =>
      insertAssignment(ctx, inside, {
        studyId,
        studyVersion: place.study.currentVersion,
        raterId,
        facts: place.facts,
        status: "active",
      });
    return tx ? insert(tx) : ctx.store.tx(insert);
  }
}
