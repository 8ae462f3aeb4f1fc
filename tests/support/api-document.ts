/** Checks replies against the published OpenAPI document, and remembers which operations were seen to succeed. */
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { expect } from "vitest";
import { endpoints } from "../../app/routes/api/v1/endpoints/index.server.ts";
import { matchEndpoint } from "../../app/server/api/endpoint.server.ts";
import { openApiDocument } from "../../app/server/api/openapi.server.ts";
import { API_URL, type ApiClient, type ApiReply } from "./api.ts";

// biome-ignore lint/suspicious/noExplicitAny: the document is looked into freely
const document = openApiDocument(endpoints, API_URL) as any;
const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });

export interface CheckedApi {
  call: ApiClient;
  /** Operations that answered with their documented success. */
  succeeded: Set<string>;
}

/** The same client, failing the test when a reply is not what the document says. */
export function checkedApi(call: ApiClient, succeeded = new Set<string>()): CheckedApi {
  return {
    succeeded,
    async call(method, path, options) {
      const reply = await call(method, path, options);
      const match = matchEndpoint(endpoints, method, path.split("?")[0] ?? "");
      if (match.kind !== "found") return reply;
      const { endpoint } = match;
      const documented = document.paths[endpoint.path][method.toLowerCase()].responses[reply.status];
      expect(documented, `${method} ${path} answered ${reply.status}, which is not documented`).toBeDefined();
      checkBody(reply, documented);
      if (reply.status === endpoint.response.status) succeeded.add(endpoint.operationId);
      return reply;
    },
  };
}

interface Documented {
  $ref?: string;
  content?: { "application/json"?: { schema: object } };
}

function checkBody(reply: ApiReply, documented: Documented): void {
  const type = reply.headers.get("content-type") ?? "";
  const json = documented.content?.["application/json"];
  if (documented.$ref) {
    expect(type).toBe("application/problem+json");
    check(reply.body, { $ref: "#/components/schemas/Problem" });
  } else if (json) {
    expect(type).toBe("application/json");
    check(reply.body, json.schema);
  }
}

const validators = new Map<string, ValidateFunction>();

function check(body: unknown, schema: object): void {
  const key = JSON.stringify(schema);
  // The schemas refer to the document's components, so those stand beside each.
  const validate = validators.get(key) ?? ajv.compile({ ...schema, components: document.components });
  validators.set(key, validate);
  expect(validate(body), `${ajv.errorsText(validate.errors)}\n${key}\n${JSON.stringify(body)}`).toBe(true);
}
