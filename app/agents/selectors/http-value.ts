import { z } from "zod";
import { type CallParameters, ProviderError, type ReportCall } from "../../domain/provider-call.ts";
import { asProbeError, callService, parseJson, type Service } from "../../outbound/service.ts";
import type { AgentInput, Candidate, CandidateSelector } from "../port.ts";
import { pickByValue } from "./pick-by-value.ts";

/** Of request and reply; docs/real-models.md describes both. */
const PROTOCOL_VERSION = 1;
const MAX_REPLY_BYTES = 1024 * 1024;

const replySchema = z.object({
  values: z.array(z.number()),
  model: z.string().max(200).optional(),
  version: z.string().max(200).optional(),
});

export interface HttpValueOptions {
  /** Candidates in one request; null = all. */
  batchSize: number | null;
  /** Decides when the service fails; null = the turn waits and tries again. */
  fallback: CandidateSelector | null;
}

/** A value-based policy whose value function f(history, prompt) is served by HTTP. */
export function createHttpValueSelector(service: Service, options: HttpValueOptions): CandidateSelector {
  return {
    id: service.id,
    version: service.model === "" ? String(PROTOCOL_VERSION) : service.model,
    async select(input, candidates, columnCount, signal, report) {
      try {
        const values = await valuesOf(service, options, input, candidates, signal, report);
        return pickByValue(values, candidates, columnCount, input.seed);
      } catch (error) {
        // A wrong key or address stays an error: a whole study must not run on the fallback unnoticed.
        const isPassing = error instanceof ProviderError && error.retryable;
        if (!isPassing || options.fallback === null) throw error;
        const { fallback } = options;
        return {
          ...(await fallback.select(input, candidates, columnCount, signal, report)),
          fallback: { selector: `${fallback.id}/${fallback.version}`, fault: error.fault },
        };
      }
    },
  };
}

/** Proves by a tiny request that the service gives a value for each candidate. */
export async function checkHttpValue(service: Service, signal: AbortSignal): Promise<void> {
  const input: AgentInput = {
    initialPrompt: "a lighthouse at dusk",
    history: [],
    turnIndex: 0,
    wordLimit: 20,
    seed: 1,
  };
  const candidates: Candidate[] = [
    { prompt: "a lighthouse at dusk, calm sea", category: "detail" },
    { prompt: "a watercolour of a lighthouse at dusk", category: "style" },
  ];
  try {
    await valuesOf(service, { batchSize: null }, input, candidates, signal, undefined);
  } catch (error) {
    throw error instanceof ProviderError ? asProbeError(service, error) : error;
  }
}

async function valuesOf(
  service: Service,
  options: Pick<HttpValueOptions, "batchSize">,
  input: AgentInput,
  candidates: readonly Candidate[],
  signal: AbortSignal,
  report: ReportCall | undefined,
): Promise<number[]> {
  const size = options.batchSize ?? Math.max(1, candidates.length);
  const values: number[] = [];
  for (let from = 0; from < candidates.length; from += size) {
    const batch = candidates.slice(from, from + size);
    const parameters: CallParameters = { candidates: batch.length };
    values.push(
      ...(await callService(service, { signal, report, parameters }, async (send) => {
        const body = requestOf(input, batch, from);
        const response = await send({ url: service.baseUrl, body, maxBytes: MAX_REPLY_BYTES });
        const reply = replySchema.safeParse(parseJson(service, response));
        const failed = (message: string) => ({
          value: null,
          error: new ProviderError(service.id, "malformed", message),
        });
        if (!reply.success) return failed("the reply has no list of finite numbers");
        const { values: given, model, version } = reply.data;
        if (given.length !== batch.length) {
          return failed(`the reply has ${given.length} values for ${batch.length} candidates`);
        }
        return { value: given, model: [model, version].filter(Boolean).join("/") || undefined };
      })),
    );
  }
  return values;
}

function requestOf(input: AgentInput, batch: readonly Candidate[], from: number): object {
  return {
    protocolVersion: PROTOCOL_VERSION,
    initialPrompt: input.initialPrompt,
    turnIndex: input.turnIndex,
    history: input.history.map(({ turnIndex, columns, chosenColumnIndex, critique }) => ({
      turnIndex,
      columns,
      chosenColumnIndex,
      critique,
    })),
    candidates: batch.map(({ prompt, category }, i) => ({ index: from + i, prompt, category })),
    seed: input.seed,
  };
}
