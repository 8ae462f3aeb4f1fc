/** The outbox of each task in this browser: kept in local storage, sent with fetch. */
import type { FieldResult } from "../../../domain/answer-field.ts";
import { paths } from "../../../domain/paths.ts";
import { saveOutcome } from "../save-outcome.ts";
import { tabOf } from "../tab/tab.ts";
import { Outbox, type OutboxEntries, type OutboxShelf, type Send, type SendReply } from "./outbox.ts";

const outboxes = new Map<string, Outbox>();

/** One outbox per task and page load; only in a browser. */
export function outboxOf(assignmentId: string): Outbox {
  let outbox = outboxes.get(assignmentId);
  if (!outbox) {
    outbox = new Outbox({
      shelf: createShelf(assignmentId),
      send: createSend(assignmentId),
      later(ms, callback) {
        const timer = setTimeout(callback, ms);
        return () => clearTimeout(timer);
      },
    });
    outboxes.set(assignmentId, outbox);
    const made = outbox;
    window.addEventListener("pagehide", () => made.leave());
    window.addEventListener("online", made.flush);
    // Back from signing in, or from another window.
    window.addEventListener("focus", made.flush);
  }
  return outbox;
}

/** The task is handed in: nothing of it stays on this device. */
export function forgetOutbox(assignmentId: string): void {
  outboxes.delete(assignmentId);
  attempt(() => window.localStorage.removeItem(shelfKey(assignmentId)));
}

const shelfKey = (assignmentId: string) => `turnwise:outbox:${assignmentId}`;

/** Storage can be switched off or full: then changes live as long as the page does, and still reach the server. */
function attempt<T>(use: () => T): T | null {
  try {
    return use();
  } catch {
    return null;
  }
}

function createShelf(assignmentId: string): OutboxShelf {
  const key = shelfKey(assignmentId);
  return {
    read: () => readEntries(attempt(() => window.localStorage.getItem(key)) ?? null),
    write(entries) {
      attempt(() => {
        if (Object.keys(entries).length === 0) window.localStorage.removeItem(key);
        else window.localStorage.setItem(key, JSON.stringify(entries));
      });
    },
  };
}

/** What lies on the shelf may come from another version, or be damaged: what is not understood is left out. */
export function readEntries(text: string | null): OutboxEntries {
  const found = attempt(() => JSON.parse(text ?? "{}") as unknown);
  if (typeof found !== "object" || found === null) return {};
  const entries: OutboxEntries = {};
  for (const [field, entry] of Object.entries(
    found as Record<string, Partial<OutboxEntries[string]> | null>,
  )) {
    if (typeof entry?.value !== "string" || !Number.isInteger(entry.base)) continue;
    const { value, base = 0, sent } = entry;
    entries[field] = { value, base, sent: typeof sent === "string" ? sent : null, theirs: null };
  }
  return entries;
}

/** The server takes at most this many at once. */
const MAX_SAVES = 50;
/** What a browser lets a page send while it goes away. */
const KEEPALIVE_MAX_BYTES = 60_000;

function createSend(assignmentId: string): Send {
  return async (saves, leaving) => {
    const tab = tabOf(assignmentId);
    const writerToken = leaving ? tab.token() : await tab.ready();
    if (writerToken === null) return tab.isElsewhere() ? { kind: "moved" } : { kind: "unreachable" };
    const body = new URLSearchParams({
      writerToken: String(writerToken),
      saves: JSON.stringify(saves.slice(0, MAX_SAVES)),
    });
    let reply: Response;
    try {
      reply = await fetch(paths.drafts(assignmentId), {
        method: "POST",
        headers: { accept: "application/json" },
        body,
        keepalive: leaving && body.toString().length < KEEPALIVE_MAX_BYTES,
      });
    } catch {
      return { kind: "unreachable" };
    }
    return readReply(reply, tab.lose);
  };
}

async function readReply(reply: Response, lose: () => void): Promise<SendReply> {
  const outcome = saveOutcome(reply);
  if (outcome === "signed_out" || outcome === "unreachable") return { kind: outcome };
  const body = (await reply.json().catch(() => null)) as {
    results?: FieldResult[];
    error?: { code: string; message: string };
  } | null;
  if (outcome === "saved") {
    return Array.isArray(body?.results)
      ? { kind: "results", results: body.results }
      : { kind: "unreachable" };
  }
  if (body?.error?.code === "WRITER_MOVED") {
    lose();
    return { kind: "moved" };
  }
  return { kind: "refused", message: body?.error?.message ?? "This task cannot be changed any more." };
}
