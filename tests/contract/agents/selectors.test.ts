import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Candidate, CandidateSelector } from "../../../app/agents/port.ts";
import { createAttributeValueSelector } from "../../../app/agents/selectors/attribute-value.ts";
import { createRandomSelector } from "../../../app/agents/selectors/random.ts";
import { ProviderError, type ProviderFault } from "../../../app/domain/provider-call.ts";
import { everythingIn, providersFrom, recorder, secretsOf } from "../../support/providers/adapters.ts";
import {
  type FaultKind,
  modelEnv,
  type ScriptedServer,
  scriptedValue,
  startHttpValue,
} from "../../support/providers/index.ts";
import { agentInput, signal, thirdTurn } from "./support.ts";

const candidates: Candidate[] = ["rephrase", "detail", "style", "mood", "view"].flatMap((category) =>
  [0, 1, 2, 3, 4].map((i) => ({ prompt: `a lighthouse, ${category} ${i}`, category })),
);

let server: ScriptedServer;
const valuesSelector = (more: Record<string, string> = {}): CandidateSelector => {
  const env = modelEnv("values", server, { TIMEOUT_SECONDS: "1", PRICE_PER_CALL: "0.001", ...more });
  return providersFrom(env).selectors[0] as CandidateSelector;
};
beforeAll(async () => {
  server = await startHttpValue();
});
afterEach(() => server.reset());
afterAll(() => server.close());

describe.each([
  ["random", createRandomSelector],
  ["attribute-value", createAttributeValueSelector],
  ["http-value", valuesSelector],
] as const)("selector %s", (_, create) => {
  test("picks one candidate of each of four categories, the same for the same seed", async () => {
    const selector = create();
    const first = await selector.select(thirdTurn(), candidates, 4, signal());
    expect(await selector.select(thirdTurn(), candidates, 4, signal())).toEqual(first);
    const categories = first.picks.map((pick) => candidates[pick.candidateIndex]?.category);
    expect(new Set(categories).size).toBe(4);
    expect(first.scores).toHaveLength(25);
    expect(first.propensities).toHaveLength(25);
    expect(first.fallback).toBeUndefined();
  });

  test("refuses more columns than categories", async () => {
    await expect(create().select(agentInput(), candidates.slice(0, 10), 4, signal())).rejects.toThrow(
      "4 columns need as many categories, but there are 2",
    );
  });

  test("does nothing for a caller who has left", async () => {
    const left = AbortSignal.abort(new Error("left"));
    await expect(create().select(agentInput(), candidates, 4, left)).rejects.toThrow("left");
  });
});

describe("http-value", () => {
  test("sends the documented request and shows the best of each category, best first", async () => {
    const { calls, report } = recorder();
    const result = await valuesSelector().select(thirdTurn("less fog"), candidates, 4, signal(), report);
    expect(server.calls[0]?.body).toEqual({
      protocolVersion: 1,
      initialPrompt: "a lighthouse in a storm at night",
      turnIndex: 2,
      history: [
        expect.objectContaining({ turnIndex: 0, chosenColumnIndex: 2, critique: "" }),
        expect.objectContaining({ turnIndex: 1, chosenColumnIndex: 2, critique: "less fog" }),
      ],
      candidates: candidates.map(({ prompt, category }, index) => ({ index, prompt, category })),
      seed: 7,
    });
    const values = candidates.map(({ prompt }) => scriptedValue(prompt));
    expect(result.scores).toEqual(values);
    const best = ["rephrase", "detail", "style", "mood", "view"]
      .map((category) => Math.max(...values.filter((_, i) => candidates[i]?.category === category)))
      .sort((a, b) => b - a)
      .slice(0, 4);
    expect(result.picks.map((pick) => pick.score)).toEqual(best);
    expect(calls).toEqual([
      expect.objectContaining({
        provider: "values",
        model: "scripted-value/7",
        fault: null,
        billed: true,
        parameters: { candidates: 25 },
        costMicros: 1000,
      }),
    ]);
  });

  test("asks in batches, each with the candidates' own indices", async () => {
    const { calls, report } = recorder();
    const selector = valuesSelector({ BATCH_SIZE: "10" });
    const result = await selector.select(agentInput(), candidates, 4, signal(), report);
    expect(result.scores).toEqual(candidates.map(({ prompt }) => scriptedValue(prompt)));
    expect(calls.map((call) => call.parameters.candidates)).toEqual([10, 10, 5]);
    const third = server.calls[2]?.body as { candidates: { index: number }[] };
    expect(third.candidates.map((c) => c.index)).toEqual([20, 21, 22, 23, 24]);
  });

  const FAULTS: [FaultKind, ProviderFault][] = [
    ["refused", "unreachable"],
    ["reset", "unreachable"],
    ["hang", "timeout"],
    ["slow_drip", "timeout"],
    ["rate_limited", "rate_limited"],
    ["server_error", "unavailable"],
    ["bad_json", "malformed"],
    ["wrong_count", "malformed"],
    ["not_an_image", "malformed"],
    ["blocked", "malformed"],
    ["truncated", "malformed"],
    ["bomb", "malformed"],
    ["oversize", "malformed"],
  ];
  test.each(FAULTS)("%s: without a fallback the turn waits (%s)", async (kind, fault) => {
    server.fail([kind]);
    const { calls, report } = recorder();
    const error = await valuesSelector()
      .select(agentInput(), candidates, 4, signal(), report)
      .catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject({ fault, provider: "values" });
    expect(calls.map((call) => [call.fault, call.billed])).toEqual([[fault, server.billed === 1]]);
    const said = everythingIn([error, calls]);
    for (const secret of [...secretsOf(server), "lighthouse"]) expect(said).not.toContain(secret);
  });

  test.each(FAULTS)(
    "%s: the declared fallback decides and is named with the fault (%s)",
    async (kind, fault) => {
      server.fail([kind]);
      const { calls, report } = recorder();
      const selector = valuesSelector({ FALLBACK: "random" });
      const result = await selector.select(agentInput(), candidates, 4, signal(), report);
      const { fallback, ...decision } = result;
      expect(fallback).toEqual({ selector: "random/1", fault });
      expect(decision).toEqual(await createRandomSelector().select(agentInput(), candidates, 4, signal()));
      expect(calls.map((call) => call.fault)).toEqual([fault]);
    },
  );

  test.each(["unauthorized", "not_found", "redirect", "bad_request"] as const)(
    "%s is never hidden by a fallback",
    async (kind) => {
      server.fail([kind]);
      const selector = valuesSelector({ FALLBACK: "random" });
      await expect(selector.select(agentInput(), candidates, 4, signal())).rejects.toMatchObject({
        retryable: false,
      });
    },
  );
});
