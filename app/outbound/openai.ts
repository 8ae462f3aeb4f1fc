import { z } from "zod";
import { ProviderError } from "../domain/provider-call.ts";
import { parseJson, probeService, type Service } from "./service.ts";

const MAX_LIST_BYTES = 8 * 1024 * 1024;
const listSchema = z.object({ data: z.array(z.object({ id: z.string() })) });

/** Asks for the list of models: shows that address and key are right, and that the model is there. */
export async function checkOpenAiModels(service: Service, signal: AbortSignal): Promise<void> {
  const misconfigured = (message: string) => new ProviderError(service.id, "misconfigured", message);
  await probeService(service, signal, async (send) => {
    const response = await send({ url: "/models", maxBytes: MAX_LIST_BYTES });
    const list = listSchema.safeParse(parseJson(service, response));
    if (!list.success) throw misconfigured(`no list of models there; check ${service.variables}_URL`);
    const { model } = service;
    // Ollama lists "llava:latest" for what is also called "llava".
    const isThere = list.data.data.some(({ id }) => id === model || id === `${model}:latest`);
    if (model === "" || isThere) return;
    throw misconfigured(`the service does not have that model; check ${service.variables}_MODEL`);
  });
}
