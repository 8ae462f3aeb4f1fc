import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createLexiconGenerator } from "../../../app/agents/lexicon/index.ts";
import { type AgentInput, type Candidate, DIRECT_SLATE_CATEGORY } from "../../../app/agents/port.ts";
import { assertCandidates } from "../../../app/agents/validate-candidates.ts";
import { ProviderError, type ProviderFault, type ReportCall } from "../../../app/domain/provider-call.ts";
import { everythingIn, providersFrom, recorder, secretsOf } from "../../support/providers/adapters.ts";
import {
  chatTexts,
  type FaultKind,
  type FaultSpec,
  geminiTexts,
  modelEnv,
  type ScriptedServer,
  type SeenRequest,
  startGemini,
  startOpenAiChat,
} from "../../support/providers/index.ts";
import { agentInput, SIZE, signal, thirdTurn } from "./support.ts";

test.each([agentInput(), thirdTurn()])("the embedded lexicon keeps the port's contract", async (input) => {
  const { calls, report } = recorder();
  assertCandidates(await createLexiconGenerator().propose(input, SIZE, signal(), report), input, SIZE);
  expect(calls, "nothing is called").toEqual([]);
});

type Way = "candidates" | "direct slate";
type Texts = (request: SeenRequest) => { system: string; user: string; images: number };

const SERVICES: [string, () => Promise<ScriptedServer>, Texts][] = [
  ["gemini", startGemini, geminiTexts],
  ["openai-compatible", startOpenAiChat, chatTexts],
];
const WAYS: Way[] = ["candidates", "direct slate"];

describe.each(
  SERVICES.flatMap(([kind, start, textsOf]) => WAYS.map((way) => ({ kind, way, start, textsOf }))),
)("$kind, $way", ({ kind, start, textsOf, way }) => {
  let server: ScriptedServer;
  let ask: (input: AgentInput, report?: ReportCall, s?: AbortSignal) => Promise<Candidate[]>;
  let check: (s: AbortSignal) => Promise<void>;
  const env = (more: Record<string, string> = {}) =>
    modelEnv("lmm", server, {
      IMAGES: "20",
      TIMEOUT_SECONDS: "1",
      PRICE_PER_MILLION_INPUT_TOKENS: "2",
      PRICE_PER_MILLION_OUTPUT_TOKENS: "10",
      ...more,
    });
  const connect = (variables: Record<string, string>) => {
    const { generators, directSlates, infos } = providersFrom(variables);
    const [generator] = generators;
    const [writer] = directSlates;
    if (!generator || !writer) throw new Error("no adapter");
    ask = (input, report, s = signal()) =>
      way === "candidates"
        ? generator.propose(input, SIZE, s, report)
        : writer.proposeSlate(input, 4, s, report);
    check = (s) => infos.get("lmm")?.check(s) as Promise<void>;
  };
  const verify = (candidates: Candidate[], input: AgentInput) => {
    if (way === "candidates") return assertCandidates(candidates, input, SIZE);
    assertCandidates(candidates, input, { candidateCount: 4, categoryCount: 1 });
    expect(candidates[0]?.category).toBe(DIRECT_SLATE_CATEGORY);
  };

  beforeAll(async () => {
    server = await start();
    connect(env());
  });
  afterEach(() => server.reset());
  afterAll(() => server.close());

  test.each([
    ["first", agentInput()],
    ["third", thirdTurn()],
    ["cramped", agentInput({ initialPrompt: "one two three four five six", wordLimit: 7 })],
  ])("writes valid prompts for a %s turn in one call", async (_, input) => {
    const { calls, report } = recorder();
    verify(await ask(input, report), input);
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({
      provider: "lmm",
      model: kind === "gemini" ? "gemini-scripted-001" : "scripted-model",
      fault: null,
      billed: true,
      parameters: { topP: 0.95, attempt: 1, images: input.history.length * 4 },
      inputTokens: expect.any(Number),
      outputTokens: expect.any(Number),
    });
    const [call] = calls;
    expect(call?.costMicros).toBe((call?.inputTokens ?? 0) * 2 + (call?.outputTokens ?? 0) * 10);
  });

  test("is shown the whole history and the images of the chosen columns", async () => {
    await ask(thirdTurn("less fog"));
    const { system, user, images } = textsOf(server.calls[0] as SeenRequest);
    expect(images).toBe(8);
    for (const text of ["a lighthouse in a storm, number 7", "less fog", '"chosenColumn":3']) {
      expect(user).toContain(text);
      expect(system).not.toContain(text);
    }
  });

  test("sends no more images than the operator allows, the latest first", async () => {
    connect(env({ IMAGES: "6" }));
    await ask(thirdTurn());
    connect(env());
    const { images, user } = textsOf(server.calls[0] as SeenRequest);
    expect(images).toBe(6);
    expect(user.indexOf("chosen in turn 1")).toBeLessThan(user.indexOf("chosen in turn 2"));
  });

  test("draws its words by the configured nucleus and the step's seed", async () => {
    connect(env({ TOP_P: "0.8", TEMPERATURE: "1.1" }));
    const { calls, report } = recorder();
    await ask(agentInput({ seed: 11 }), report);
    await ask(agentInput({ seed: 11 }), report);
    await ask(agentInput({ seed: 12 }), report);
    connect(env());
    const seeds = calls.map((call) => call.parameters.seed);
    expect(seeds[0]).toBe(seeds[1]);
    expect(seeds[0]).not.toBe(seeds[2]);
    const body = JSON.stringify(server.calls[0]?.body);
    expect(body).toMatch(/"top_?[pP]":0\.8/);
    expect(body).toContain(`"seed":${seeds[0]}`);
    expect(body).toContain('"temperature":1.1');
  });

  // Malformed answers are mended by one more call.
  const MENDED: FaultKind[] = [
    "bad_json",
    "wrong_count",
    "not_an_image",
    "truncated",
    "bomb",
    "gzip_bomb",
    "oversize",
  ];
  test.each(MENDED)("%s once: mended by one more call", async (fault) => {
    server.fail([fault]);
    const { calls, report } = recorder();
    const input = thirdTurn();
    verify(await ask(input, report), input);
    expect(calls.map((call) => call.fault)).toEqual(["malformed", null]);
    expect(server.billed).toBe(2);
    expect(calls.every((call) => call.billed)).toBe(true);
  });

  const GIVEN_UP: [FaultKind | FaultSpec, ProviderFault, number, number][] = [
    ["refused", "unreachable", 1, 0],
    ["reset", "unreachable", 1, 1],
    ["hang", "timeout", 1, 0],
    ["slow_drip", "timeout", 1, 1],
    ["rate_limited", "rate_limited", 1, 0],
    ["server_error", "unavailable", 1, 0],
    ["blocked", "blocked", 1, 1],
    ["unauthorized", "misconfigured", 1, 0],
    ["not_found", "misconfigured", 1, 0],
    ["redirect", "misconfigured", 1, 0],
    ["bad_request", "rejected", 1, 0],
    ["bad_json", "malformed", 2, 2],
    ["not_an_image", "malformed", 2, 2],
    ["truncated", "malformed", 2, 2],
    ["oversize", "malformed", 2, 2],
  ];
  test.each(GIVEN_UP)(
    "%s: fault %s after %i call(s), %i billed; no key and no address in what it says",
    async (fault, expected, callCount, billedCount) => {
      server.fail([fault, fault]);
      const { calls, report, billed } = recorder();
      const error = await ask(agentInput(), report).catch((e: unknown) => e);
      expect(error).toBeInstanceOf(ProviderError);
      expect(error).toMatchObject({ provider: "lmm", fault: expected, retryAfterMs: null });
      expect(calls.map((call) => call.fault)).toEqual(Array(callCount).fill(expected));
      expect([billed(), server.billed]).toEqual([billedCount, billedCount]);
      const said = everythingIn([error, calls]);
      for (const secret of secretsOf(server)) expect(said).not.toContain(secret);
      expect(said, "and no prompt").not.toContain("lighthouse");
    },
  );

  test("passes on how long the service asks to wait", async () => {
    server.fail([{ kind: "rate_limited", retryAfterSeconds: 7 }]);
    await expect(ask(agentInput())).rejects.toMatchObject({ fault: "rate_limited", retryAfterMs: 7000 });
  });

  test("a service that is down is unreachable, and works again when it is back", async () => {
    await server.goOffline();
    await expect(ask(agentInput())).rejects.toMatchObject({ fault: "unreachable" });
    await server.goOnline();
    verify(await ask(agentInput()), agentInput());
  });

  test("ends at once when the caller gives up, and says so", async () => {
    server.fail(["hang"]);
    const { calls, report } = recorder();
    const gone = new AbortController();
    setTimeout(() => gone.abort(new Error("the rater left")), 50);
    await expect(ask(agentInput(), report, gone.signal)).rejects.toThrow("the rater left");
    expect(calls.map((call) => call.fault)).toEqual(["timeout"]);
    await expect.poll(() => server.calls[0]?.abandoned).toBe(true);
  });

  test("checks key, model and address without a billed call", async () => {
    await check(signal());
    expect(server.calls).toEqual([]);
    for (const [fault, name] of [
      ["unauthorized", "KEY"],
      ["not_found", "MODEL"],
    ] as const) {
      server.fail([fault], "check");
      const error = await check(signal()).catch((e: unknown) => e);
      expect(error).toMatchObject({ fault: "misconfigured" });
      expect((error as Error).message).toContain(`MODEL_LMM_${name}`);
    }
  });
});
