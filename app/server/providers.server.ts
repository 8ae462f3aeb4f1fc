import { StartupError } from "../../db/errors.ts";
import { createGeminiModel } from "../agents/gemini/index.ts";
import {
  createLanguageModelDirectSlate,
  createLanguageModelGenerator,
} from "../agents/language-model/agents.ts";
import type { LanguageModel } from "../agents/language-model/model.ts";
import { createOpenAiCompatibleModel } from "../agents/openai-compatible/index.ts";
import type { CandidateGenerator, CandidateSelector, DirectSlateAgent } from "../agents/port.ts";
import { createAttributeValueSelector } from "../agents/selectors/attribute-value.ts";
import { checkHttpValue, createHttpValueSelector } from "../agents/selectors/http-value.ts";
import { createRandomSelector } from "../agents/selectors/random.ts";
import { ProviderError, type ProviderInfo, type ProviderRole } from "../domain/provider-call.ts";
import { createGeminiClient } from "../outbound/gemini.ts";
import { createOutboundHttp, type OutboundHttp } from "../outbound/http.ts";
import { checkOpenAiModels } from "../outbound/openai.ts";
import type { Service } from "../outbound/service.ts";
import type { Log } from "../services/context.ts";
import { createGeminiImageModel } from "../t2i/gemini-image/index.ts";
import { createOpenAiImagesModel } from "../t2i/openai-images/index.ts";
import type { T2iModel } from "../t2i/port.ts";
import { checkSdWebUi, createSdWebUiModel } from "../t2i/sdwebui/index.ts";
import type { ModelConfig, ModelsConfig } from "./models-env.server.ts";

/** Adapters of everything that the operator configured, and what the pipeline and the health page know of it. */
export interface Providers {
  generators: CandidateGenerator[];
  directSlates: DirectSlateAgent[];
  selectors: CandidateSelector[];
  t2iModels: T2iModel[];
  infos: Map<string, ProviderInfo>;
}

/** Makes the adapters; nothing is sent anywhere yet. */
export function createProviders(config: ModelsConfig): Providers {
  const http = createOutboundHttp(config.privateHosts);
  const all: Providers = {
    generators: [],
    directSlates: [],
    selectors: [],
    t2iModels: [],
    infos: new Map(),
  };
  for (const model of config.models) add(all, model, http);
  return all;
}

const CHECK_TIMEOUT_MS = 10_000;

/**
 * Asks every service whether its configuration is right. Throws {@link StartupError} for what no waiting can mend, a
 * wrong key, model or address; what may pass is logged, one line each, because the rest of the study works without it.
 */
export async function checkProviders(infos: ReadonlyMap<string, ProviderInfo>, log: Log): Promise<void> {
  const errors = await Promise.all(
    [...infos.values()].map((info) =>
      info.check(AbortSignal.timeout(CHECK_TIMEOUT_MS)).then(
        () => null,
        (error: unknown) => ({ info, error }),
      ),
    ),
  );
  for (const failed of errors) {
    if (!failed) continue;
    const { info, error } = failed;
    const message = error instanceof ProviderError ? error.message : `${info.id}: no reply in time`;
    if (error instanceof ProviderError && (error.fault === "misconfigured" || error.fault === "rejected")) {
      throw new StartupError(`Model ${message}.`);
    }
    log.warn({ provider: info.id }, `model ${message}; it will be tried again when it is needed`);
  }
}

function add(all: Providers, model: ModelConfig, http: OutboundHttp): void {
  const { settings } = model;
  const service: Service = {
    id: model.id,
    kind: model.kind,
    model: settings.MODEL ?? "",
    variables: model.variables,
    baseUrl: settings.URL,
    headers: headersOf(model),
    timeoutMs: settings.TIMEOUT_SECONDS * 1000,
    prices: {
      perCall: settings.PRICE_PER_CALL ?? null,
      perMillionInputTokens: tokenPrice(settings, "PRICE_PER_MILLION_INPUT_TOKENS"),
      perMillionOutputTokens: tokenPrice(settings, "PRICE_PER_MILLION_OUTPUT_TOKENS"),
    },
    http,
  };
  const inform = (roles: ProviderRole[], check: ProviderInfo["check"]) =>
    all.infos.set(model.id, {
      id: model.id,
      kind: model.kind,
      roles,
      model: service.model,
      concurrency: settings.CONCURRENCY,
      requestsPerMinute: settings.REQUESTS_PER_MINUTE ?? null,
      check,
    });
  const addLanguageModel = (language: LanguageModel, check: ProviderInfo["check"]) => {
    all.generators.push(createLanguageModelGenerator(language));
    all.directSlates.push(createLanguageModelDirectSlate(language));
    inform(["generator", "direct_slate"], check);
  };
  const remote = { concurrency: settings.CONCURRENCY };

  switch (model.kind) {
    case "gemini": {
      const s = model.settings;
      const client = createGeminiClient(service, s.KEY);
      const options = {
        sampling: samplingOf(s),
        maxImages: s.IMAGES,
        thinkingBudget: s.THINKING_BUDGET ?? null,
      };
      addLanguageModel(createGeminiModel(client, options), client.check);
      break;
    }
    case "openai-compatible": {
      const s = model.settings;
      const options = {
        sampling: samplingOf(s),
        maxImages: s.IMAGES,
        structured: s.STRUCTURED_OUTPUT,
      };
      addLanguageModel(createOpenAiCompatibleModel(service, options), (signal) =>
        checkOpenAiModels(service, signal),
      );
      break;
    }
    case "http-value": {
      const s = model.settings;
      const fallbacks = {
        none: null,
        random: createRandomSelector(),
        "attribute-value": createAttributeValueSelector(),
      };
      const options = { batchSize: s.BATCH_SIZE ?? null, fallback: fallbacks[s.FALLBACK] };
      all.selectors.push(createHttpValueSelector(service, options));
      inform(["selector"], (signal) => checkHttpValue(service, signal));
      break;
    }
    case "openai-images": {
      const s = model.settings;
      const options = {
        ...remote,
        sizePx: s.SIZE_PX ?? null,
        responseFormat: s.RESPONSE_FORMAT,
        sendSeed: s.SEND_SEED === "1",
        steps: s.STEPS ?? null,
        guidance: s.GUIDANCE ?? null,
        negativePrompt: s.NEGATIVE_PROMPT ?? null,
        imageHosts: s.IMAGE_HOSTS,
      };
      all.t2iModels.push(createOpenAiImagesModel(service, options));
      inform(["t2i"], (signal) => checkOpenAiModels(service, signal));
      break;
    }
    case "sdwebui": {
      const s = model.settings;
      const options = {
        ...remote,
        sizePx: s.SIZE_PX ?? null,
        steps: s.STEPS,
        guidance: s.GUIDANCE,
        sampler: s.SAMPLER ?? null,
        scheduler: s.SCHEDULER ?? null,
        negativePrompt: s.NEGATIVE_PROMPT,
      };
      all.t2iModels.push(createSdWebUiModel(service, options));
      inform(["t2i"], (signal) => checkSdWebUi(service, signal));
      break;
    }
    case "gemini-image": {
      const client = createGeminiClient(service, model.settings.KEY);
      all.t2iModels.push(createGeminiImageModel(client, { ...remote, sizePx: null }));
      inform(["t2i"], client.check);
      break;
    }
  }
}

function headersOf(model: ModelConfig): Record<string, string> {
  const { kind, settings } = model;
  // Google's client puts the key into a header of its own.
  if (kind === "gemini" || kind === "gemini-image" || !settings.KEY) return {};
  if (kind === "sdwebui") {
    return { authorization: `Basic ${Buffer.from(settings.KEY).toString("base64")}` };
  }
  return { authorization: `Bearer ${settings.KEY}` };
}

function tokenPrice(
  settings: ModelConfig["settings"],
  name: "PRICE_PER_MILLION_INPUT_TOKENS" | "PRICE_PER_MILLION_OUTPUT_TOKENS",
): number | null {
  return name in settings ? ((settings as Partial<Record<typeof name, number>>)[name] ?? null) : null;
}

function samplingOf(s: { TOP_P: number; TEMPERATURE?: number | undefined; MAX_OUTPUT_TOKENS: number }) {
  return { topP: s.TOP_P, temperature: s.TEMPERATURE ?? null, maxOutputTokens: s.MAX_OUTPUT_TOKENS };
}
