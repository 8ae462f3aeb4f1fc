/** The API without a network: requests go straight to its handler. */

import type { Actor } from "../../app/domain/actor.ts";
import { type ApiScope, scopesOf } from "../../app/domain/api-scopes.ts";
import { endpoints } from "../../app/routes/api/v1/endpoints/index.server.ts";
import { createApi } from "../../app/server/api/dispatch.server.ts";
import { createApiKey } from "../../app/services/api-key/create-api-key.server.ts";
import type { ServiceContext } from "../../app/services/context.ts";
import { newSubmission } from "./session.ts";

export const API_URL = "https://turnwise.test";

export interface ApiReply {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into replies of every shape
  body: any;
}

export type ApiClient = (
  method: string,
  path: string,
  options?: { body?: unknown; headers?: Record<string, string>; key?: string | null; raw?: string },
) => Promise<ApiReply>;

/** A client that sends `key` unless told otherwise. */
export function apiClient(
  ctx: ServiceContext,
  key: string | null,
  options: { requestsPerMinute?: number; address?: string } = {},
): ApiClient {
  const { requestsPerMinute = 100_000, address = "192.0.2.1" } = options;
  const handle = createApi({ endpoints, baseUrl: API_URL, requestsPerMinute });
  return async (method, path, { body, headers = {}, key: other, raw } = {}) => {
    const bearer = other === undefined ? key : other;
    const text = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const request = new Request(`${API_URL}/api/v1${path}`, {
      method,
      headers: {
        ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
        ...(text === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(text === undefined ? {} : { body: text }),
    });
    const response = await handle(ctx, request, address);
    const answer = await response.text();
    const json = /^application\/(problem\+)?json$/.test(response.headers.get("content-type") ?? "");
    const whole = response.status !== 206;
    return {
      status: response.status,
      headers: response.headers,
      body: json && whole && answer !== "" ? JSON.parse(answer) : answer,
    };
  };
}

/** A fresh key of a person; all scopes of the role unless told otherwise. */
export async function makeKey(
  ctx: ServiceContext,
  actor: Actor,
  scopes: readonly ApiScope[] = scopesOf(actor.role),
): Promise<{ key: string; keyId: string }> {
  const made = await createApiKey(ctx, actor, {
    name: "Test",
    scopes: [...scopes],
    days: 30,
    submissionId: newSubmission(),
  });
  if (made.key === null) throw new Error("a fresh key was not shown");
  return { key: made.key, keyId: made.keyId };
}
