/** R7: what two devices type into the same task while lines drop, replies are lost, pages reload and tabs crash. */
import type { Actor } from "../../../app/domain/actor.ts";
import type { FieldSave } from "../../../app/domain/answer-field.ts";
import { RequestError } from "../../../app/domain/errors.ts";
import { createRandom, type Random, seedFrom } from "../../../app/domain/random.ts";
import type { SendReply } from "../../../app/features/rater/outbox/outbox.ts";
import { takeOver } from "../../../app/services/assignment/take-over.server.ts";
import type { ServiceContext } from "../../../app/services/context.ts";
import { saveFields } from "../../../app/services/trajectory/save-fields.server.ts";
import { readFields } from "../../../app/services/trajectory/saved-fields.ts";
import type { Dialect } from "../../../db/kit.ts";
import {
  createDevice,
  type Device,
  type DeviceServer,
  drawLine,
  edit,
  reload,
  settle,
  tick,
} from "../../../tests/support/outbox-devices.ts";
import { openBenchContext } from "../../bench/context.ts";
import { makeStudy, makeWaitingRaters, type WaitingRater } from "../../bench/sessions.ts";
import { DATABASE_NAMES, type Experiment, type Finding, type Stand } from "../experiment.ts";
import { type Acknowledgement, checkDay, type Day } from "./check-day.ts";

const FULL_EDITS = 10_000;
const SHORT_EDITS = 400;
const SABOTAGED_EDITS = 400;
const EDITS_PER_TASK = 100;
const FIELDS = ["prompt", "column:1", "critique:1"];

/** `last-write-wins`: nobody looks at revisions, neither page nor server. `forgetful`: local storage does not outlive a page. */
const SABOTAGES = ["last-write-wins", "forgetful"] as const;
type Sabotage = (typeof SABOTAGES)[number];

export const experiment: Experiment = {
  id: "R7",
  async run(stand) {
    const findings: Finding[] = [];
    for (const dialect of stand.dialects) findings.push(await torture(stand, dialect));
    return findings;
  },
};

async function torture(stand: Stand, dialect: Dialect): Promise<Finding> {
  const days = await type(stand, dialect, stand.short ? SHORT_EDITS : FULL_EDITS, null);
  const sabotage: Finding["sabotage"][number][] = [];
  for (const variant of SABOTAGES) {
    const broken = await type(stand, dialect, SABOTAGED_EDITS, variant);
    sabotage.push({ variant, caught: broken.some((day) => checkDay(day).length > 0) });
  }
  const sum = (count: (day: Day) => number) => days.reduce((total, day) => total + count(day), 0);
  return {
    what: "edits on two devices with lost lines, lost replies, reloads, crashes and take-overs",
    where: DATABASE_NAMES[dialect],
    cases: sum((day) => day.edits),
    violations: days.flatMap(checkDay),
    target: "an acknowledged revision never goes back, nothing typed is lost",
    sabotage,
    detail: `${sum((d) => d.acknowledged.length)} acknowledged saves, ${sum((d) => d.conflicts)} conflicts shown, ${sum((d) => d.crashes)} reloads and crashes, ${sum((d) => d.takeOvers)} take-overs`,
  };
}

async function type(
  stand: Stand,
  dialect: Dialect,
  edits: number,
  sabotage: Sabotage | null,
): Promise<Day[]> {
  const server = await openBenchContext(await stand.newDatabase(dialect), stand.newFolder("r7"));
  try {
    const tasks = Math.ceil(edits / EDITS_PER_TASK);
    await makeStudy(server.ctx, { targetTrajectories: tasks });
    const raters = await makeWaitingRaters(server.ctx, tasks);
    const days: Day[] = [];
    for (const [index, rater] of raters.entries()) {
      const random = createRandom(seedFrom("typing", stand.seed, index));
      days.push(await spendDay(server.ctx, rater, random, sabotage));
    }
    return days;
  } finally {
    await server.close();
  }
}

/** One task on two devices, until everything is saved. */
async function spendDay(
  ctx: ServiceContext,
  rater: WaitingRater,
  random: Random,
  sabotage: Sabotage | null,
): Promise<Day> {
  const { actor, assignmentId } = rater;
  const day: Day = {
    edits: 0,
    conflicts: 0,
    crashes: 0,
    takeOvers: 0,
    acknowledged: [],
    lost: [],
    final: [],
  };
  const names = ["laptop", "phone"];
  const links = names.map((name) => link(ctx, actor, assignmentId, name, day.acknowledged, sabotage));
  const devices = links.map(({ server }, i) => createDevice(names[i] as string, server));
  while (day.edits < EDITS_PER_TASK) {
    const which = random.below(2);
    const [device, own] = [devices[which] as Device, links[which] as Link];
    const action = random.next();
    if (action < 0.5) {
      edit(device, random.pick(FIELDS), `${device.name} ${day.edits++}`);
    } else if (action < 0.85) {
      await tick(device);
      await untilQuiet(device);
    } else if (action < 0.93) {
      device.line = drawLine(random);
    } else {
      day.crashes++;
      const before = unsavedOf(device);
      if (sabotage === "forgetful") device.shelf.json = "{}";
      if (!(await reload(device, own.server))) continue;
      for (const [field, value] of before) {
        if (device.screen.get(field) !== value) day.lost.push(`${device.name} lost “${value}” of ${field}`);
      }
    }
    if (device.outbox.view().state === "moved" && device.line !== "offline") {
      await own.takeOver();
      day.takeOvers++;
      await reload(device, own.server);
      device.outbox.retry();
    }
  }
  for (const [i, device] of devices.entries()) {
    await (links[i] as Link).takeOver();
    device.line = "up";
    await reload(device, (links[i] as Link).server);
    device.outbox.retry();
    day.conflicts += device.outbox.view().conflicts.length;
    const kept = unsavedOf(device);
    await settle(device, "mine");
    const stored = await readFields(ctx, ctx.store.read, assignmentId, { names: FIELDS });
    for (const [field, value] of kept) {
      if (stored[field]?.value !== value)
        day.lost.push(`${device.name} kept “${value}”, the server has another`);
    }
  }
  const stored = await readFields(ctx, ctx.store.read, assignmentId, { names: FIELDS });
  day.final = Object.entries(stored).map(([field, { revision, value }]) => ({ field, revision, value }));
  return day;
}

/** What only this device has. */
function unsavedOf(device: Device): [string, string][] {
  return Object.entries(JSON.parse(device.shelf.json) as Record<string, { value: string }>).map(
    ([field, { value }]) => [field, value],
  );
}

/** Until the reply of a real database is in. */
async function untilQuiet(device: Device): Promise<void> {
  for (let i = 0; i < 500 && device.outbox.view().state === "saving" && device.timers.length === 0; i++) {
    await new Promise<void>((resolve) => setTimeout(resolve, 1));
  }
}

interface Link {
  server: DeviceServer;
  takeOver(): Promise<void>;
}

/** A device's way to the real use cases. */
function link(
  ctx: ServiceContext,
  actor: Actor,
  assignmentId: string,
  name: string,
  acknowledged: Acknowledgement[],
  sabotage: Sabotage | null,
): Link {
  const writerId = `device-${name}`;
  let writerToken = -1;
  const load = () => readFields(ctx, ctx.store.read, assignmentId, { names: FIELDS });
  return {
    async takeOver() {
      const taken = await takeOver(ctx, actor, { assignmentId, writerId, onPurpose: true });
      if (taken.kind === "writer") writerToken = taken.writerToken;
    },
    server: {
      load: async () => (sabotage === "last-write-wins" ? {} : load()),
      async save(saves: FieldSave[]): Promise<SendReply> {
        const stored = sabotage === "last-write-wins" ? await load() : {};
        const sent = saves.map((save) => ({
          ...save,
          baseRevision: stored[save.field]?.revision ?? save.baseRevision,
        }));
        try {
          const { results } = await saveFields(ctx, actor, { assignmentId, writerToken, saves: sent });
          for (const [i, result] of results.entries()) {
            const save = saves[i];
            if (result.kind !== "saved" || !save) continue;
            acknowledged.push({
              field: save.field,
              value: save.value,
              base: save.baseRevision,
              revision: result.revision,
            });
          }
          return { kind: "results", results };
        } catch (error) {
          if (error instanceof RequestError && error.code === "WRITER_MOVED") return { kind: "moved" };
          throw error;
        }
      },
    },
  };
}
