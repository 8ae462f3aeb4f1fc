/** What a scripted provider can do wrong; one entry fails one request. */
export const FAULT_KINDS = [
  /** The connection is closed before any answer. */
  "refused",
  /** The reply begins and the connection breaks in its middle. */
  "reset",
  /** No answer, ever. */
  "hang",
  /** The reply comes byte by byte and never ends. */
  "slow_drip",
  /** 429; with Retry-After when `retryAfterSeconds` is set. */
  "rate_limited",
  /** 503, or `status`. */
  "server_error",
  /** 200 with a web page instead of JSON. */
  "bad_json",
  /** One entry too few. */
  "wrong_count",
  /** An image model answers with a text; a language model with prose instead of JSON; a value model with words. */
  "not_an_image",
  /** The reply is whole, its content ends too early. */
  "truncated",
  /** Image protocols: a picture of 40,000 × 40,000 pixels in a few bytes. Others: a gzip bomb. */
  "bomb",
  /** 1 GB of zeros, compressed to one megabyte by HTTP. */
  "gzip_bomb",
  /** A reply that goes on and on. */
  "oversize",
  /** A safety filter stopped it. */
  "blocked",
  /** The key is wrong, as this protocol says it. */
  "unauthorized",
  /** No such model, or no such address. */
  "not_found",
  /** 400: the request is refused. */
  "bad_request",
  /** 302 to another address. */
  "redirect",
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface FaultSpec {
  kind: FaultKind;
  retryAfterSeconds?: number;
  status?: number;
}

/** The faults of reliability experiment R5. */
export const R5_FAULTS = [
  "refused",
  "reset",
  "hang",
  "slow_drip",
  "rate_limited",
  "server_error",
  "bad_json",
  "wrong_count",
  "not_an_image",
  "truncated",
  "bomb",
  "oversize",
] as const satisfies FaultKind[];

/** Which requests a fault is for: model calls, free checks of the configuration, downloads of images. */
export type RequestClass = "call" | "check" | "download";
