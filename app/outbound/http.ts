import { type LookupAddress, type LookupOptions, lookup } from "node:dns";
import {
  type ClientRequest,
  Agent as HttpAgent,
  type IncomingMessage,
  request as requestHttp,
} from "node:http";
import { Agent as HttpsAgent, request as requestHttps } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { bareHost, isPrivateAddress, namesPrivateHost, type PrivateHosts } from "./address.ts";

export interface OutboundRequest {
  url: URL;
  method: "GET" | "POST";
  headers?: Record<string, string>;
  body?: string;
  /** For the whole exchange, from connecting to the last byte. */
  timeoutMs: number;
  /** Of the reply's body, after decompression. */
  maxBytes: number;
  signal: AbortSignal;
  /** Called with the status when a reply begins. */
  onStatus?: (status: number) => void;
}

export interface OutboundResponse {
  status: number;
  headers: Record<string, string>;
  bytes: Buffer;
}

export type OutboundFailure =
  /** No connection, or it broke. */
  | "unreachable"
  /** The host name is not known. */
  | "unknown_host"
  /** The host is on a private network and nobody allowed that. */
  | "private_address"
  | "timeout"
  | "too_large"
  /** Content encoding that nobody asked for, or that is broken. */
  | "bad_encoding";

/** `message` says what happened without host, address or port: it may reach logs. */
export class OutboundError extends Error {
  override readonly name = "OutboundError";
  readonly failure: OutboundFailure;
  constructor(failure: OutboundFailure, message: string) {
    super(message);
    this.failure = failure;
  }
}

export interface OutboundHttp {
  /**
   * One request to a host that the operator configured. Follows no redirect, and reads at most `maxBytes`.
   * Throws {@link OutboundError}, or the signal's reason.
   */
  send(request: OutboundRequest): Promise<OutboundResponse>;
}

export type Resolve = (
  hostname: string,
  options: LookupOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

const CONNECT_TIMEOUT_MS = 10_000;

/**
 * The only way from the adapters of models to the network. Where a name leads is checked when the connection is made,
 * so that a name which changes its address meanwhile gains nothing.
 */
export function createOutboundHttp(
  privateHosts: PrivateHosts,
  /** Where names are looked up; the system's resolver. */
  resolve: Resolve = (hostname, options, callback) => lookup(hostname, { ...options, all: true }, callback),
): OutboundHttp {
  // Generation takes seconds: a new connection costs nothing, and a kept one may be dead when it is used.
  const agents = { http: new HttpAgent({ keepAlive: false }), https: new HttpsAgent({ keepAlive: false }) };

  const isAllowed = (hostname: string, address: string) =>
    !isPrivateAddress(address) ||
    namesPrivateHost(hostname) ||
    privateHosts.allowsHost(hostname) ||
    privateHosts.allowsAddress(address);

  const checkedLookup: LookupFunction = (hostname, options, callback) => {
    resolve(hostname, options, (error, found) => {
      if (error) return callback(new OutboundError("unknown_host", "the host name is not known"), "", 0);
      const allowed = found.filter(({ address }) => isAllowed(hostname, address));
      const [first] = allowed;
      if (!first) return callback(privateAddress(), "", 0);
      if (options.all) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };

  return {
    send(args) {
      const { url, signal } = args;
      const host = bareHost(url.hostname);
      // An address in the URL is connected to without any lookup.
      if (isIP(host) && !isAllowed(host, host)) return Promise.reject(privateAddress());
      if (signal.aborted) return Promise.reject(signal.reason);
      return exchange(args, (headers) => {
        const isTls = url.protocol === "https:";
        const open = isTls ? requestHttps : requestHttp;
        return open(url, {
          method: args.method,
          headers,
          agent: isTls ? agents.https : agents.http,
          lookup: checkedLookup,
        });
      });
    },
  };
}

function privateAddress(): OutboundError {
  return new OutboundError("private_address", "the host is on a private network that is not allowed");
}

function exchange(
  args: OutboundRequest,
  open: (headers: Record<string, string>) => ClientRequest,
): Promise<OutboundResponse> {
  const { body, signal } = args;
  return new Promise((resolve, reject) => {
    const request = open({
      accept: "*/*",
      "accept-encoding": "identity",
      "user-agent": "turnwise",
      ...(body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) }),
      ...args.headers,
    });
    let settled = false;
    const settle = (act: () => void) => {
      if (settled) return;
      settled = true;
      clearTimeout(total);
      clearTimeout(connecting);
      signal.removeEventListener("abort", aborted);
      act();
      // Whatever is still open is of no use to anybody.
      request.destroy();
    };
    const fail = (error: unknown) => settle(() => reject(error));
    const aborted = () => fail(signal.reason);
    const late = (message: string) => () => fail(new OutboundError("timeout", message));
    const total = setTimeout(
      late(`no complete reply within ${Math.ceil(args.timeoutMs / 1000)} s`),
      args.timeoutMs,
    );
    const connecting = setTimeout(
      late("no connection in time"),
      Math.min(CONNECT_TIMEOUT_MS, args.timeoutMs),
    );
    signal.addEventListener("abort", aborted, { once: true });
    request.on("socket", (socket) => {
      if (!socket.connecting) clearTimeout(connecting);
      else socket.once("connect", () => clearTimeout(connecting));
    });
    request.on("error", (error) => fail(asOutboundError(error)));
    request.on("response", (response) => {
      const status = response.statusCode ?? 0;
      args.onStatus?.(status);
      readBody(response, args.maxBytes).then(
        (bytes) => settle(() => resolve({ status, headers: plainHeaders(response), bytes })),
        fail,
      );
    });
    request.end(body);
  });
}

async function readBody(response: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const encoding = response.headers["content-encoding"] ?? "identity";
  if (encoding !== "identity" && encoding !== "gzip") {
    throw new OutboundError("bad_encoding", "the reply has an encoding that was not asked for");
  }
  if (encoding === "identity" && Number(response.headers["content-length"]) > maxBytes)
    throw tooLarge(maxBytes);
  let source: Readable = response;
  if (encoding === "gzip") {
    const gunzip = createGunzip();
    response.once("error", (error) => gunzip.destroy(error));
    source = response.pipe(gunzip);
  }
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of source) {
      size += (chunk as Buffer).byteLength;
      if (size > maxBytes) throw tooLarge(maxBytes);
      chunks.push(chunk as Buffer);
    }
  } catch (error) {
    throw asOutboundError(error);
  }
  // Without a length the end of the connection ends the body, even where it was cut off.
  if (!response.complete) throw new OutboundError("unreachable", "the connection broke during the reply");
  return Buffer.concat(chunks);
}

function tooLarge(maxBytes: number): OutboundError {
  return new OutboundError("too_large", `the reply is larger than ${Math.round(maxBytes / 1024 / 1024)} MB`);
}

/** Node's messages hold host, address and port; only what they mean is kept. */
function asOutboundError(error: unknown): OutboundError {
  if (error instanceof OutboundError) return error;
  const code = String((error as NodeJS.ErrnoException).code ?? "");
  if (/^Z_|^ERR_ZLIB/.test(code))
    return new OutboundError("bad_encoding", "the reply's compression is broken");
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") {
    return new OutboundError("unknown_host", "the host name is not known");
  }
  const tls = /CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO/.test(code);
  const what =
    code === "ECONNREFUSED"
      ? "the connection was refused"
      : tls
        ? "no secure connection: the certificate or protocol is not accepted"
        : code === "EHOSTUNREACH" || code === "ENETUNREACH"
          ? "the host cannot be reached"
          : "the connection broke";
  return new OutboundError("unreachable", /^[A-Z0-9_]+$/.test(code) ? `${what} (${code})` : what);
}

function plainHeaders(response: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  return headers;
}
