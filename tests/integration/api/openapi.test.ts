import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { endpoints } from "../../../app/routes/api/v1/endpoints/index.server.ts";
import { openApiDocument } from "../../../app/server/api/openapi.server.ts";
import { API_URL } from "../../support/api.ts";

/**
 * The published schema of OpenAPI 3.1 documents (2022-10-07), from the OpenAPI Initiative, Apache-2.0. Ajv resolves its
 * dynamic references wrongly; by itself, without a dialect on top, the plain reference means the same.
 */
const published = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../support/openapi-3.1-schema.json"), "utf8").replaceAll(
    '"$dynamicRef": "#meta"',
    '"$ref": "#/$defs/schema"',
  ),
) as object;
// biome-ignore lint/suspicious/noExplicitAny: the document is looked into freely
const document = openApiDocument(endpoints, API_URL) as any;

const ajv = () => new Ajv2020({ strict: false, allErrors: true, validateFormats: false });

describe("the OpenAPI document", () => {
  it("is valid by the published schema of OpenAPI 3.1", () => {
    const validate = ajv().compile(published);
    expect(validate(document), JSON.stringify(validate.errors, null, 1)).toBe(true);
    expect(validate({ ...document, paths: { studies: {} } }), "a broken document").toBe(false);
    expect(validate({ ...document, openapi: "3.0.0" }), "another version").toBe(false);
  });

  it("holds JSON Schemas that are valid by their own meta-schema, and no reference that leads nowhere", () => {
    const checker = ajv();
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      expect(checker.validateSchema(schema as object), `${name}: ${checker.errorsText()}`).toBe(true);
    }
    const refs = JSON.stringify(document).match(/"#\/components\/[^"]+"/g) ?? [];
    expect(refs.length).toBeGreaterThan(20);
    for (const ref of refs) {
      const target = ref
        .slice(3, -1)
        .split("/")
        .reduce((at, part) => at?.[part], document);
      expect(target, ref).toBeDefined();
    }
  });

  it("names every endpoint once, with its scope, and nothing else", () => {
    const listed = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item as Record<string, { operationId: string; description: string }>).map(
        ([method, operation]) => ({ method: method.toUpperCase(), path, ...operation }),
      ),
    );
    expect(listed.map((one) => `${one.method} ${one.path}`).sort()).toEqual(
      endpoints.map((one) => `${one.method} ${one.path}`).sort(),
    );
    expect(new Set(listed.map((one) => one.operationId)).size).toBe(endpoints.length);
    for (const one of endpoints) {
      const text = listed.find((l) => l.operationId === one.operationId)?.description ?? "";
      expect(text).toContain(one.scope ?? "Any valid key");
    }
  });

  it("asks for less than it gives: settings may be left out when sent, and are all there when read", () => {
    const { StudySettings, StudySettingsInput } = document.components.schemas;
    expect(StudySettingsInput.required).toEqual(["arms"]);
    expect(StudySettings.required.length).toBeGreaterThan(20);
  });
});
