import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readModels } from "../../../app/server/models-env.server.ts";
import { createProviders } from "../../../app/server/providers.server.ts";
import { StartupError } from "../../../db/errors.ts";
import { makeTempDir } from "../../support/temp.ts";

const KEY = "sk-very-secret-key-0123456789";
const GEMINI = { MODEL_G_KIND: "gemini", MODEL_G_KEY: KEY, MODEL_G_MODEL: "gemini-flash" };
const SD = { MODEL_SDXL_KIND: "sdwebui", MODEL_SDXL_URL: "http://127.0.0.1:7860" };

function problem(env: Record<string, string>): string {
  try {
    readModels(env);
  } catch (error) {
    expect(error).toBeInstanceOf(StartupError);
    return (error as Error).message;
  }
  throw new Error("the configuration was accepted");
}

describe("models from the environment", () => {
  test("without any variable there are none", () => {
    const { models } = readModels({ PATH: "/bin", MODEL_PATH: "/models", MODEL_ZOO_DIR: "/zoo" });
    expect(models).toEqual([]);
  });

  test("any number of models of any kind, each under the id made of its name", () => {
    const { models } = readModels({
      ...GEMINI,
      ...SD,
      MODEL_TUNED_V2_KIND: "openai-compatible",
      MODEL_TUNED_V2_URL: "https://gpu.example.org/v1/",
      MODEL_TUNED_V2_MODEL: "agent-v2",
      MODEL_TUNED_KIND: "openai-compatible",
      MODEL_TUNED_URL: "https://gpu.example.org/v1",
      MODEL_TUNED_MODEL: "agent-v1",
      MODEL_TUNED_TEMPERATURE: "",
    });
    expect(models.map(({ id, kind, settings }) => [id, kind, settings.MODEL])).toEqual([
      ["g", "gemini", "gemini-flash"],
      ["sdxl", "sdwebui", undefined],
      ["tuned", "openai-compatible", "agent-v1"],
      ["tuned-v2", "openai-compatible", "agent-v2"],
    ]);
    const { generators, directSlates, t2iModels, infos } = createProviders({ ...readModels(GEMINI), models });
    expect(generators.map((g) => `${g.id}/${g.version}`)).toEqual([
      "g/gemini-flash+p1",
      "tuned/agent-v1+p1",
      "tuned-v2/agent-v2+p1",
    ]);
    expect(directSlates.map((d) => d.id)).toEqual(["g", "tuned", "tuned-v2"]);
    expect(t2iModels.map((m) => [m.id, m.concurrency, m.label])).toEqual([["sdxl", 1, "sdxl: sdwebui"]]);
    expect([...infos.values()].map((info) => [info.id, info.roles, info.requestsPerMinute])).toEqual([
      ["g", ["generator", "direct_slate"], null],
      ["sdxl", ["t2i"], null],
      ["tuned", ["generator", "direct_slate"], null],
      ["tuned-v2", ["generator", "direct_slate"], null],
    ]);
  });

  test("a key may lie in a file", () => {
    const file = join(makeTempDir("key"), "key");
    writeFileSync(file, `${KEY}\n`);
    const { MODEL_G_KEY: _, ...rest } = GEMINI;
    expect(readModels({ ...rest, MODEL_G_KEY_FILE: file }).models[0]?.settings.KEY).toBe(KEY);
    expect(problem({ ...GEMINI, MODEL_G_KEY_FILE: file })).toBe(
      "MODEL_G_KEY and MODEL_G_KEY_FILE are both set. Keep one.",
    );
    expect(problem({ ...rest, MODEL_G_KEY_FILE: `${file}x` })).toContain("cannot be read (ENOENT)");
  });

  test.each<[string, Record<string, string>, string]>([
    ["an unknown kind", { MODEL_G_KIND: "gemnii" }, "MODEL_G_KIND must be one of gemini, openai-compatible"],
    ["a missing kind", { MODEL_G_URL: "https://x.example" }, "MODEL_G_URL is set, but MODEL_G_KIND is not."],
    ["a missing key", { MODEL_G_KIND: "gemini", MODEL_G_MODEL: "m" }, "MODEL_G_KEY is missing."],
    ["a missing model", { MODEL_G_KIND: "gemini", MODEL_G_KEY: KEY }, "MODEL_G_MODEL is missing."],
    ["a missing address", { MODEL_S_KIND: "sdwebui" }, "MODEL_S_URL is missing."],
    [
      "a mistyped setting",
      { ...GEMINI, MODEL_G_TEMPRATURE: "1" },
      "MODEL_G_TEMPRATURE is no setting of gemini.",
    ],
    [
      "a setting of another kind",
      { ...GEMINI, MODEL_G_STEPS: "9" },
      "MODEL_G_STEPS is no setting of gemini.",
    ],
    ["no number", { ...SD, MODEL_SDXL_STEPS: "many" }, "MODEL_SDXL_STEPS must be a whole number, 1…500."],
    [
      "a number too large",
      { ...GEMINI, MODEL_G_TOP_P: "1.5" },
      "MODEL_G_TOP_P must be a number above 0, at most 1.",
    ],
    ["no address", { ...SD, MODEL_SDXL_URL: "gpu:7860" }, "MODEL_SDXL_URL must be an address such as"],
    ["a file address", { ...SD, MODEL_SDXL_URL: "file:///x" }, "MODEL_SDXL_URL must be an address such as"],
    [
      "a key in the address",
      { ...SD, MODEL_SDXL_URL: "http://u:p@gpu:1" },
      "MODEL_SDXL_URL must not hold a password",
    ],
    ["a query in the address", { ...SD, MODEL_SDXL_URL: "http://gpu:1/?k=v" }, "without ? and #"],
    ["a broken key", { ...GEMINI, MODEL_G_KEY: `${KEY}\n${KEY}` }, "MODEL_G_KEY has characters"],
    ["half a password", { ...SD, MODEL_SDXL_KEY: KEY }, "MODEL_SDXL_KEY must be user:password"],
    ["an embedded name", { MODEL_SKETCH_KIND: "sdwebui" }, "uses the name of the embedded “sketch”"],
    ["a senseless name", { MODEL_a__b_KIND: "sdwebui" }, "MODEL_a__b_KIND must have a name of capitals"],
    [
      "an unknown fallback",
      { MODEL_V_KIND: "http-value", MODEL_V_URL: "http://x.example", MODEL_V_FALLBACK: "best" },
      "MODEL_V_FALLBACK must be none, random or attribute-value.",
    ],
    ["no network", { OUTBOUND_PRIVATE_HOSTS: "10.0.0.0/99" }, "OUTBOUND_PRIVATE_HOSTS must list hosts"],
  ])("%s is one clear line without the key", (_, env, line) => {
    const message = problem(env);
    expect(message).toContain(line);
    expect(message).not.toContain("\n");
    expect(message).not.toContain(KEY);
  });
});
