import { lookup as dnsLookup, type LookupAddress } from "node:dns";
import { request as httpRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { isPrivateAddress } from "../outbound/address.ts";
import type { SendResult, WebhookSender } from "../services/webhook/sender.ts";

export interface WebhookSenderOptions {
  /** Hosts whose addresses may be private: all, or these (in lower case). */
  allowPrivate: true | readonly string[];
}

class RefusedAddressError extends Error {
  constructor(host: string) {
    super(`${host} leads to an address inside a private network, which is not allowed.`);
  }
}

/** Sends webhooks by HTTP. The address is checked where the connection is made, after every resolution of the name. */
export function createWebhookSender({ allowPrivate }: WebhookSenderOptions): WebhookSender {
  const mayBePrivate = (host: string) => allowPrivate === true || allowPrivate.includes(host);
  return {
    allowsHttp: (url) => URL.canParse(url) && mayBePrivate(hostOf(new URL(url))),
    send({ url: text, headers, body, timeoutMs, signal }) {
      const url = new URL(text);
      const host = hostOf(url);
      const guarded = !mayBePrivate(host);
      if (guarded && url.protocol !== "https:") {
        return Promise.resolve({ kind: "failed", reason: "The address must start with https://." });
      }
      // A literal address is connected to without any lookup.
      if (guarded && isIP(host) !== 0 && isPrivateAddress(host)) {
        return Promise.resolve({ kind: "failed", reason: new RefusedAddressError(host).message });
      }
      const timeout = AbortSignal.timeout(timeoutMs);
      const options: RequestOptions = {
        method: "POST",
        headers: { ...headers, "content-length": Buffer.byteLength(body) },
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
        // Each message has a connection of its own: none is kept to an address that was checked long ago.
        agent: false,
        ...(guarded ? { lookup: publicOnly } : {}),
      };
      return new Promise<SendResult>((resolve) => {
        const send = url.protocol === "https:" ? httpsRequest : httpRequest;
        const request = send(url, options, (response) => {
          resolve(answerOf(response));
          // The status is all that counts: whatever else comes is not waited for.
          response.on("error", () => {});
          response.destroy();
        });
        request.on("error", (error: NodeJS.ErrnoException) => {
          resolve({ kind: "failed", reason: explain(error, { timedOut: timeout.aborted, timeoutMs }) });
        });
        request.end(body);
      });
    },
  };
}

/** Resolves a name, refusing it when any of its addresses is private. */
const publicOnly: LookupFunction = (hostname, options, callback) => {
  dnsLookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error) return callback(error, "", 0);
    const first = addresses[0];
    if (!first || addresses.some((one) => isPrivateAddress(one.address))) {
      return callback(new RefusedAddressError(hostname), "", 0);
    }
    if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "").toLowerCase();
}

const MAX_RETRY_AFTER_S = 24 * 60 * 60;

function answerOf(response: IncomingMessage): SendResult {
  const header = response.headers["retry-after"] ?? "";
  const seconds = /^\d{1,9}$/.test(header) ? Math.min(Number(header), MAX_RETRY_AFTER_S) : 0;
  return { kind: "answered", status: response.statusCode ?? 0, retryAfterMs: seconds * 1000 };
}

function explain(
  error: NodeJS.ErrnoException,
  { timedOut, timeoutMs }: { timedOut: boolean; timeoutMs: number },
): string {
  if (error instanceof RefusedAddressError) return error.message;
  if (timedOut) return `It did not answer within ${timeoutMs / 1000} s.`;
  if (error.name === "AbortError") return "The server was stopped during the attempt.";
  switch (error.code) {
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return "Its name could not be resolved.";
    case "ECONNREFUSED":
      return "It refused the connection.";
    case "ECONNRESET":
    case "EPIPE":
      return "It cut the connection.";
    default:
      return /^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/.test(error.code ?? "")
        ? "Its certificate is not valid."
        : "It could not be reached.";
  }
}
