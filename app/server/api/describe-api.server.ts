import { API_SCOPE_TEXTS, API_SCOPES } from "../../domain/api-scopes.ts";
import { RequestError, type RequestErrorCode } from "../../domain/errors.ts";
import { API_BASE_PATH } from "./dispatch.server.ts";
import { type Endpoint, segmentsOf } from "./endpoint.server.ts";
import { problemTitle } from "./problem.server.ts";

/** What the documentation page shows of one operation. */
export interface OperationText {
  operationId: string;
  method: string;
  path: string;
  summary: string;
  description: string | null;
  scope: string | null;
  query: { name: string; description: string }[];
  curl: string;
  status: number;
  errors: string[];
}

export interface ApiText {
  baseUrl: string;
  groups: { tag: string; operations: OperationText[] }[];
  scopes: { scope: string; text: string }[];
  errors: { code: string; status: number; title: string }[];
}

/** Codes that clients meet often. */
const COMMON_ERRORS: RequestErrorCode[] = [
  "BAD_REQUEST",
  "API_KEY_NEEDED",
  "API_KEY_INVALID",
  "SCOPE_MISSING",
  "FORBIDDEN",
  "NOT_FOUND",
  "METHOD_NOT_ALLOWED",
  "SUBMISSION_ID_REUSED",
  "BODY_TOO_LARGE",
  "UNSUPPORTED_MEDIA_TYPE",
  "INVALID_INPUT",
  "TOO_MANY_REQUESTS",
  "STORAGE_UNAVAILABLE",
];

/** The endpoints in words, grouped as they are declared. */
export function describeApi(endpoints: readonly Endpoint[], baseUrl: string): ApiText {
  const tags = [...new Set(endpoints.map((one) => one.tag))];
  const codes = [...new Set([...COMMON_ERRORS, ...endpoints.flatMap((one) => one.errors ?? [])])];
  return {
    baseUrl: baseUrl + API_BASE_PATH,
    groups: tags.map((tag) => ({
      tag,
      operations: endpoints.filter((one) => one.tag === tag).map((one) => describe(one, baseUrl)),
    })),
    scopes: API_SCOPES.map((scope) => ({ scope, text: API_SCOPE_TEXTS[scope] })),
    errors: codes.map((code) => ({
      code,
      status: new RequestError(code, "").status,
      title: problemTitle(code),
    })),
  };
}

function describe(one: Endpoint, baseUrl: string): OperationText {
  return {
    operationId: one.operationId,
    method: one.method,
    path: one.path,
    summary: one.summary,
    description: one.description ?? null,
    scope: one.scope,
    query: Object.entries(one.query?.shape ?? {}).map(([name, schema]) => ({
      name,
      description: ((schema as { description?: string }).description ?? "").replaceAll("`", ""),
    })),
    curl: curlOf(one, baseUrl),
    status: one.response.status,
    errors: one.errors ?? [],
  };
}

/** A command that works once the names in capitals are replaced. */
function curlOf(one: Endpoint, baseUrl: string): string {
  const path = segmentsOf(one.path)
    .map((segment) =>
      segment.startsWith("{")
        ? segment
            .slice(1, -1)
            .replace(/([A-Z])/g, "_$1")
            .toUpperCase()
        : segment,
    )
    .join("/");
  const lines = [`curl ${one.method === "GET" ? "" : `-X ${one.method} `}${baseUrl}${API_BASE_PATH}/${path}`];
  lines.push('-H "Authorization: Bearer $TURNWISE_KEY"');
  if (one.method !== "GET") lines.push('-H "Idempotency-Key: $(uuidgen)"');
  if (one.body) {
    lines.push('-H "Content-Type: application/json"');
    lines.push(`-d '${JSON.stringify(one.example ?? {}).replaceAll("'", "'\\''")}'`);
  }
  if (one.response.media) lines.push("--continue-at - --remote-name");
  return lines.join(" \\\n  ");
}
