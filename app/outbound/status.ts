import { ProviderError, type ProviderFault } from "../domain/provider-call.ts";
import type { OutboundFailure, OutboundResponse } from "./http.ts";
import { parseRetryAfter, parseRetryDelay } from "./retry-after.ts";

const FAULT_OF_FAILURE: Record<OutboundFailure, ProviderFault> = {
  unreachable: "unreachable",
  // A name server that is away for a moment must not end a session.
  unknown_host: "unreachable",
  private_address: "misconfigured",
  timeout: "timeout",
  too_large: "malformed",
  bad_encoding: "malformed",
};

export function faultOf(failure: OutboundFailure): ProviderFault {
  return FAULT_OF_FAILURE[failure];
}

/** Error codes by which services say that a safety filter stopped the request. */
const BLOCKED_CODES = new Set(["content_policy_violation", "moderation_blocked", "content_filter"]);
const KEY_CODES = new Set(["API_KEY_INVALID", "API_KEY_EXPIRED", "invalid_api_key"]);
/** Error bodies are small; more is not read for hints. */
const MAX_ERROR_BYTES = 64 * 1024;

/** What a status other than 2xx means. The service's own words stay out: they may quote the key or the prompt. */
export function errorOfStatus(
  service: { id: string; variables: string },
  response: OutboundResponse,
  nowMs: number,
): ProviderError {
  const { status } = response;
  const body = errorBody(response.bytes);
  const hint = (...names: string[]) =>
    `check ${names.map((name) => `${service.variables}_${name}`).join(" and ")}`;
  const make = (fault: ProviderFault, message: string) =>
    new ProviderError(service.id, fault, `answered ${status}: ${message}`, {
      retryAfterMs: parseRetryAfter(response.headers["retry-after"], nowMs) ?? body.retryDelayMs,
    });
  if (body.codes.some((code) => BLOCKED_CODES.has(code)))
    return make("blocked", "a safety filter stopped it");
  if (body.codes.some((code) => KEY_CODES.has(code))) {
    return make("misconfigured", `the key is refused; ${hint("KEY")}`);
  }
  if (status >= 300 && status < 400) {
    return make("misconfigured", `redirects are not followed; ${hint("URL")}`);
  }
  if (body.codes.includes("model_not_found")) {
    return make("misconfigured", `no such model; ${hint("MODEL", "URL")}`);
  }
  switch (status) {
    case 401:
    case 403:
      return make("misconfigured", `the key is refused; ${hint("KEY")}`);
    case 402:
      return make("misconfigured", "the account cannot pay");
    case 404:
    case 405:
      return make("misconfigured", `no such address or model; ${hint("URL", "MODEL")}`);
    case 408:
      return make("timeout", "the service gave up waiting");
    case 429:
      return make("rate_limited", "too many requests");
  }
  if (status >= 400 && status < 500) return make("rejected", "the request is refused");
  return make("unavailable", "the service cannot do it now");
}

/** Codes and pause of the error forms of Google, OpenAI and their likes. */
function errorBody(bytes: Buffer): { codes: string[]; retryDelayMs: number | null } {
  const none = { codes: [], retryDelayMs: null };
  if (bytes.byteLength > MAX_ERROR_BYTES) return none;
  let error: Record<string, unknown>;
  try {
    const body = JSON.parse(bytes.toString("utf8")) as { error?: unknown } | null;
    if (typeof body?.error !== "object" || body.error === null) return none;
    error = body.error as Record<string, unknown>;
  } catch {
    return none;
  }
  const inner = (error.innererror ?? {}) as Record<string, unknown>;
  const details = Array.isArray(error.details) ? (error.details as Record<string, unknown>[]) : [];
  const codes = [error.code, error.type, inner.code, ...details.map((detail) => detail?.reason)];
  const delays = details.map((detail) => parseRetryDelay(detail?.retryDelay));
  return {
    codes: codes.filter((code): code is string => typeof code === "string"),
    retryDelayMs: delays.find((delay) => delay !== null) ?? null,
  };
}
