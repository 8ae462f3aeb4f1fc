import { z } from "zod";
import type { CallParameters } from "../../domain/provider-call.ts";
import { ProviderError } from "../../domain/provider-call.ts";
import { parseJson, probeService, type Service } from "../../outbound/service.ts";
import type { T2iModel } from "../port.ts";
import { createRemoteT2iModel, type ImageReply, type RemoteModelOptions } from "../remote-model.ts";
import { decodeBase64, MAX_BASE64_REPLY_BYTES } from "../verify-image.ts";

export interface SdWebUiOptions extends RemoteModelOptions {
  steps: number;
  guidance: number;
  sampler: string | null;
  scheduler: string | null;
  negativePrompt: string;
}

const replySchema = z.object({
  images: z.array(z.string()),
  info: z
    .string()
    .max(1024 * 1024)
    .optional(),
});

/** The parts of "info" that tell how the image was made. */
const infoSchema = z.object({
  seed: z.number().optional(),
  steps: z.number().optional(),
  cfg_scale: z.number().optional(),
  sampler_name: z.string().max(200).optional(),
  sd_model_name: z.string().max(200).nullish(),
  sd_model_hash: z.string().max(200).nullish(),
  sd_vae_name: z.string().max(200).nullish(),
  version: z.string().max(200).nullish(),
});

/** POST /sdapi/v1/txt2img of AUTOMATIC1111's Stable Diffusion web UI, and of Forge. */
export function createSdWebUiModel(service: Service, options: SdWebUiOptions): T2iModel {
  const { steps, guidance, sampler, scheduler, negativePrompt } = options;
  return createRemoteT2iModel(service, options, {
    settings: {
      steps,
      guidance,
      ...(sampler === null ? {} : { sampler }),
      ...(scheduler === null ? {} : { scheduler }),
      negativePrompt,
    },
    async request(send, { prompt, seed, sizePx }): Promise<ImageReply> {
      const response = await send({
        url: "/sdapi/v1/txt2img",
        body: {
          prompt: withoutExtraNetworks(prompt),
          negative_prompt: negativePrompt,
          seed,
          subseed_strength: 0,
          steps,
          cfg_scale: guidance,
          width: sizePx,
          height: sizePx,
          batch_size: 1,
          n_iter: 1,
          ...(sampler === null ? {} : { sampler_name: sampler }),
          ...(scheduler === null ? {} : { scheduler }),
          ...(service.model === "" ? {} : { override_settings: { sd_model_checkpoint: service.model } }),
          // All images of a study use one model: putting another back after each would load it again and again.
          override_settings_restore_afterwards: false,
          do_not_save_samples: true,
          do_not_save_grid: true,
          send_images: true,
          save_images: false,
        },
        maxBytes: MAX_BASE64_REPLY_BYTES,
      });
      const reply = replySchema.safeParse(parseJson(service, response));
      const [image] = reply.data?.images ?? [];
      if (!image) throw new ProviderError(service.id, "malformed", "the reply has no image");
      const used = usedOf(reply.data?.info);
      const model = used.model === undefined ? undefined : String(used.model);
      return { bytes: decodeBase64(image), used, model };
    },
  });
}

/** Asks for the list of checkpoints: shows that address and password are right, and that the model is there. */
export async function checkSdWebUi(service: Service, signal: AbortSignal): Promise<void> {
  await probeService(service, signal, async (send) => {
    const response = await send({ url: "/sdapi/v1/sd-models", maxBytes: 8 * 1024 * 1024 });
    const list = z
      .array(z.object({ title: z.string(), model_name: z.string() }))
      .safeParse(parseJson(service, response));
    if (!list.success) {
      throw new ProviderError(
        service.id,
        "misconfigured",
        `no list of checkpoints there; check ${service.variables}_URL, and start the web UI with --api`,
      );
    }
    const { model } = service;
    const isThere = list.data.some(
      (one) => one.model_name === model || one.title === model || one.title.startsWith(`${model} [`),
    );
    if (model === "" || isThere) return;
    throw new ProviderError(
      service.id,
      "misconfigured",
      `the web UI does not have that checkpoint; check ${service.variables}_MODEL`,
    );
  });
}

/**
 * The web UI loads files that a prompt names in angle brackets. Prompts go back to what raters typed, so the brackets
 * lose their meaning.
 */
function withoutExtraNetworks(prompt: string): string {
  return prompt.replace(/[<>]/g, " ").replace(/\s+/g, " ").trim();
}

/** What the web UI says it used. Its own words, where they differ from what was asked, are what is recorded. */
function usedOf(info: string | undefined): CallParameters {
  let parsed: z.infer<typeof infoSchema>;
  try {
    parsed = infoSchema.parse(JSON.parse(info ?? "{}"));
  } catch {
    return {};
  }
  const { sd_model_name: name, sd_model_hash: hash } = parsed;
  const used = {
    seed: parsed.seed,
    steps: parsed.steps,
    guidance: parsed.cfg_scale,
    sampler: parsed.sampler_name,
    model: name ? (hash ? `${name} [${hash}]` : name) : undefined,
    vae: parsed.sd_vae_name ?? undefined,
    software: parsed.version ?? undefined,
  };
  return Object.fromEntries(
    Object.entries(used).filter((entry): entry is [string, string | number] => entry[1] !== undefined),
  );
}
