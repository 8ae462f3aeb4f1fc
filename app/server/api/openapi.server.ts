import { z } from "zod";
import { softwareVersion } from "../../../exporters/index.ts";
import { RequestError } from "../../domain/errors.ts";
import { API_BASE_PATH } from "./dispatch.server.ts";
import { type Endpoint, segmentsOf, takesIdempotencyKey } from "./endpoint.server.ts";
import { createJsonSchemas, type Direction, type Json } from "./json-schemas.server.ts";

type SchemaOf = (schema: z.ZodType, io: Direction) => Json;

const DESCRIPTION =
  "The same operations as the pages of Turnwise, for programs. Times are UTC milliseconds. Every refusal is a problem document (RFC 9457) with a stable `code`. Lists are paged by an opaque cursor.";

const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string().meta({ description: "Stable, for programs." }),
    detail: z.string(),
    errors: z
      .array(z.object({ field: z.string(), message: z.string() }))
      .optional()
      .meta({ description: "What is wrong where." }),
    details: z
      .record(z.string(), z.unknown())
      .optional()
      .meta({ description: "What belongs to the code, e.g. until when." }),
  })
  .meta({ id: "Problem" });

/** The OpenAPI 3.1 document of a list of endpoints. */
export function openApiDocument(endpoints: readonly Endpoint[], baseUrl: string): Json {
  const { of: schemaOf, components: schemas } = createJsonSchemas([
    ...endpoints.flatMap(({ body, response }) => [
      ...(body ? [{ schema: body, io: "input" as const }] : []),
      ...(response.schema ? [{ schema: response.schema, io: "output" as const }] : []),
    ]),
    { schema: problem, io: "output" },
  ]);
  const paths: Record<string, Json> = {};
  for (const one of endpoints) {
    const item = paths[one.path] ?? {};
    item[one.method.toLowerCase()] = operation(one, schemaOf);
    paths[one.path] = item;
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Turnwise",
      version: softwareVersion(),
      description: DESCRIPTION,
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: `${baseUrl}${API_BASE_PATH}` }],
    tags: [...new Set(endpoints.map((one) => one.tag))].map((name) => ({ name })),
    security: [{ apiKey: [] }],
    paths,
    components: {
      securitySchemes: {
        apiKey: { type: "http", scheme: "bearer", description: "An API key: `Authorization: Bearer twk_…`." },
      },
      schemas,
      responses: {
        Problem: {
          description: "Refused; nothing was changed.",
          content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
        },
      },
    },
  };
}

function operation(one: Endpoint, schemaOf: SchemaOf): Json {
  const parameters: Json[] = segmentsOf(one.path)
    .filter((segment) => segment.startsWith("{"))
    .map((segment) => ({
      name: segment.slice(1, -1),
      in: "path",
      required: true,
      schema: { type: "string" },
    }));
  for (const [name, schema] of Object.entries(one.query?.shape ?? {})) {
    const { description, ...rest } = schemaOf(schema as z.ZodType, "input");
    parameters.push({
      name,
      in: "query",
      required: false,
      schema: rest,
      ...(description === undefined ? {} : { description }),
    });
  }
  if (takesIdempotencyKey(one)) {
    parameters.push({
      name: "Idempotency-Key",
      in: "header",
      required: false,
      description: "The same key with the same body has one effect and one reply.",
      schema: { type: "string", minLength: 1, maxLength: 255 },
    });
  }
  return {
    operationId: one.operationId,
    tags: [one.tag],
    summary: one.summary,
    description: [
      one.description,
      one.scope === null ? "Any valid key will do." : `Needs the scope \`${one.scope}\`.`,
    ]
      .filter((text) => text !== undefined)
      .join("\n\n"),
    parameters,
    ...(one.body
      ? {
          requestBody: {
            required: true,
            content: {
              "application/json": {
                schema: schemaOf(one.body, "input"),
                ...(one.example === undefined ? {} : { example: one.example }),
              },
            },
          },
        }
      : {}),
    responses: { [one.response.status]: success(one, schemaOf), ...refusals(one) },
  };
}

function success(one: Endpoint, schemaOf: SchemaOf): Json {
  const { status, schema, media } = one.response;
  const content = schema
    ? { "application/json": { schema: schemaOf(schema, "output") } }
    : media
      ? { [media]: { schema: {} } }
      : null;
  const located = status === 201 || status === 202;
  return {
    description: { 200: "Done.", 201: "Made.", 202: "Started.", 204: "Done; there is nothing to read." }[
      status
    ],
    ...(located
      ? { headers: { Location: { description: "Its address.", schema: { type: "string" } } } }
      : {}),
    ...(content ? { content } : {}),
  };
}

/** Every endpoint can refuse in these ways. */
function refusals(one: Endpoint): Json {
  const statuses = new Set([400, 401, 403, 422, 429]);
  if (one.path.includes("{")) statuses.add(404);
  if (one.body) for (const status of [413, 415]) statuses.add(status);
  if (takesIdempotencyKey(one)) statuses.add(409);
  for (const code of one.errors ?? []) statuses.add(new RequestError(code, "").status);
  const refused = { $ref: "#/components/responses/Problem" };
  return Object.fromEntries([...statuses].sort((a, b) => a - b).map((status) => [status, refused]));
}
