import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { gzipSync } from "node:zlib";
import type { FaultKind, FaultSpec, RequestClass } from "./faults.ts";

/** One request as it came in, with what became of it. */
export interface SeenRequest {
  class: RequestClass;
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  /** Parsed JSON body; null when there was none. */
  body: unknown;
  atMs: number;
  /** When the last byte of the reply had been sent; null = not yet, or never. */
  endedAtMs: number | null;
  /** Fault it met; null = a good reply. */
  fault: FaultKind | null;
  /** A 2xx status line was sent: the real service would charge for it. */
  billed: boolean;
  /** The client left before the reply was complete. */
  abandoned: boolean;
}

export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  /** An object is sent as JSON. */
  body: object | string | Buffer;
}

/** How one protocol answers. */
export interface Protocol {
  name: string;
  /** Appended to the server's address: what the operator configures. */
  basePath: string;
  classify(method: string, path: string): RequestClass | null;
  isAuthorised(request: SeenRequest, key: string): boolean;
  /** Whether the reply holds an image, which may be a bomb itself. */
  givesImage(request: SeenRequest): boolean;
  /** Error body in the protocol's own form. */
  error(status: number, fault: FaultKind | null): Reply;
  /** A good reply, or one whose content has the fault. */
  answer(request: SeenRequest, fault: FaultKind | null): Promise<Reply>;
}

export interface ServerOptions {
  /** Key that is accepted. */
  key?: string;
  /** Time that a good reply takes. */
  latencyMs?: number;
  /** Decides for each model call, after those named to `fail`; null = a good reply. */
  schedule?: (callIndex: number, request: SeenRequest) => FaultKind | FaultSpec | null;
}

export interface ScriptedServer {
  readonly protocol: string;
  /** What the operator would configure. */
  readonly url: string;
  readonly key: string;
  readonly seen: SeenRequest[];
  /** Model calls only. */
  readonly calls: SeenRequest[];
  /** Model calls to which a 2xx reply was begun. */
  readonly billed: number;
  readonly inFlight: number;
  readonly maxInFlight: number;
  latencyMs: number;
  /** Faults of the next requests of a class, in order; null = a good reply. Calls by default. */
  fail(faults: (FaultKind | FaultSpec | null)[], of?: RequestClass): void;
  /** Replaces the whole text of the next good model replies: what a misled model might write. */
  say(...texts: string[]): void;
  /** Forgets requests and scheduled faults. */
  reset(): void;
  /** Stops listening: connections are refused, as of a service that is down. */
  goOffline(): Promise<void>;
  goOnline(): Promise<void>;
  close(): Promise<void>;
}

const DRIP_EVERY_MS = 50;
const CONTENT_FAULTS: readonly FaultKind[] = ["wrong_count", "not_an_image", "truncated", "bomb", "blocked"];

/** Starts a scripted provider on 127.0.0.1 and a free port. */
export async function startScriptedServer(
  protocol: Protocol,
  options: ServerOptions = {},
): Promise<ScriptedServer> {
  const key = options.key ?? "scripted-key-0123456789";
  const queues: Record<RequestClass, (FaultSpec | null)[]> = { call: [], check: [], download: [] };
  const texts: string[] = [];
  const sockets = new Set<Socket>();
  const state = { inFlight: 0, maxInFlight: 0, callIndex: 0 };
  let seen: SeenRequest[] = [];

  const server = createServer((req, res) => {
    handle(req, res).catch((error: unknown) => {
      if (!res.headersSent) res.writeHead(500);
      res.end(String(error));
    });
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    socket.on("error", () => {});
  });

  async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const path = req.url ?? "/";
    const kind = protocol.classify(req.method ?? "GET", path.split("?")[0] as string);
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const request: SeenRequest = {
      class: kind ?? "check",
      method: req.method ?? "GET",
      path,
      headers: req.headers,
      body: parse(Buffer.concat(chunks).toString("utf8")),
      atMs: Date.now(),
      endedAtMs: null,
      fault: null,
      billed: false,
      abandoned: false,
    };
    seen.push(request);
    res.once("finish", () => {
      request.endedAtMs = Date.now();
    });
    res.once("close", () => {
      if (!res.writableFinished) request.abandoned = true;
    });
    if (kind === null) return send(res, request, protocol.error(404, null));
    const spec = nextFault(request);
    request.fault = spec?.kind ?? null;
    if (!protocol.isAuthorised(request, key)) return send(res, request, protocol.error(401, "unauthorized"));
    if (kind === "call") state.maxInFlight = Math.max(state.maxInFlight, ++state.inFlight);
    try {
      await answer(req, res, request, spec);
    } finally {
      if (kind === "call") state.inFlight--;
    }
  }

  function nextFault(request: SeenRequest): FaultSpec | null {
    const index = request.class === "call" ? state.callIndex++ : 0;
    const queue = queues[request.class];
    if (queue.length > 0) return queue.shift() ?? null;
    if (request.class !== "call") return null;
    const fault = options.schedule?.(index, request) ?? null;
    return typeof fault === "string" ? { kind: fault } : fault;
  }

  async function answer(
    req: IncomingMessage,
    res: ServerResponse,
    request: SeenRequest,
    spec: FaultSpec | null,
  ): Promise<void> {
    switch (spec?.kind) {
      case "refused":
        req.socket.destroy();
        return;
      case "hang":
        return closed(res);
      case "slow_drip":
        return drip(res, request);
      case "rate_limited": {
        const reply = protocol.error(429, spec.kind);
        const after = spec.retryAfterSeconds;
        if (after !== undefined) reply.headers = { ...reply.headers, "retry-after": String(after) };
        return send(res, request, reply);
      }
      case "server_error":
        return send(res, request, protocol.error(spec.status ?? 503, spec.kind));
      case "unauthorized":
        return send(res, request, protocol.error(401, spec.kind));
      case "not_found":
        return send(res, request, protocol.error(404, spec.kind));
      case "bad_request":
        return send(res, request, protocol.error(400, spec.kind));
      case "redirect":
        return send(res, request, { status: 302, headers: { location: "http://127.0.0.1:9/" }, body: "" });
      case "bad_json":
        return send(res, request, {
          headers: { "content-type": "text/html" },
          body: "<!doctype html><title>Busy</title>",
        });
      case "oversize":
        return flood(res, request);
      case "gzip_bomb":
        return gzipBomb(res, request);
    }
    const fault = spec?.kind ?? null;
    if (fault === "bomb" && !protocol.givesImage(request)) return gzipBomb(res, request);
    if (latencyOf() > 0) await new Promise((resolve) => setTimeout(resolve, latencyOf()));
    const content = fault !== null && CONTENT_FAULTS.includes(fault) ? fault : null;
    const reply = await protocol.answer(request, content);
    if (content === null && request.class === "call" && texts.length > 0) {
      reply.body = replaceText(reply.body, texts.shift() as string);
    }
    if (fault === "reset") return cut(res, request, reply);
    return send(res, request, reply);
  }
  const latencyOf = () => api.latencyMs;

  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", () => {
        server.off("error", reject);
        resolve();
      });
    });
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;

  const api: ScriptedServer = {
    protocol: protocol.name,
    url: `http://127.0.0.1:${port}${protocol.basePath}`,
    key,
    get seen() {
      return seen;
    },
    get calls() {
      return seen.filter((request) => request.class === "call");
    },
    get billed() {
      return seen.filter((request) => request.class === "call" && request.billed).length;
    },
    get inFlight() {
      return state.inFlight;
    },
    get maxInFlight() {
      return state.maxInFlight;
    },
    latencyMs: options.latencyMs ?? 0,
    fail(faults, of = "call") {
      queues[of].push(...faults.map((fault) => (typeof fault === "string" ? { kind: fault } : fault)));
    },
    say(...replies) {
      texts.push(...replies);
    },
    reset() {
      seen = [];
      texts.length = 0;
      for (const queue of Object.values(queues)) queue.length = 0;
      state.maxInFlight = state.inFlight;
    },
    goOffline: stop,
    goOnline: () => listen(port),
    close: () => (server.listening ? stop() : Promise.resolve()),
  };
  return api;
}

function parse(text: string): unknown {
  try {
    return text === "" ? null : JSON.parse(text);
  } catch {
    return text;
  }
}

function begin(res: ServerResponse, request: SeenRequest, status: number, headers: Record<string, string>) {
  request.billed = status >= 200 && status < 300;
  res.writeHead(status, headers);
}

function encode(reply: Reply): { headers: Record<string, string>; bytes: Buffer } {
  const { body } = reply;
  const isRaw = typeof body === "string" || Buffer.isBuffer(body);
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(isRaw ? (body as string) : JSON.stringify(body));
  const headers = {
    "content-type": isRaw ? "application/octet-stream" : "application/json",
    "content-length": String(bytes.byteLength),
    ...reply.headers,
  };
  return { headers, bytes };
}

function send(res: ServerResponse, request: SeenRequest, reply: Reply): void {
  const { headers, bytes } = encode(reply);
  begin(res, request, reply.status ?? 200, headers);
  res.end(bytes);
}

/** Sends the first half and breaks the connection. */
async function cut(res: ServerResponse, request: SeenRequest, reply: Reply): Promise<void> {
  const { headers, bytes } = encode(reply);
  begin(res, request, reply.status ?? 200, headers);
  await new Promise<void>((resolve) => {
    res.write(bytes.subarray(0, Math.max(1, bytes.byteLength >> 1)), () => resolve());
  });
  await new Promise((resolve) => setTimeout(resolve, 10));
  res.socket?.resetAndDestroy();
}

function closed(res: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (res.closed) resolve();
    else res.once("close", () => resolve());
  });
}

async function drip(res: ServerResponse, request: SeenRequest): Promise<void> {
  begin(res, request, 200, { "content-type": "application/json" });
  const timer = setInterval(() => res.write(" "), DRIP_EVERY_MS);
  await closed(res);
  clearInterval(timer);
}

/** Writes until the client hangs up; 2 GB at most. */
async function flood(res: ServerResponse, request: SeenRequest): Promise<void> {
  begin(res, request, 200, { "content-type": "application/json" });
  const block = Buffer.alloc(1024 * 1024, "x");
  function* blocks() {
    yield '{"padding":"';
    for (let i = 0; i < 2048; i++) yield block;
  }
  await pipeline(Readable.from(blocks()), res).catch(() => {});
}

let bomb: Buffer | null = null;

/** 4 MB of zeros 256 times over: members of one gzip stream may follow each other. */
async function gzipBomb(res: ServerResponse, request: SeenRequest): Promise<void> {
  bomb ??= Buffer.concat(Array<Buffer>(256).fill(gzipSync(Buffer.alloc(4 * 1024 * 1024))));
  begin(res, request, 200, { "content-type": "application/json", "content-encoding": "gzip" });
  res.end(bomb);
  await closed(res);
}

/** Puts another text where the protocol's reply has the model's own. */
function replaceText(body: Reply["body"], text: string): Reply["body"] {
  const reply = body as {
    candidates?: { content: { parts: { text?: string }[] } }[];
    choices?: { message: { content: string } }[];
  };
  const part = reply.candidates?.[0]?.content.parts[0];
  const message = reply.choices?.[0]?.message;
  if (part) part.text = text;
  else if (message) message.content = text;
  else return text;
  return reply;
}
