import type { CallParameters } from "../../domain/provider-call.ts";
import { type GeminiClient, geminiRefusal, geminiTokens } from "../../outbound/gemini.ts";
import { callService } from "../../outbound/service.ts";
import type { LanguageModel } from "../language-model/model.ts";
import type { Sampling } from "../language-model/sampling.ts";

const MAX_REPLY_BYTES = 4 * 1024 * 1024;

/** Gemini through Google's own client: structured output, images of chosen columns, nucleus sampling. */
export function createGeminiModel(
  client: GeminiClient,
  options: {
    sampling: Sampling;
    maxImages: number;
    /** Tokens for thinking; null = the model's own default. */
    thinkingBudget: number | null;
  },
): LanguageModel {
  const { service } = client;
  const { sampling, thinkingBudget } = options;
  return {
    id: service.id,
    model: service.model,
    maxImages: options.maxImages,
    complete(request, read, signal, report) {
      const parameters: CallParameters = {
        ...request.parameters,
        topP: sampling.topP,
        temperature: sampling.temperature,
        seed: request.seed,
        ...(thinkingBudget === null ? {} : { thinkingBudget }),
      };
      return callService(service, { signal, report, parameters }, async (send) => {
        const response = await client.generate(
          send,
          {
            contents: [
              {
                role: "user",
                parts: request.parts.map((part) =>
                  "text" in part
                    ? { text: part.text }
                    : { inlineData: { mimeType: part.image.mimeType, data: part.image.base64 } },
                ),
              },
            ],
            config: {
              systemInstruction: request.system,
              responseMimeType: "application/json",
              responseJsonSchema: request.schema,
              candidateCount: 1,
              seed: request.seed,
              topP: sampling.topP,
              maxOutputTokens: sampling.maxOutputTokens,
              ...(sampling.temperature === null ? {} : { temperature: sampling.temperature }),
              ...(thinkingBudget === null ? {} : { thinkingConfig: { thinkingBudget } }),
            },
          },
          MAX_REPLY_BYTES,
        );
        const refusal = geminiRefusal(service, response);
        const known = { model: response.modelVersion, ...geminiTokens(response) };
        if (refusal) return { value: null, error: refusal, ...known };
        // Not `response.text`, which warns on the console about parts that are no text.
        const parts = response.candidates?.[0]?.content?.parts ?? [];
        const text = parts.map((part) => (part.thought ? "" : (part.text ?? ""))).join("");
        return { ...read(text), ...known };
      });
    },
  };
}
