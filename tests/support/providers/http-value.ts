import { seedFrom } from "../../../app/domain/random.ts";
import type { Protocol } from "./server.ts";

interface ValueRequest {
  candidates: { index: number; prompt: string }[];
}

/** A value model server: docs/real-models.md has the schema. Values depend on the prompt alone. */
export function httpValueProtocol(): Protocol {
  return {
    name: "http-value",
    basePath: "/value",
    classify: (method, path) => (method === "POST" && path === "/value" ? "call" : null),
    isAuthorised: (request, key) => request.headers.authorization === `Bearer ${key}`,
    givesImage: () => false,
    error: (status, fault) => ({ status, body: { detail: `scripted ${fault ?? status}` } }),
    async answer(request, fault) {
      const { candidates } = request.body as ValueRequest;
      const values: unknown[] = candidates.map(({ prompt }) => scriptedValue(prompt));
      if (fault === "wrong_count") values.pop();
      if (fault === "not_an_image") values[0] = "high";
      if (fault === "blocked") values[0] = null;
      const body = JSON.stringify({ values, model: "scripted-value", version: "7" });
      return {
        headers: { "content-type": "application/json" },
        body: fault === "truncated" ? body.slice(0, body.length >> 1) : body,
      };
    },
  };
}

/** What the scripted server thinks of a prompt, in [0, 1). */
export function scriptedValue(prompt: string): number {
  return (seedFrom("value", prompt) % 1000) / 1000;
}
