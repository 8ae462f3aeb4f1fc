import type { CallParameters, ProviderCall, ReportCall } from "../domain/provider-call.ts";
import { ProviderError } from "../domain/provider-call.ts";
import { OutboundError, type OutboundHttp, type OutboundRequest, type OutboundResponse } from "./http.ts";
import { errorOfStatus, faultOf } from "./status.ts";

/** In the operator's currency; null = not configured. */
export interface Prices {
  perCall: number | null;
  perMillionInputTokens: number | null;
  perMillionOutputTokens: number | null;
}

/** A remote service as the operator configured it. */
export interface Service {
  /** Id of its adapters. */
  readonly id: string;
  /** Protocol, e.g. "sdwebui". */
  readonly kind: string;
  /** "" = whatever the service has loaded. */
  readonly model: string;
  /** Its variables begin with this, e.g. "MODEL_SDXL": error messages name them. */
  readonly variables: string;
  readonly baseUrl: URL;
  /** Credentials, if any. */
  readonly headers: Record<string, string>;
  readonly timeoutMs: number;
  readonly prices: Prices;
  readonly http: OutboundHttp;
}

/** What one reply gave. `error` is set when it was understood and is of no use (blocked, malformed). */
export interface Outcome<T> {
  value: T | null;
  error?: ProviderError;
  /** As the service names it; the configured one where it does not say. */
  model?: string | undefined;
  parameters?: CallParameters;
  inputTokens?: number | null;
  outputTokens?: number | null;
}

/** Sends one request of the call; any status but 2xx is thrown as a ProviderError. */
export type Send = (request: {
  /** Below the service's address, or a whole URL. */
  url: string | URL;
  method?: "GET" | "POST";
  headers?: Record<string, string>;
  /** Sent as JSON unless it is text already. */
  body?: unknown;
  maxBytes: number;
}) => Promise<OutboundResponse>;

/**
 * One call of a service, reported whatever becomes of it. Throws ProviderError, or the signal's reason when the caller
 * gave up.
 */
export async function callService<T>(
  service: Service,
  call: { signal: AbortSignal; report: ReportCall | undefined; parameters?: CallParameters },
  run: (send: Send) => Promise<Outcome<T>>,
): Promise<T> {
  const startedAtMs = Date.now();
  const started = performance.now();
  let began = false;
  const send: Send = (request) =>
    sendTo(service, request, call.signal, (status) => {
      began ||= status >= 200 && status < 300;
    });
  const tell = (outcome: Partial<Outcome<T>>, fault: ProviderCall["fault"]) =>
    call.report?.({
      provider: service.id,
      model: outcome.model ?? service.model,
      startedAtMs,
      durationMs: Math.round(performance.now() - started),
      fault,
      billed: began,
      parameters: { ...call.parameters, ...outcome.parameters },
      inputTokens: outcome.inputTokens ?? null,
      outputTokens: outcome.outputTokens ?? null,
      costMicros: costMicros(service.prices, began, outcome),
    });
  let outcome: Outcome<T>;
  try {
    outcome = await run(send);
  } catch (error) {
    if (call.signal.aborted) {
      tell({}, "timeout");
      throw call.signal.reason;
    }
    const failure = asProviderError(service, error);
    tell({}, failure.fault);
    throw failure;
  }
  const failure =
    outcome.error ??
    (outcome.value === null ? new ProviderError(service.id, "malformed", "the reply is empty") : null);
  tell(outcome, failure?.fault ?? null);
  if (failure) throw failure;
  return outcome.value as T;
}

/** A free request that shows whether address, key and model are right. */
export async function probeService<T>(
  service: Service,
  signal: AbortSignal,
  run: (send: Send) => Promise<T>,
): Promise<T> {
  try {
    return await run((request) => sendTo(service, request, signal));
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw asProbeError(service, asProviderError(service, error));
  }
}

/** Asked whether it is there at all, a service that answers something else is at another address. */
export function asProbeError(service: Service, error: ProviderError): ProviderError {
  if (error.fault !== "malformed") return error;
  return new ProviderError(
    service.id,
    "misconfigured",
    `something else answers at that address; check ${service.variables}_URL`,
  );
}

/** The body as JSON. Throws ProviderError "malformed". */
export function parseJson(service: Service, response: OutboundResponse): unknown {
  try {
    return JSON.parse(response.bytes.toString("utf8"));
  } catch {
    throw new ProviderError(service.id, "malformed", "the reply is not JSON");
  }
}

async function sendTo(
  service: Service,
  request: Parameters<Send>[0],
  signal: AbortSignal,
  onStatus?: (status: number) => void,
): Promise<OutboundResponse> {
  const hasBody = request.body !== undefined;
  const url =
    typeof request.url === "string"
      ? new URL(`${service.baseUrl.href.replace(/\/$/, "")}${request.url}`)
      : request.url;
  const outbound: OutboundRequest = {
    url,
    method: request.method ?? (hasBody ? "POST" : "GET"),
    headers: {
      ...(hasBody ? { "content-type": "application/json" } : {}),
      // Credentials go to the configured origin only.
      ...(url.origin === service.baseUrl.origin ? service.headers : {}),
      ...request.headers,
    },
    timeoutMs: service.timeoutMs,
    maxBytes: request.maxBytes,
    signal,
  };
  if (hasBody) {
    outbound.body = typeof request.body === "string" ? request.body : JSON.stringify(request.body);
  }
  if (onStatus) outbound.onStatus = onStatus;
  const response = await service.http.send(outbound);
  if (response.status < 200 || response.status > 299) throw errorOfStatus(service, response, Date.now());
  return response;
}

function asProviderError(service: Service, error: unknown): ProviderError {
  if (error instanceof ProviderError) return error;
  if (error instanceof OutboundError) {
    const hint =
      error.failure === "private_address"
        ? `; name it in OUTBOUND_PRIVATE_HOSTS if that is right`
        : error.failure === "unknown_host"
          ? `; check ${service.variables}_URL`
          : "";
    return new ProviderError(service.id, faultOf(error.failure), `${error.message}${hint}`);
  }
  // A client library could not read the reply. Its message may quote it, so it is not kept.
  return new ProviderError(service.id, "malformed", "the reply is not what the protocol promises");
}

function costMicros(prices: Prices, billed: boolean, outcome: Partial<Outcome<unknown>>): number | null {
  const { perCall, perMillionInputTokens, perMillionOutputTokens } = prices;
  if (perCall === null && perMillionInputTokens === null && perMillionOutputTokens === null) return null;
  if (!billed) return 0;
  // A price per million tokens is millionths of the currency per token.
  return Math.round(
    (perCall ?? 0) * 1_000_000 +
      (perMillionInputTokens ?? 0) * (outcome.inputTokens ?? 0) +
      (perMillionOutputTokens ?? 0) * (outcome.outputTokens ?? 0),
  );
}
