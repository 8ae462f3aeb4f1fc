import { z } from "zod";
import { ProviderError } from "../../domain/provider-call.ts";
import { parseJson, type Send, type Service } from "../../outbound/service.ts";
import type { T2iModel } from "../port.ts";
import { createRemoteT2iModel, type ImageReply, type RemoteModelOptions } from "../remote-model.ts";
import { decodeBase64, MAX_BASE64_REPLY_BYTES, MAX_IMAGE_BYTES } from "../verify-image.ts";

export const IMAGE_FORMATS = ["b64_json", "url", "none"] as const;

export interface OpenAiImagesOptions extends RemoteModelOptions {
  /** How images should come back; "none" leaves it to the service (some refuse the parameter). */
  responseFormat: (typeof IMAGE_FORMATS)[number];
  /** Whether the service takes a seed; where not, none is sent, and the image says so. */
  sendSeed: boolean;
  steps: number | null;
  guidance: number | null;
  negativePrompt: string | null;
  /** Hosts, as "host" or "host:port", besides the service's own from which an image's address may be fetched. */
  imageHosts: readonly string[];
}

const replySchema = z.object({
  model: z.string().max(200).optional(),
  data: z.array(z.object({ b64_json: z.string().nullish(), url: z.string().max(8192).nullish() })).min(1),
  usage: z.object({ input_tokens: z.number().nullish(), output_tokens: z.number().nullish() }).nullish(),
});

/** POST /images/generations, as vLLM-Omni, LocalAI, SGLang and OpenAI speak it. */
export function createOpenAiImagesModel(service: Service, options: OpenAiImagesOptions): T2iModel {
  const { steps, guidance, negativePrompt } = options;
  const extras = {
    ...(steps === null ? {} : { num_inference_steps: steps }),
    ...(guidance === null ? {} : { guidance_scale: guidance }),
    ...(negativePrompt === null ? {} : { negative_prompt: negativePrompt }),
  };
  return createRemoteT2iModel(service, options, {
    settings: {
      ...(steps === null ? {} : { steps }),
      ...(guidance === null ? {} : { guidance }),
      ...(negativePrompt === null ? {} : { negativePrompt }),
      seedSent: options.sendSeed,
    },
    async request(send, { prompt, seed, sizePx }): Promise<ImageReply> {
      const response = await send({
        url: "/images/generations",
        body: {
          ...(service.model === "" ? {} : { model: service.model }),
          prompt,
          n: 1,
          size: `${sizePx}x${sizePx}`,
          ...(options.responseFormat === "none" ? {} : { response_format: options.responseFormat }),
          ...(options.sendSeed ? { seed } : {}),
          ...extras,
        },
        maxBytes: MAX_BASE64_REPLY_BYTES,
      });
      const reply = replySchema.safeParse(parseJson(service, response));
      if (!reply.success) throw new ProviderError(service.id, "malformed", "the reply has no image");
      const { data, model, usage } = reply.data;
      const first = data[0] as (typeof data)[number];
      const known = {
        model,
        inputTokens: usage?.input_tokens ?? null,
        outputTokens: usage?.output_tokens ?? null,
      };
      if (first.b64_json) return { bytes: decodeBase64(first.b64_json), ...known };
      if (!first.url) throw new ProviderError(service.id, "malformed", "the reply has no image");
      return { bytes: await fetchImage(service, send, first.url, options.imageHosts), ...known };
    },
  });
}

async function fetchImage(
  service: Service,
  send: Send,
  address: string,
  imageHosts: readonly string[],
): Promise<Buffer> {
  if (address.startsWith("data:")) return decodeBase64(address);
  const url = URL.canParse(address) ? new URL(address) : null;
  const isOwn = url?.origin === service.baseUrl.origin;
  const isListed = url !== null && (imageHosts.includes(url.host) || imageHosts.includes(url.hostname));
  const isWeb =
    url?.protocol === "https:" || (url?.protocol === "http:" && service.baseUrl.protocol === "http:");
  if (!url || !isWeb || url.username !== "" || !(isOwn || isListed)) {
    throw new ProviderError(
      service.id,
      "misconfigured",
      `the image's address is on a host that is not allowed; see ${service.variables}_IMAGE_HOSTS`,
    );
  }
  const { bytes } = await send({ url, method: "GET", maxBytes: MAX_IMAGE_BYTES });
  return bytes;
}
