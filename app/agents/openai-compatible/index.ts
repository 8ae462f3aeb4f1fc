import { z } from "zod";
import { type CallParameters, ProviderError } from "../../domain/provider-call.ts";
import { callService, type Outcome, parseJson, type Service } from "../../outbound/service.ts";
import type { LanguageModel, LanguagePart, LanguageRequest } from "../language-model/model.ts";
import type { Sampling } from "../language-model/sampling.ts";

const MAX_REPLY_BYTES = 4 * 1024 * 1024;

/** How JSON is asked for: by schema, as any JSON, or in words only, for servers that know no better. */
export const STRUCTURED_OUTPUTS = ["json_schema", "json_object", "none"] as const;
export type StructuredOutput = (typeof STRUCTURED_OUTPUTS)[number];

const replySchema = z.object({
  model: z.string().optional(),
  choices: z
    .array(
      z.object({
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
        finish_reason: z.string().nullish(),
      }),
    )
    .min(1),
  usage: z.object({ prompt_tokens: z.number().nullish(), completion_tokens: z.number().nullish() }).nullish(),
});

/** A chat endpoint of the OpenAI kind, such as vLLM's and Ollama's. */
export function createOpenAiCompatibleModel(
  service: Service,
  options: { sampling: Sampling; maxImages: number; structured: StructuredOutput },
): LanguageModel {
  return {
    id: service.id,
    model: service.model,
    maxImages: options.maxImages,
    complete(request, read, signal, report) {
      const parameters: CallParameters = {
        ...request.parameters,
        topP: options.sampling.topP,
        temperature: options.sampling.temperature,
        seed: request.seed,
        structured: options.structured,
      };
      return callService(service, { signal, report, parameters }, async (send) => {
        const body = bodyOf(service, request, options);
        const response = await send({ url: "/chat/completions", body, maxBytes: MAX_REPLY_BYTES });
        const reply = replySchema.safeParse(parseJson(service, response));
        if (!reply.success)
          throw new ProviderError(service.id, "malformed", "the reply is no chat completion");
        const { model, choices, usage } = reply.data;
        const choice = choices[0] as (typeof choices)[number];
        const known: Pick<Outcome<never>, "model" | "inputTokens" | "outputTokens"> = {
          model: model?.slice(0, 200),
          inputTokens: usage?.prompt_tokens ?? null,
          outputTokens: usage?.completion_tokens ?? null,
        };
        const failed = (fault: "blocked" | "malformed", message: string) => ({
          value: null,
          error: new ProviderError(service.id, fault, message),
          ...known,
        });
        if (choice.finish_reason === "content_filter" || choice.message.refusal) {
          return failed("blocked", "a safety filter stopped it");
        }
        if (choice.finish_reason === "length") {
          return failed(
            "malformed",
            `the answer was cut off; ${service.variables}_MAX_OUTPUT_TOKENS may be too low`,
          );
        }
        return { ...read(choice.message.content ?? ""), ...known };
      });
    },
  };
}

function bodyOf(
  service: Service,
  request: LanguageRequest,
  { sampling, structured }: { sampling: Sampling; structured: StructuredOutput },
): object {
  // Where no schema can be enforced the model is told it.
  const inWords =
    structured === "json_schema" ? "" : `\n\nJSON schema of the answer:\n${JSON.stringify(request.schema)}`;
  const formats = {
    json_schema: {
      type: "json_schema",
      json_schema: { name: "answer", strict: true, schema: request.schema },
    },
    json_object: { type: "json_object" },
    none: undefined,
  };
  return {
    model: service.model,
    messages: [
      { role: "system", content: request.system + inWords },
      { role: "user", content: contentOf(request.parts) },
    ],
    stream: false,
    top_p: sampling.topP,
    max_tokens: sampling.maxOutputTokens,
    seed: request.seed,
    ...(sampling.temperature === null ? {} : { temperature: sampling.temperature }),
    ...(formats[structured] ? { response_format: formats[structured] } : {}),
  };
}

/** Plain text where there are no images: servers of text models know nothing else. */
function contentOf(parts: LanguagePart[]): string | object[] {
  if (parts.every((part) => "text" in part)) return parts.map((part) => part.text).join("\n\n");
  return parts.map((part) =>
    "text" in part
      ? { type: "text", text: part.text }
      : {
          type: "image_url",
          image_url: { url: `data:${part.image.mimeType};base64,${part.image.base64}` },
        },
  );
}
