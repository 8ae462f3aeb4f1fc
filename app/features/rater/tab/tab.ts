/**
 * Which tab may write to a task: one at a time, in all browsers of the rater together. The server decides; tabs of one
 * browser also tell each other at once.
 */
import { paths } from "../../../domain/paths.ts";

export type TabState = "asking" | "writer" | "elsewhere";

export interface Tab {
  subscribe(listener: () => void): () => void;
  state(): TabState;
  /** This tab's name on the server. */
  readonly writerId: string;
  /** The fencing token, or null while this tab does not hold the task. */
  token(): number | null;
  /** The same, after the question that is under way. */
  ready(): Promise<number | null>;
  isElsewhere(): boolean;
  /** The rater goes on in this tab. Resolves with whether it has the task now. */
  takeOver(): Promise<boolean>;
  /** The server said that another tab holds the task. */
  lose(): void;
}

const tabs = new Map<string, Tab>();
const ASK_AGAIN_MS = 5_000;

/** One per task and page load; only in a browser. */
export function tabOf(assignmentId: string): Tab {
  let tab = tabs.get(assignmentId);
  if (!tab) {
    tab = createTab(assignmentId);
    tabs.set(assignmentId, tab);
  }
  return tab;
}

function createTab(assignmentId: string): Tab {
  const writerId = ownId();
  const listeners = new Set<() => void>();
  let state: TabState = "asking";
  let token: number | null = null;
  let asking: Promise<void> | null = null;
  const channel = typeof BroadcastChannel === "function" ? new BroadcastChannel("turnwise:tab") : null;

  function become(next: TabState, nextToken: number | null): void {
    state = next;
    token = nextToken;
    for (const listener of listeners) listener();
  }
  async function ask(onPurpose: boolean): Promise<void> {
    const reply = await post(assignmentId, { intent: "take-over", writerId, onPurpose: String(onPurpose) });
    if (reply === null) {
      // No answer: nothing is known. What is typed stays on this device, and the question is asked again.
      setTimeout(() => void begin(false), ASK_AGAIN_MS);
      return;
    }
    if (reply.kind === "writer") {
      become("writer", reply.writerToken);
      channel?.postMessage({ assignmentId, writerId });
    } else {
      become("elsewhere", null);
    }
  }
  function begin(onPurpose: boolean): Promise<void> {
    asking ??= ask(onPurpose).finally(() => {
      asking = null;
    });
    return asking;
  }

  channel?.addEventListener(
    "message",
    (event: MessageEvent<{ assignmentId?: string; writerId?: string }>) => {
      const { data } = event;
      if (data.assignmentId === assignmentId && data.writerId !== writerId) become("elsewhere", null);
    },
  );
  window.addEventListener("pagehide", () => {
    if (token === null) return;
    const body = new URLSearchParams({ intent: "release", writerToken: String(token) });
    void fetch(paths.writer(assignmentId), { method: "POST", body, keepalive: true }).catch(() => {});
  });
  // A page that comes back from the browser's memory may have lost its task meanwhile.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) void begin(false);
  });
  void begin(false);

  return {
    writerId,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    state: () => state,
    token: () => token,
    isElsewhere: () => state === "elsewhere",
    async ready() {
      if (token === null && state === "asking") await begin(false);
      return token;
    },
    async takeOver() {
      await asking;
      await begin(true);
      return state === "writer";
    },
    lose: () => become("elsewhere", null),
  };
}

/** Survives a reload of this tab. A duplicated tab gets its own, because the original is still there to claim it. */
function ownId(): string {
  const KEY = "turnwise:tab";
  const LOCK = "turnwise:tab:open";
  try {
    const known = window.sessionStorage.getItem(KEY);
    // Set while a page of this tab is open: who finds it set on arrival is a copy.
    const isCopy = window.sessionStorage.getItem(LOCK) !== null;
    const id = known && !isCopy ? known : crypto.randomUUID();
    window.sessionStorage.setItem(KEY, id);
    window.sessionStorage.setItem(LOCK, "1");
    window.addEventListener("pagehide", () => window.sessionStorage.removeItem(LOCK));
    window.addEventListener("pageshow", () => window.sessionStorage.setItem(LOCK, "1"));
    return id;
  } catch {
    return crypto.randomUUID();
  }
}

type Reply = { kind: "writer"; writerToken: number } | { kind: "elsewhere" };

async function post(assignmentId: string, fields: Record<string, string>): Promise<Reply | null> {
  try {
    const reply = await fetch(paths.writer(assignmentId), {
      method: "POST",
      headers: { accept: "application/json" },
      body: new URLSearchParams(fields),
    });
    if (!reply.ok || reply.redirected) return null;
    return (await reply.json()) as Reply;
  } catch {
    return null;
  }
}
