import fc from "fast-check";
import { expect, test } from "vitest";
import { compareAndSet, type FieldSave, type SavedFields } from "../../../app/domain/answer-field.ts";
import { createRandom } from "../../../app/domain/random.ts";
import { readEntries } from "../../../app/features/rater/outbox/browser-outbox.ts";
import {
  createDevice,
  type Device,
  type DeviceServer,
  drawLine,
  edit,
  reload,
  settle,
  tick,
} from "../../support/outbox-devices.ts";

/** The server's rule on a plain object. `acknowledged` is every save that was answered with "saved". */
function memoryServer() {
  const fields: SavedFields = {};
  const history: { field: string; revision: number; value: string }[] = [];
  const server: DeviceServer = {
    async save(saves: FieldSave[]) {
      const results = saves.map((save) => {
        const outcome = compareAndSet(save, fields[save.field]);
        if (outcome.kind !== "write") return outcome;
        fields[save.field] = { revision: outcome.revision, value: save.value };
        history.push({ field: save.field, revision: outcome.revision, value: save.value });
        return { field: save.field, kind: "saved" as const, revision: outcome.revision };
      });
      return { kind: "results", results };
    },
    load: async () => structuredClone(fields),
  };
  return { server, fields, history };
}

const FIELDS = ["prompt", "evaluation:1:rationale", "evaluation:2:turnSatisfaction"];

test("a change is on the device before it is anywhere else, and leaves it when the server has it", async () => {
  const { server, fields } = memoryServer();
  const device = createDevice("laptop", server);
  edit(device, "prompt", "a cat");
  expect(JSON.parse(device.shelf.json).prompt.value).toBe("a cat");
  expect(device.outbox.view()).toMatchObject({ state: "saving", unsaved: 1 });
  await settle(device, "mine");
  expect(fields.prompt).toEqual({ revision: 1, value: "a cat" });
  expect(device.shelf.json).toBe("{}");
  expect(device.outbox.view()).toMatchObject({ state: "saved", unsaved: 0 });
});

test("a crash between a save and its reply is no conflict, also when typing went on", async () => {
  const { server, fields } = memoryServer();
  const device = createDevice("laptop", server);
  device.line = "loses_replies";
  edit(device, "prompt", "a c");
  await tick(device);
  expect(fields.prompt?.value).toBe("a c");
  edit(device, "prompt", "a cat");
  device.line = "up";
  await reload(device, server);
  expect(device.screen.get("prompt")).toBe("a cat");
  await settle(device, "theirs");
  expect(fields.prompt).toEqual({ revision: 2, value: "a cat" });
});

test("a field that two devices changed shows both values, and the person decides", async () => {
  const { server, fields } = memoryServer();
  const laptop = createDevice("laptop", server);
  const phone = createDevice("phone", server);
  laptop.line = "offline";
  edit(laptop, "prompt", "a cat on a sofa");
  await tick(laptop);
  expect(laptop.outbox.view().state).toBe("retrying");
  edit(phone, "prompt", "a dog");
  await settle(phone, "mine");
  laptop.line = "up";
  await tick(laptop);
  expect(laptop.outbox.view()).toMatchObject({
    state: "conflict",
    conflicts: [{ field: "prompt", mine: "a cat on a sofa", theirs: "a dog" }],
  });
  expect(fields.prompt?.value).toBe("a dog");
  expect(laptop.outbox.resolve("prompt", "theirs")).toBe("a dog");
  expect(laptop.outbox.view().unsaved).toBe(0);
});

test("when another tab has taken the task over, nothing more is sent, and nothing is lost", async () => {
  let moved = true;
  const { server, fields } = memoryServer();
  const device = createDevice("laptop", {
    ...server,
    save: async (saves) => (moved ? { kind: "moved" } : server.save(saves)),
  });
  edit(device, "prompt", "a cat");
  await tick(device);
  expect(device.outbox.view()).toMatchObject({ state: "moved", unsaved: 1 });
  device.outbox.flush();
  expect(device.timers).toEqual([]);
  moved = false;
  device.outbox.retry();
  await settle(device, "mine");
  expect(fields.prompt?.value).toBe("a cat");
});

test("a refused field says why and stays; the others are saved", async () => {
  const { server, fields } = memoryServer();
  const device = createDevice("laptop", {
    ...server,
    async save(saves) {
      const reply = await server.save(saves.filter((s) => s.field !== "prompt"));
      if (reply.kind !== "results") return reply;
      const refused = { field: "prompt", kind: "refused" as const, message: "too long" };
      return { kind: "results", results: [...reply.results, refused] };
    },
  });
  edit(device, "prompt", "x".repeat(9000));
  edit(device, "evaluation:1:rationale", "good light");
  await tick(device);
  expect(device.outbox.view()).toMatchObject({ state: "refused", refusals: { prompt: "too long" } });
  expect(device.outbox.pending("prompt")).toHaveLength(9000);
  expect(fields["evaluation:1:rationale"]?.value).toBe("good light");
});

test("whatever lies in local storage, a page opens", () => {
  expect(readEntries(null)).toEqual({});
  expect(readEntries("{oops")).toEqual({});
  expect(readEntries('{"prompt":null,"a":{"value":3},"b":{"value":"x","base":"1"}}')).toEqual({});
  expect(readEntries('{"prompt":{"value":"x","base":2,"extra":1}}')).toEqual({
    prompt: { value: "x", base: 2, sent: null, theirs: null },
  });
});

async function randomDay(seed: number, steps: number) {
  const random = createRandom(seed);
  const { server, fields, history } = memoryServer();
  const devices = [createDevice("laptop", server), createDevice("phone", server)];
  const typed = new Set<string>();
  for (let i = 0; i < steps; i++) {
    const device = random.pick(devices);
    const action = random.next();
    if (action < 0.5) {
      const value = `${device.name}-${i}`;
      typed.add(value);
      edit(device, random.pick(FIELDS), value);
    } else if (action < 0.85) await tick(device);
    else if (action < 0.93) device.line = drawLine(random);
    else await reload(device, server);
  }
  return { server, fields, history, devices, typed };
}

test("no order of edits, lost lines, reloads and crashes on two devices loses what a person saw on screen", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 1e9 }),
      fc.integer({ min: 5, max: 60 }),
      async (seed, steps) => {
        const { fields, history, devices, typed } = await randomDay(seed, steps);
        const [first, second] = devices as [Device, Device];
        const unsaved = Object.keys(JSON.parse(first.shelf.json));
        const onScreen = new Map(unsaved.map((field) => [field, first.screen.get(field)]));
        await settle(first, "mine");
        // Keeping one's own version puts exactly what was on screen on the server.
        for (const [field, value] of onScreen) expect(fields[field]?.value).toBe(value);
        await settle(second, "theirs");
        for (const field of FIELDS) {
          const revisions = history.filter((h) => h.field === field).map((h) => h.revision);
          expect(revisions).toEqual(revisions.map((_, i) => i + 1));
        }
        for (const { value } of history) expect(typed.has(value)).toBe(true);
        expect(first.shelf.json).toBe("{}");
        expect(second.shelf.json).toBe("{}");
      },
    ),
    { numRuns: 150 },
  );
});
