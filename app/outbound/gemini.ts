import {
  FinishReason,
  type GenerateContentParameters,
  type GenerateContentResponse,
  GoogleGenAI,
} from "@google/genai";
import { ProviderError } from "../domain/provider-call.ts";
import { probeService, type Send, type Service } from "./service.ts";

/** Google's client, speaking through the outbound guard. The key goes nowhere but into its header. */
export interface GeminiClient {
  readonly service: Service;
  generate(
    send: Send,
    request: Omit<GenerateContentParameters, "model">,
    maxBytes: number,
  ): Promise<GenerateContentResponse>;
  /** Asks for the model's description, without cost. */
  check(signal: AbortSignal): Promise<void>;
}

const CHECK_MAX_BYTES = 1024 * 1024;

export function createGeminiClient(service: Service, apiKey: string): GeminiClient {
  const ai = new GoogleGenAI({
    apiKey,
    // Said outright: the client would otherwise look for these in the environment.
    vertexai: false,
    apiVersion: "v1beta",
    httpOptions: { baseUrl: service.baseUrl.href },
  });
  return {
    service,
    generate: (send, request, maxBytes) =>
      ai.models.generateContent({
        ...request,
        model: service.model,
        config: { ...request.config, httpOptions: { fetch: fetchThrough(send, maxBytes) } },
      }),
    async check(signal) {
      await probeService(service, signal, (send) =>
        ai.models.get({
          model: service.model,
          config: { httpOptions: { fetch: fetchThrough(send, CHECK_MAX_BYTES) } },
        }),
      );
    },
  };
}

/** The guard in the shape that the client wants; errors of the guard pass through the client as they are. */
function fetchThrough(send: Send, maxBytes: number): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, { method: init?.method ?? "GET", headers: init?.headers ?? {} });
    const response = await send({
      url: new URL(request.url),
      method: request.method === "GET" ? "GET" : "POST",
      headers: Object.fromEntries(request.headers),
      ...(typeof init?.body === "string" ? { body: init.body } : {}),
      maxBytes,
    });
    return new Response(new Uint8Array(response.bytes), {
      status: response.status,
      headers: { "content-type": response.headers["content-type"] ?? "application/json" },
    });
  };
}

const BLOCKED: ReadonlySet<string> = new Set([
  FinishReason.SAFETY,
  FinishReason.RECITATION,
  FinishReason.BLOCKLIST,
  FinishReason.PROHIBITED_CONTENT,
  FinishReason.SPII,
  FinishReason.IMAGE_SAFETY,
  FinishReason.IMAGE_PROHIBITED_CONTENT,
  FinishReason.IMAGE_RECITATION,
]);

/** Why the reply holds nothing of use, or null. A blocked prompt does not throw: it comes without candidates. */
export function geminiRefusal(service: Service, response: GenerateContentResponse): ProviderError | null {
  const blockReason = response.promptFeedback?.blockReason;
  const finishReason = response.candidates?.[0]?.finishReason;
  if (blockReason || (finishReason && BLOCKED.has(finishReason))) {
    const reason = String(blockReason ?? finishReason);
    const word = /^[A-Z_]{1,40}$/.test(reason) ? reason : "unknown reason";
    return new ProviderError(service.id, "blocked", `a safety filter stopped it (${word})`);
  }
  if (finishReason === FinishReason.MAX_TOKENS) {
    return new ProviderError(
      service.id,
      "malformed",
      `the answer was cut off; ${service.variables}_MAX_OUTPUT_TOKENS may be too low`,
    );
  }
  if (!response.candidates?.[0]) return new ProviderError(service.id, "malformed", "the reply has no answer");
  return null;
}

export function geminiTokens(response: GenerateContentResponse): {
  inputTokens: number | null;
  outputTokens: number | null;
} {
  const usage = response.usageMetadata;
  if (!usage) return { inputTokens: null, outputTokens: null };
  const output = (usage.candidatesTokenCount ?? 0) + (usage.thoughtsTokenCount ?? 0);
  return { inputTokens: usage.promptTokenCount ?? null, outputTokens: output };
}
