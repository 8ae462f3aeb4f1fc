import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkProviders } from "../../../app/server/providers.server.ts";
import { StartupError } from "../../../db/errors.ts";
import { providersFrom, secretsOf } from "../../support/providers/adapters.ts";
import {
  modelEnv,
  type ScriptedServer,
  startGemini,
  startHttpValue,
  startOpenAiChat,
  startOpenAiImages,
  startSdWebUi,
} from "../../support/providers/index.ts";

/** What the log was told, as the operator reads it. */
function logOf() {
  const lines: string[] = [];
  const take = (_: object, message: string) => void lines.push(message);
  return { lines, log: { info: take, warn: take, error: take } };
}

const SERVICES: [string, () => Promise<ScriptedServer>, Record<string, string>][] = [
  ["gemini", startGemini, {}],
  ["openai-compatible", startOpenAiChat, {}],
  ["http-value", startHttpValue, {}],
  ["openai-images", startOpenAiImages, {}],
  ["sdwebui", startSdWebUi, { MODEL: "sd_xl_base_1.0" }],
  ["gemini-image", startGemini, {}],
];

describe.each(SERVICES)("at the start, a model of kind %s", (kind, start, more) => {
  let server: ScriptedServer;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server.close());
  const startWith = async (change: Record<string, string> = {}) => {
    const { lines, log } = logOf();
    const env = { ...modelEnv("one", server, more, kind), ...change };
    const error = await checkProviders(providersFrom(env).infos, log).catch((e: unknown) => e);
    return { error, lines, env };
  };

  test("that is right starts without a word and without an image or answer that costs", async () => {
    expect(await startWith()).toMatchObject({ error: undefined, lines: [] });
    if (kind !== "http-value") expect(server.billed).toBe(0);
  });

  test("with a wrong key is one clear line that names the variable and not the key", async () => {
    const key = kind === "sdwebui" ? "user:wrong-password-9876" : "wrong-key-987654321";
    const { error, lines } = await startWith({ MODEL_ONE_KEY: key });
    expect(error).toBeInstanceOf(StartupError);
    const { message } = error as Error;
    expect(message).toMatch(/^Model one: .*MODEL_ONE_KEY.*\.$/);
    for (const secret of [key, ...secretsOf(server)]) expect(message).not.toContain(secret);
    expect(lines).toEqual([]);
  });

  test("at a wrong path is one clear line that names the variable", async () => {
    const { error } = await startWith({ MODEL_ONE_URL: `${server.url}/wrong` });
    expect((error as Error).message).toMatch(/^Model one: .*MODEL_ONE_URL.*\.$/);
  });

  test("where something else answers is one clear line that names the variable", async () => {
    server.fail(["bad_json"], kind === "http-value" ? "call" : "check");
    const { error } = await startWith();
    expect((error as Error).message).toBe(
      "Model one: something else answers at that address; check MODEL_ONE_URL.",
    );
  });

  test("that is down is one warning, and the rest of the study works on", async () => {
    await server.goOffline();
    const { error, lines } = await startWith();
    await server.goOnline();
    expect(error).toBeUndefined();
    expect(lines).toEqual([
      "model one: the connection was refused (ECONNREFUSED); it will be tried again when it is needed",
    ]);
  });
});

test.each([
  ["openai-compatible", startOpenAiChat],
  ["openai-images", startOpenAiImages],
  ["sdwebui", startSdWebUi],
] as const)("a model that %s does not have is one clear line", async (kind, start) => {
  const server = await start();
  const { infos } = providersFrom({ ...modelEnv("one", server, {}, kind), MODEL_ONE_MODEL: "no-such-model" });
  await expect(checkProviders(infos, logOf().log)).rejects.toThrow(/MODEL_ONE_MODEL/);
  await server.close();
});
