/**
 * Devices with outboxes that edit the same task while their line drops requests, loses replies, and their pages reload or
 * crash. Time is a list of callbacks, so that a run is repeatable. What the server does is up to the caller.
 */
import type { FieldSave, SavedFields } from "../../app/domain/answer-field.ts";
import type { Random } from "../../app/domain/random.ts";
import { Outbox, type OutboxEntries, type SendReply } from "../../app/features/rater/outbox/outbox.ts";

/** The server as a device reaches it: one call, one reply; `load` is what a page load brings. */
export interface DeviceServer {
  save(saves: FieldSave[]): Promise<SendReply>;
  load(): Promise<SavedFields>;
}

export type Line = "up" | "offline" | "loses_replies";

export interface Device {
  readonly name: string;
  outbox: Outbox;
  line: Line;
  /** What lies in local storage: all that survives a crash. */
  shelf: { json: string };
  timers: (() => void)[];
  /** What the person sees in each field. */
  screen: Map<string, string>;
}

export function createDevice(name: string, server: DeviceServer): Device {
  const device: Device = {
    name,
    line: "up",
    shelf: { json: "{}" },
    timers: [],
    screen: new Map(),
    outbox: undefined as unknown as Outbox,
  };
  boot(device, server);
  return device;
}

/** A page load without what was in memory: after a reload or a crash. */
function boot(device: Device, server: DeviceServer): void {
  device.timers = [];
  device.outbox = new Outbox({
    shelf: {
      read: () => JSON.parse(device.shelf.json) as OutboxEntries,
      write(entries) {
        device.shelf.json = JSON.stringify(entries);
      },
    },
    async send(saves): Promise<SendReply> {
      if (device.line === "offline") return { kind: "unreachable" };
      const reply = await server.save(structuredClone(saves));
      return device.line === "loses_replies" ? { kind: "unreachable" } : reply;
    },
    later(_ms, callback) {
      device.timers.push(callback);
      return () => {
        device.timers = device.timers.filter((t) => t !== callback);
      };
    },
  });
}

/** Loads the page again; needs the line. Fields show what the server has, or what only this device has. */
export async function reload(device: Device, server: DeviceServer): Promise<boolean> {
  if (device.line === "offline") return false;
  boot(device, server);
  const saved = await server.load();
  device.screen = new Map(Object.entries(saved).map(([field, { value }]) => [field, value]));
  device.outbox.meet(saved);
  for (const field of Object.keys(JSON.parse(device.shelf.json) as OutboxEntries)) {
    const value = device.outbox.pending(field);
    if (value !== undefined) device.screen.set(field, value);
  }
  return true;
}

export function edit(device: Device, field: string, value: string): void {
  device.screen.set(field, value);
  device.outbox.change(field, value);
}

/** Lets a timer fire, with whatever it starts. */
export async function tick(device: Device): Promise<void> {
  const callback = device.timers.shift();
  callback?.();
  // Replies pass through several promises.
  for (let i = 0; i < 30; i++) await Promise.resolve();
  await new Promise<void>((resolve) => setImmediate(resolve));
}

/** With the line up: everything is sent and each conflict settled, until nothing is left on this device. */
export async function settle(device: Device, keep: "mine" | "theirs"): Promise<void> {
  device.line = "up";
  for (let round = 0; round < 200; round++) {
    for (const { field } of device.outbox.view().conflicts) {
      const value = device.outbox.resolve(field, keep);
      if (value !== undefined) device.screen.set(field, value);
    }
    if (device.outbox.view().unsaved === 0) return;
    if (device.timers.length === 0) device.outbox.flush();
    await tick(device);
    // The server may be a real database.
    while (device.outbox.view().state === "saving" && device.timers.length === 0) {
      await new Promise<void>((resolve) => setTimeout(resolve, 1));
    }
  }
  throw new Error(`${device.name} still has ${device.outbox.view().unsaved} unsaved changes`);
}

export function drawLine(random: Random): Line {
  return random.pick(["up", "up", "up", "offline", "loses_replies"] as const);
}
