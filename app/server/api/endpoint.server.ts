import type { z } from "zod";
import type { Actor } from "../../domain/actor.ts";
import type { ApiScope } from "../../domain/api-scopes.ts";
import type { RequestErrorCode } from "../../domain/errors.ts";
import type { ServiceContext } from "../../services/context.ts";

export const API_METHODS = ["GET", "POST", "PATCH", "DELETE"] as const;
export type ApiMethod = (typeof API_METHODS)[number];

/** Names in braces: "/studies/{studyId}" → { studyId: string }. */
export type PathParams<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? { [K in Name]: string } & PathParams<Rest>
  : unknown;

export interface ApiCall<Path extends string, Query, Body> {
  ctx: ServiceContext;
  actor: Actor;
  keyId: string;
  scopes: ApiScope[];
  params: PathParams<Path>;
  query: Query;
  body: Body;
  /** From the Idempotency-Key, or fresh. */
  submissionId: string;
  request: Request;
  /** Public address of this installation, without a slash at its end. */
  baseUrl: string;
}

/** A resource that was just made: its own address goes into `Location`. */
export interface Located<Value> {
  value: Value;
  /** Below /api/v1. */
  location: string;
}

interface Described {
  method: ApiMethod;
  /** Below /api/v1, with parameters in braces. */
  path: string;
  operationId: string;
  tag: string;
  summary: string;
  description?: string;
  /** Null: any valid key will do. */
  scope: ApiScope | null;
  /** Refusals that a client should expect beyond those that every endpoint has. */
  errors?: RequestErrorCode[];
  /** Example body for the documentation. */
  example?: unknown;
}

/** One operation of the API. Routing, validation and the OpenAPI document are all made from it. */
export interface Endpoint extends Described {
  query: z.ZodObject | null;
  body: z.ZodType | null;
  /** `schema` null = no content, or (with `media`) bytes. */
  response: { status: 200 | 201 | 202 | 204; schema: z.ZodType | null; media?: string };
  /** Erased: `endpoint` made sure that the types fit. */
  handle(call: ApiCall<string, never, never>): Promise<unknown>;
}

type Output<S> = S extends z.ZodType ? z.output<S> : undefined;

/**
 * Declares one operation, checking that the handler fits the schemas. What the handler returns is reduced to what the
 * response schema names. A 201 or 202 is returned with its location.
 */
export function endpoint<
  const Path extends string,
  Query extends z.ZodObject | undefined,
  Body extends z.ZodType | undefined,
  Status extends 200 | 201 | 202 | 204,
  Result extends z.ZodType | undefined,
>(
  declared: Omit<Described, "path"> & {
    path: Path;
    query?: Query;
    body?: Body;
    status: Status;
    response?: Result;
    /** Of a response that is not JSON; the handler then returns a Response. */
    media?: string;
    handle(
      call: ApiCall<Path, Output<Query>, Output<Body>>,
    ): Promise<
      Result extends z.ZodType
        ? Status extends 201 | 202
          ? Located<z.input<Result>>
          : z.input<Result>
        : Response | undefined
    >;
  },
): Endpoint {
  const { query, body, status, response, media, handle, ...described } = declared;
  return {
    ...described,
    query: query ?? null,
    body: body ?? null,
    response: { status, schema: response ?? null, ...(media === undefined ? {} : { media }) },
    handle: handle as Endpoint["handle"],
  };
}

/** Writes can be repeated safely with an Idempotency-Key. */
export function takesIdempotencyKey({ method }: Pick<Endpoint, "method">): boolean {
  return method !== "GET";
}

/** An endpoint's path as a list of segments; a parameter is its name in braces. */
export function segmentsOf(path: string): string[] {
  return path.split("/").filter((segment) => segment !== "");
}

export type PathMatch =
  | { kind: "found"; endpoint: Endpoint; params: Record<string, string> }
  | { kind: "method"; allow: ApiMethod[] }
  | { kind: "none" };

/** The endpoint for a method and a path below /api/v1. HEAD is answered as GET. */
export function matchEndpoint(endpoints: readonly Endpoint[], method: string, path: string): PathMatch {
  const asked = segmentsOf(path);
  const allow = new Set<ApiMethod>();
  for (const one of endpoints) {
    const params = matchPath(segmentsOf(one.path), asked);
    if (!params) continue;
    if (one.method === (method === "HEAD" ? "GET" : method)) return { kind: "found", endpoint: one, params };
    allow.add(one.method);
  }
  return allow.size > 0 ? { kind: "method", allow: [...allow] } : { kind: "none" };
}

function matchPath(pattern: string[], asked: string[]): Record<string, string> | null {
  if (pattern.length !== asked.length) return null;
  const params: Record<string, string> = {};
  for (const [i, segment] of pattern.entries()) {
    const value = asked[i] ?? "";
    if (segment.startsWith("{")) {
      const decoded = decode(value);
      if (decoded === null) return null;
      params[segment.slice(1, -1)] = decoded;
    } else if (segment !== value) return null;
  }
  return params;
}

function decode(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}
