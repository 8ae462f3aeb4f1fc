import { z } from "zod";
import { API_SCOPES } from "../../../../domain/api-scopes.ts";
import { ROLES } from "../../../../domain/roles.ts";
import { endpoint } from "../../../../server/api/endpoint.server.ts";

export const keyEndpoints = [
  endpoint({
    method: "GET",
    path: "/key",
    operationId: "getKey",
    tag: "Key",
    summary: "Read what the key in use may do",
    scope: null,
    status: 200,
    response: z
      .object({
        keyId: z.string(),
        role: z.enum(ROLES).meta({ description: "Of the key's owner, now." }),
        scopes: z.array(z.enum(API_SCOPES)),
      })
      .meta({ id: "Key" }),
    handle: async ({ keyId, actor, scopes }) => ({ keyId, role: actor.role, scopes }),
  }),
];
