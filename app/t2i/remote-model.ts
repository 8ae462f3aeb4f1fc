import { type CallParameters, ProviderError } from "../domain/provider-call.ts";
import { callService, type Outcome, type Send, type Service } from "../outbound/service.ts";
import type { RenderRequest, T2iModel } from "./port.ts";
import { NotAnImageError, verifyImage } from "./verify-image.ts";

export interface RemoteModelOptions {
  concurrency: number;
  /** Edge that is asked of the service whatever the study says, for models that are good at one size only. */
  sizePx: number | null;
}

/** What one reply of a T2I service held. */
export interface ImageReply extends Pick<Outcome<never>, "error" | "model" | "inputTokens" | "outputTokens"> {
  /** null where `error` says why there is none. */
  bytes: Buffer | null;
  /** What the service says it used. */
  used?: CallParameters;
}

/**
 * A T2I model behind HTTP: `request` speaks the protocol; this checks the image, reports the call and records what was
 * asked for and what the service says it used.
 */
export function createRemoteT2iModel(
  service: Service,
  options: RemoteModelOptions,
  protocol: {
    /** Sent with every image and recorded with it. */
    settings: CallParameters;
    request(send: Send, request: RenderRequest): Promise<ImageReply>;
  },
): T2iModel {
  const model = service.model === "" ? "loaded-model" : service.model;
  return {
    id: service.id,
    version: model,
    label: `${service.id}: ${service.model === "" ? service.kind : model}`,
    concurrency: options.concurrency,
    render({ prompt, seed, sizePx }, signal, report) {
      const edge = options.sizePx ?? sizePx;
      const parameters: CallParameters = { ...protocol.settings, sizePx: edge, seed };
      return callService(service, { signal, report, parameters }, async (send) => {
        try {
          const reply = await protocol.request(send, { prompt, seed, sizePx: edge });
          const { bytes, used, ...outcome } = reply;
          if (bytes === null) return { value: null, ...outcome };
          const image = await verifyImage(bytes);
          const known: CallParameters = {
            ...parameters,
            model: outcome.model ?? model,
            widthPx: image.widthPx,
            heightPx: image.heightPx,
            ...used,
          };
          return { value: { ...image, parameters: known }, parameters: known, ...outcome };
        } catch (error) {
          if (!(error instanceof NotAnImageError)) throw error;
          throw new ProviderError(service.id, "malformed", error.message);
        }
      });
    },
  };
}
