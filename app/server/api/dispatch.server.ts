import { createHash } from "node:crypto";
import type { z } from "zod";
import { RequestError } from "../../domain/errors.ts";
import { authenticateApiKey } from "../../services/api-key/authenticate-api-key.server.ts";
import { recordApiRefusal } from "../../services/api-key/record-api-refusal.server.ts";
import type { ServiceContext } from "../../services/context.ts";
import {
  type ApiCall,
  type Endpoint,
  type Located,
  matchEndpoint,
  takesIdempotencyKey,
} from "./endpoint.server.ts";
import { problemOf, problemResponse } from "./problem.server.ts";
import { createRateLimit, type RateLimit } from "./rate-limit.server.ts";
import { readJson } from "./read-body.server.ts";

export const API_BASE_PATH = "/api/v1";

export interface ApiOptions {
  endpoints: readonly Endpoint[];
  baseUrl: string;
  /** Requests of one key. */
  requestsPerMinute: number;
}

/** Failed authorisations of one address. */
const REFUSALS_PER_MINUTE = 60;

export type ApiHandler = (ctx: ServiceContext, request: Request, address: string) => Promise<Response>;

/** Answers requests below /api/v1; never rejects. Who asks is told by the key alone, never by a cookie. */
export function createApi({ endpoints, baseUrl, requestsPerMinute }: ApiOptions): ApiHandler {
  const requests = createRateLimit(requestsPerMinute);
  const refusals = createRateLimit(REFUSALS_PER_MINUTE);
  return async (ctx, request, address) => {
    const url = new URL(request.url);
    try {
      const path = url.pathname.slice(API_BASE_PATH.length);
      const match = matchEndpoint(endpoints, request.method, path);
      if (match.kind === "none") {
        throw new RequestError("NOT_FOUND", "The API has no such address. See /api/docs.");
      }
      if (match.kind === "method") {
        const allow = match.allow.join(", ");
        const error = new RequestError("METHOD_NOT_ALLOWED", `This address answers ${allow} only.`);
        return problemResponse(error, { allow });
      }
      const { endpoint, params } = match;
      const caller = await authorise(ctx, request, { endpoint, address, refusals });
      const budget = requests.take(caller.keyId, ctx.now());
      if (budget.waitMs > 0) return tooMany(budget.waitMs);
      const response = await run(endpoint, {
        ctx,
        ...caller,
        params,
        query: readQuery(endpoint, url),
        body: endpoint.body ? check(endpoint.body, await readJson(request)) : undefined,
        submissionId: submissionIdOf(ctx, request, endpoint, caller.keyId),
        request,
        baseUrl,
      });
      response.headers.set("ratelimit-limit", String(requestsPerMinute));
      response.headers.set("ratelimit-remaining", String(budget.remaining));
      return response;
    } catch (error) {
      if (error instanceof TooMany) return tooMany(error.waitMs);
      const { status } = problemOf(error);
      if (status >= 500) ctx.log.error({ err: error, path: url.pathname }, "an API request failed");
      const challenge = { "www-authenticate": 'Bearer realm="turnwise"' };
      return problemResponse(
        error,
        status === 401 ? challenge : status === 503 ? { "retry-after": "5" } : {},
      );
    }
  };
}

class TooMany extends Error {
  readonly waitMs: number;
  constructor(waitMs: number) {
    super("too many requests");
    this.waitMs = waitMs;
  }
}

function tooMany(waitMs: number): Response {
  const seconds = String(Math.max(1, Math.ceil(waitMs / 1000)));
  const error = new RequestError("TOO_MANY_REQUESTS", `Wait ${seconds} s before the next request.`);
  return problemResponse(error, { "retry-after": seconds });
}

async function authorise(
  ctx: ServiceContext,
  request: Request,
  { endpoint, address, refusals }: { endpoint: Endpoint; address: string; refusals: RateLimit },
): Promise<Pick<ApiCall<string, never, never>, "actor" | "keyId" | "scopes">> {
  const header = request.headers.get("authorization");
  const [, key] = /^bearer +(\S+)$/i.exec(header ?? "") ?? [];
  if (header === null || key === undefined) {
    throw new RequestError("API_KEY_NEEDED", "Send the header Authorization: Bearer twk_….");
  }
  const refuse = async (
    error: RequestError,
    why: { reason: string; keyId: string | null; ownerUserId: string | null },
  ) => {
    const { waitMs } = refusals.take(address, ctx.now());
    if (waitMs > 0) throw new TooMany(waitMs);
    await recordApiRefusal(ctx, { ...why, address, endpoint: `${endpoint.method} ${endpoint.path}` });
    throw error;
  };
  const found = await authenticateApiKey(ctx, key);
  if (found.kind === "refused") {
    // One answer for all reasons: who has no valid key learns nothing about keys.
    return refuse(
      new RequestError(
        "API_KEY_INVALID",
        "The key is unknown, revoked or expired, or its owner lost access.",
      ),
      found,
    );
  }
  const { actor, keyId, scopes } = found;
  if (endpoint.scope !== null && !scopes.includes(endpoint.scope)) {
    return refuse(new RequestError("SCOPE_MISSING", `This needs a key with the scope ${endpoint.scope}.`), {
      reason: `scope ${endpoint.scope}`,
      keyId,
      ownerUserId: actor.userId,
    });
  }
  return { actor, keyId, scopes };
}

async function run(endpoint: Endpoint, call: ApiCall<string, unknown, unknown>): Promise<Response> {
  const result = await endpoint.handle(call as ApiCall<string, never, never>);
  if (result instanceof Response) return result;
  const { status, schema } = endpoint.response;
  const headers = new Headers({ "cache-control": "private, no-cache" });
  if (schema === null) return new Response(null, { status, headers });
  const located = status === 201 || status === 202;
  if (located) headers.set("location", `${API_BASE_PATH}${(result as Located<unknown>).location}`);
  // Also a whitelist: what the schema does not name is never sent.
  const value = schema.parse(located ? (result as Located<unknown>).value : result);
  const text = `${JSON.stringify(value)}\n`;
  headers.set("content-type", "application/json");
  if (endpoint.method === "GET") {
    const etag = `"${createHash("sha256").update(text).digest("base64url").slice(0, 27)}"`;
    headers.set("etag", etag);
    const known = call.request.headers.get("if-none-match");
    if (known?.split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag)) {
      return new Response(null, { status: 304, headers });
    }
  }
  return new Response(call.request.method === "HEAD" ? null : text, { status, headers });
}

function readQuery(endpoint: Endpoint, url: URL): unknown {
  const given: Record<string, string> = {};
  for (const [name, value] of url.searchParams) {
    if (Object.hasOwn(given, name)) {
      throw new RequestError("INVALID_INPUT", "A parameter was given twice.", { [name]: "Give it once." });
    }
    given[name] = value;
  }
  if (endpoint.query) return check(endpoint.query, given);
  const [unknown] = Object.keys(given);
  if (unknown === undefined) return undefined;
  throw new RequestError("INVALID_INPUT", "There is no such parameter.", {
    [unknown]: "There is no such parameter.",
  });
}

function check(schema: z.ZodType, value: unknown): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) {
    const names = issue.code === "unrecognized_keys" ? issue.keys : [null];
    for (const name of names) {
      const path = [...issue.path, ...(name === null ? [] : [name])].join(".");
      fields[path] ??= name === null ? issue.message : "There is no such field.";
    }
  }
  const n = Object.keys(fields).length;
  throw new RequestError(
    "INVALID_INPUT",
    n === 1 ? "One value is not valid." : `${n} values are not valid.`,
    fields,
  );
}

const IDEMPOTENCY_KEY_MAX = 255;

/**
 * The Idempotency-Key as a submission id of this API key alone: whatever its characters, and apart from the ids of forms.
 */
function submissionIdOf(ctx: ServiceContext, request: Request, endpoint: Endpoint, keyId: string): string {
  const given = request.headers.get("idempotency-key");
  if (given === null || !takesIdempotencyKey(endpoint)) return ctx.newId("sub");
  if (given === "" || given.length > IDEMPOTENCY_KEY_MAX) {
    const message = `Use 1 to ${IDEMPOTENCY_KEY_MAX} characters.`;
    throw new RequestError("BAD_REQUEST", `Idempotency-Key: ${message}`, { "Idempotency-Key": message });
  }
  return `api_${createHash("sha256")
    .update(JSON.stringify([keyId, given]))
    .digest("base64url")}`;
}
