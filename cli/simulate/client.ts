/** An HTTP client with the manners of one browser: own cookies, keep-alive, Origin, redirects by hand. */
import { Agent as HttpAgent, request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { alertText } from "./html.ts";
import type { Meter } from "./meter.ts";

/** Something that a rater would have noticed; `kind` groups it in the report. */
export class SimulationError extends Error {
  override readonly name = "SimulationError";
  readonly kind: string;

  constructor(kind: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** Path and query that answered. */
  path: string;
  text(): string;
}

export interface ClientOptions {
  /** Origin of the server, without a slash at the end. */
  baseUrl: string;
  timeoutMs: number;
  meter: Meter;
  signal: AbortSignal;
}

/** Connections are shared by all clients of a run, as the sockets of one machine are. */
export function createAgent(baseUrl: string): HttpAgent {
  return baseUrl.startsWith("https:")
    ? new HttpsAgent({ keepAlive: true })
    : new HttpAgent({ keepAlive: true });
}

export class Client {
  readonly #options: ClientOptions;
  readonly #agent: HttpAgent;
  readonly #cookies = new Map<string, string>();

  constructor(options: ClientOptions, agent: HttpAgent) {
    this.#options = options;
    this.#agent = agent;
  }

  get meter(): Meter {
    return this.#options.meter;
  }

  get signal(): AbortSignal {
    return this.#options.signal;
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Reply> {
    return this.#send("GET", path, headers);
  }

  /** Fetches a picture from another site, as a browser does: without cookies and without saying from where. */
  async getElsewhere(address: string): Promise<Reply> {
    this.meter.requests += 1;
    const { signal } = this;
    try {
      const patience = AbortSignal.timeout(this.#options.timeoutMs);
      const reply = await fetch(address, { redirect: "error", signal: AbortSignal.any([signal, patience]) });
      const body = Buffer.from(await reply.arrayBuffer());
      return {
        status: reply.status,
        headers: Object.fromEntries(reply.headers),
        body,
        path: new URL(address).pathname,
        text: () => body.toString("utf8"),
      };
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      const { origin } = new URL(address);
      throw new SimulationError("image", `${origin}: ${(error as Error).message}`, { cause: error });
    }
  }

  /** Posts a form. A repetition after a lost connection sends the very same body, submission id included. */
  post(path: string, fields: Iterable<[string, string]>): Promise<Reply> {
    const body = new URLSearchParams([...fields]).toString();
    return this.#send("POST", path, { "content-type": "application/x-www-form-urlencoded" }, body);
  }

  /** Fetches a page and follows redirects. */
  async open(path: string): Promise<Reply> {
    return this.follow(await this.get(path));
  }

  /** Posts a form and follows to the page that a rater would see next. */
  async submit(path: string, fields: Iterable<[string, string]>): Promise<Reply> {
    return this.follow(await this.post(path, fields));
  }

  /** Goes where a reply points; the last page must be a success. */
  async follow(reply: Reply): Promise<Reply> {
    let last = reply;
    for (let hops = 0; [301, 302, 303, 307, 308].includes(last.status); hops++) {
      if (hops > 5) throw new SimulationError("redirect loop", `${reply.path} redirects in circles`);
      const target = new URL(last.headers.location ?? "", this.#options.baseUrl + last.path);
      if (target.origin !== this.#options.baseUrl) {
        throw new SimulationError("redirect", `${last.path} leads to another site: ${target.origin}`);
      }
      last = await this.get(target.pathname + target.search);
    }
    if (last.status !== 200) {
      throw new SimulationError(
        `status ${last.status}`,
        `${last.path}: ${last.status} ${alertText(last.text())}`,
      );
    }
    return last;
  }

  async #send(method: string, path: string, headers: Record<string, string>, body?: string): Promise<Reply> {
    this.signal.throwIfAborted();
    try {
      return await this.#attempt(method, path, headers, body);
    } catch (error) {
      if (this.signal.aborted) throw this.signal.reason;
      if (!isNetworkError(error)) throw error;
      this.meter.retries += 1;
      try {
        // On a connection of its own: the server may be closing the other idle ones too.
        return await this.#attempt(method, path, headers, body, false);
      } catch (again) {
        if (this.signal.aborted) throw this.signal.reason;
        if (!isNetworkError(again)) throw again;
        const { code, message } = again as NodeJS.ErrnoException;
        throw new SimulationError(`network ${code ?? "error"}`, `${method} ${path}: ${message}`, {
          cause: again,
        });
      }
    }
  }

  #attempt(
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: string,
    agent: HttpAgent | false = this.#agent,
  ): Promise<Reply> {
    const { baseUrl, timeoutMs } = this.#options;
    this.meter.requests += 1;
    const send = baseUrl.startsWith("https:") ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
      const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      const outgoing = send(
        baseUrl + path,
        {
          method,
          agent,
          signal: this.signal,
          headers: {
            accept: "text/html,application/json,image/webp,*/*;q=0.5",
            origin: baseUrl,
            "user-agent": "turnwise-simulate",
            ...(cookie && { cookie }),
            ...(body !== undefined && { "content-length": String(Buffer.byteLength(body)) }),
            ...headers,
          },
        },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
          incoming.on("error", reject);
          incoming.on("end", () => {
            if (!incoming.complete) return reject(networkError("ECONNRESET", "the answer was cut off"));
            this.#storeCookies(incoming.headers["set-cookie"] ?? []);
            const bytes = Buffer.concat(chunks);
            resolve({
              status: incoming.statusCode ?? 0,
              headers: incoming.headers,
              body: bytes,
              path,
              text: () => bytes.toString("utf8"),
            });
          });
        },
      );
      const timer = setTimeout(
        () => outgoing.destroy(networkError("ETIMEDOUT", `no answer within ${timeoutMs} ms`)),
        timeoutMs,
      );
      outgoing.on("error", reject);
      outgoing.on("close", () => clearTimeout(timer));
      outgoing.end(body);
    });
  }

  #storeCookies(lines: readonly string[]): void {
    for (const line of lines) {
      const [pair = "", ...attributes] = line.split(";");
      const at = pair.indexOf("=");
      if (at < 1) continue;
      const name = pair.slice(0, at).trim();
      const expired = attributes.some((a) => /^\s*max-age\s*=\s*(0|-\d+)\s*$/i.test(a));
      if (expired) this.#cookies.delete(name);
      else this.#cookies.set(name, pair.slice(at + 1).trim());
    }
  }
}

function networkError(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

const NETWORK_CODES = [
  "ECONNRESET",
  "ECONNREFUSED",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "EAI_AGAIN",
  "ENOTFOUND",
];

function isNetworkError(error: unknown): boolean {
  return NETWORK_CODES.includes((error as NodeJS.ErrnoException).code ?? "");
}
