import sharp from "sharp";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { ProviderError, type ProviderFault } from "../../../app/domain/provider-call.ts";
import type { T2iModel } from "../../../app/t2i/port.ts";
import { createT2iModels } from "../../../app/t2i/registry.ts";
import { everythingIn, providersFrom, recorder, secretsOf } from "../../support/providers/adapters.ts";
import {
  type FaultKind,
  type FaultSpec,
  modelEnv,
  type ScriptedServer,
  startGemini,
  startOpenAiImages,
  startSdWebUi,
} from "../../support/providers/index.ts";

const request = { prompt: "a lighthouse in a storm", seed: 1234, sizePx: 256 };
const signal = () => AbortSignal.timeout(20_000);

async function expectPicture(model: T2iModel): Promise<void> {
  const image = await model.render(request, signal());
  const { format, width, height } = await sharp(image.bytes).metadata();
  expect([`image/${format}`, width, height]).toEqual([image.mimeType, image.widthPx, image.heightPx]);
  await sharp(image.bytes, { failOn: "truncated" }).stats();
}

describe.each([...createT2iModels().values()])("the embedded model $id", (model) => {
  test("gives one whole picture of the asked size", async () => {
    await expectPicture(model);
    expect(await model.render(request, signal())).toMatchObject({ widthPx: 256, heightPx: 256 });
  });
  test("does nothing for a caller who has left", async () => {
    await expect(model.render(request, AbortSignal.abort(new Error("left")))).rejects.toThrow("left");
  });
});

interface Case {
  name: string;
  kind: string;
  start: () => Promise<ScriptedServer>;
  env?: Record<string, string>;
  /** Part of what is recorded with an image. */
  records: Record<string, unknown>;
}
const CASES: Case[] = [
  {
    name: "openai-images, base64",
    kind: "openai-images",
    start: startOpenAiImages,
    env: { STEPS: "8", GUIDANCE: "3.5" },
    records: { model: "scripted-model", seed: 1234, seedSent: true, steps: 8, guidance: 3.5, sizePx: 256 },
  },
  {
    name: "openai-images, by address",
    kind: "openai-images",
    start: startOpenAiImages,
    env: { RESPONSE_FORMAT: "url" },
    records: { model: "scripted-model", seed: 1234, sizePx: 256 },
  },
  {
    name: "sdwebui",
    kind: "sdwebui",
    start: startSdWebUi,
    env: { STEPS: "12", GUIDANCE: "6", SAMPLER: "DPM++ 2M", NEGATIVE_PROMPT: "blurry" },
    records: {
      model: "sd_xl_base_1.0 [31e35c80fc]",
      software: "v1.10.1",
      seed: 1234,
      steps: 12,
      guidance: 6,
      sampler: "DPM++ 2M",
      negativePrompt: "blurry",
      sizePx: 256,
    },
  },
  {
    name: "gemini-image",
    kind: "gemini-image",
    start: () => startGemini({ sizePx: 256 }),
    records: { model: "gemini-scripted-001", seed: 1234, aspectRatio: "1:1" },
  },
];

describe.each(CASES)("$name", ({ kind, start, env, records }) => {
  let server: ScriptedServer;
  let model: T2iModel;
  let check: (s: AbortSignal) => Promise<void>;
  beforeAll(async () => {
    server = await start();
    const variables = modelEnv(
      "pictures",
      server,
      { TIMEOUT_SECONDS: "1", PRICE_PER_CALL: "0.04", ...env },
      kind,
    );
    const { t2iModels, infos } = providersFrom(variables);
    model = t2iModels[0] as T2iModel;
    check = (s) => infos.get("pictures")?.check(s) as Promise<void>;
  });
  afterEach(() => server.reset());
  afterAll(() => server.close());

  test("gives one whole picture and records what was used", async () => {
    await expectPicture(model);
    server.reset();
    const { calls, report } = recorder();
    const image = await model.render(request, signal(), report);
    expect(image.parameters).toMatchObject({ ...records, widthPx: 256, heightPx: 256 });
    expect(server.calls).toHaveLength(1);
    expect(calls).toEqual([
      expect.objectContaining({
        provider: "pictures",
        fault: null,
        billed: true,
        costMicros: 40_000,
        parameters: image.parameters,
      }),
    ]);
    expect(JSON.stringify(server.calls[0]?.body)).toContain("1234");
  });

  const FAULTS: [FaultKind | FaultSpec, ProviderFault, number][] = [
    ["refused", "unreachable", 0],
    ["reset", "unreachable", 1],
    ["hang", "timeout", 0],
    ["slow_drip", "timeout", 1],
    ["rate_limited", "rate_limited", 0],
    ["server_error", "unavailable", 0],
    ["bad_json", "malformed", 1],
    ["wrong_count", "malformed", 1],
    ["not_an_image", "malformed", 1],
    ["truncated", "malformed", 1],
    ["bomb", "malformed", 1],
    ["gzip_bomb", "malformed", 1],
    ["oversize", "malformed", 1],
    ["unauthorized", "misconfigured", 0],
    ["not_found", "misconfigured", 0],
    ["redirect", "misconfigured", 0],
    ["bad_request", "rejected", 0],
  ];
  test.each(FAULTS)(
    "%s: fault %s, %i billed, no key and no address in what it says",
    async (kind, fault, billed) => {
      server.fail([kind]);
      const { calls, report } = recorder();
      const error = await model.render(request, signal(), report).catch((e: unknown) => e);
      expect(error).toBeInstanceOf(ProviderError);
      expect(error).toMatchObject({ provider: "pictures", fault });
      expect(server.calls).toHaveLength(1);
      expect(calls.map((call) => [call.fault, call.billed])).toEqual([[fault, billed === 1]]);
      expect(server.billed).toBe(billed);
      expect(calls[0]?.costMicros).toBe(billed * 40_000);
      const said = everythingIn([error, calls]);
      for (const secret of [...secretsOf(server), "lighthouse"]) expect(said).not.toContain(secret);
    },
  );

  test.skipIf(kind === "sdwebui")("says that a safety filter stopped it", async () => {
    server.fail(["blocked"]);
    await expect(model.render(request, signal())).rejects.toMatchObject({
      fault: "blocked",
      retryable: false,
    });
  });

  test("passes on how long the service asks to wait", async () => {
    server.fail([
      { kind: "server_error", retryAfterSeconds: 3 },
      { kind: "rate_limited", retryAfterSeconds: 3 },
    ]);
    await expect(model.render(request, signal())).rejects.toMatchObject({ fault: "unavailable" });
    await expect(model.render(request, signal())).rejects.toMatchObject({ retryAfterMs: 3000 });
  });

  test("ends at once when the caller gives up", async () => {
    server.fail(["hang"]);
    const gone = new AbortController();
    setTimeout(() => gone.abort(new Error("cancelled")), 50);
    await expect(model.render(request, gone.signal)).rejects.toThrow("cancelled");
    await expect.poll(() => server.calls[0]?.abandoned).toBe(true);
  });

  test("checks key and address without making a picture", async () => {
    await check(signal());
    server.fail(["unauthorized"], "check");
    await expect(check(signal())).rejects.toMatchObject({ fault: "misconfigured" });
    expect(server.calls).toEqual([]);
  });
});

describe("images by address", () => {
  let server: ScriptedServer;
  let other: ScriptedServer;
  let imageOrigin: string | undefined;
  const model = (more: Record<string, string> = {}) => {
    const env = modelEnv("pictures", server, { TIMEOUT_SECONDS: "1", RESPONSE_FORMAT: "url", ...more });
    return providersFrom(env).t2iModels[0] as T2iModel;
  };
  beforeAll(async () => {
    server = await startOpenAiImages({ imageOrigin: () => imageOrigin ?? new URL(server.url).origin });
    other = await startOpenAiImages();
  });
  afterEach(() => {
    imageOrigin = undefined;
    server.reset();
    other.reset();
  });
  afterAll(() => Promise.all([server.close(), other.close()]));

  test("are fetched from the service itself, and the key stays with it", async () => {
    await expectPicture(model());
    expect(server.seen.map((r) => r.class)).toEqual(["call", "download"]);
  });

  test("on another host are refused without a request, unless the operator listed the host", async () => {
    imageOrigin = new URL(other.url).origin;
    await expect(model().render(request, signal())).rejects.toMatchObject({
      fault: "misconfigured",
      message: expect.stringContaining("MODEL_PICTURES_IMAGE_HOSTS"),
    });
    expect(other.seen).toEqual([]);
    await model({ IMAGE_HOSTS: new URL(other.url).host })
      .render(request, signal())
      .catch(() => null);
    expect(other.seen.map((r) => r.class)).toEqual(["download"]);
    expect(other.seen[0]?.headers.authorization, "the key goes to its own service only").toBeUndefined();
  });

  test.each([
    "file:///etc/passwd",
    "http://169.254.169.254/latest/meta-data",
    "http://localhost:1/",
    "ftp://example.org/a.png",
    "not an address",
  ])("never lead to %s", async (origin) => {
    imageOrigin = origin;
    await expect(model().render(request, signal())).rejects.toMatchObject({ fault: "misconfigured" });
  });

  test.each([
    ["reset", "unreachable"],
    ["hang", "timeout"],
    ["slow_drip", "timeout"],
    ["server_error", "unavailable"],
    ["not_an_image", "malformed"],
    ["truncated", "malformed"],
    ["bomb", "malformed"],
    ["oversize", "malformed"],
    ["redirect", "misconfigured"],
  ] as const)("with %s on the way: %s, one billed call", async (kind, fault) => {
    server.fail([kind], "download");
    const { calls, report } = recorder();
    await expect(model().render(request, signal(), report)).rejects.toMatchObject({ fault });
    expect(calls.map((call) => [call.fault, call.billed])).toEqual([[fault, true]]);
    expect(server.billed).toBe(1);
  });
});

test("sdwebui: a prompt cannot load files into the web UI", async () => {
  const server = await startSdWebUi();
  const [model] = providersFrom(modelEnv("sdxl", server)).t2iModels;
  await model?.render({ ...request, prompt: "a cat <lora:../../secret:1> <hypernet:x:1>" }, signal());
  expect(server.calls[0]?.body).toMatchObject({ prompt: "a cat lora:../../secret:1 hypernet:x:1" });
  await server.close();
});
