import { ProviderError } from "../../domain/provider-call.ts";
import { type GeminiClient, geminiRefusal, geminiTokens } from "../../outbound/gemini.ts";
import type { T2iModel } from "../port.ts";
import { createRemoteT2iModel, type ImageReply, type RemoteModelOptions } from "../remote-model.ts";
import { decodeBase64, MAX_BASE64_REPLY_BYTES } from "../verify-image.ts";

/** An image model of Gemini through generateContent. It decides on the size in pixels itself; images are square. */
export function createGeminiImageModel(client: GeminiClient, options: RemoteModelOptions): T2iModel {
  const { service } = client;
  return createRemoteT2iModel(service, options, {
    settings: { aspectRatio: "1:1" },
    async request(send, { prompt, seed }): Promise<ImageReply> {
      const response = await client.generate(
        send,
        {
          contents: [{ role: "user", parts: [{ text: prompt }] }],
          config: { responseModalities: ["IMAGE"], imageConfig: { aspectRatio: "1:1" }, seed },
        },
        MAX_BASE64_REPLY_BYTES,
      );
      const known = { model: response.modelVersion, ...geminiTokens(response) };
      const refusal = geminiRefusal(service, response);
      if (refusal) return { bytes: null, error: refusal, ...known };
      const parts = response.candidates?.[0]?.content?.parts ?? [];
      const data = parts.find((part) => part.inlineData?.data)?.inlineData?.data;
      if (data) return { bytes: decodeBase64(data), ...known };
      const error = new ProviderError(service.id, "malformed", "the reply has no image");
      return { bytes: null, error, ...known };
    },
  });
}
