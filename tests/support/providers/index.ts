import { geminiProtocol } from "./gemini.ts";
import { httpValueProtocol } from "./http-value.ts";
import { openAiChatProtocol, openAiImagesProtocol } from "./openai.ts";
import { sdWebUiProtocol } from "./sdwebui.ts";
import { type ScriptedServer, type ServerOptions, startScriptedServer } from "./server.ts";

export { FAULT_KINDS, type FaultKind, type FaultSpec, R5_FAULTS } from "./faults.ts";
export { geminiTexts } from "./gemini.ts";
export { scriptedValue } from "./http-value.ts";
export { chatTexts } from "./openai.ts";
export type { Painter } from "./replies.ts";
export type { ScriptedServer, SeenRequest, ServerOptions } from "./server.ts";

type Options<T extends (...args: never[]) => unknown> = ServerOptions & NonNullable<Parameters<T>[0]>;

/** Text with `MODEL_…_KIND=gemini`, images with `gemini-image`: the service is the same. */
export const startGemini = (options: Options<typeof geminiProtocol> = {}) =>
  startScriptedServer(geminiProtocol(options), options);
export const startOpenAiChat = (options: Options<typeof openAiChatProtocol> = {}) =>
  startScriptedServer(openAiChatProtocol(options), options);
export const startOpenAiImages = (options: Options<typeof openAiImagesProtocol> = {}) =>
  startScriptedServer(openAiImagesProtocol(options), options);
/** Its key is "user:password". */
export const startSdWebUi = (options: Options<typeof sdWebUiProtocol> = {}) =>
  startScriptedServer(sdWebUiProtocol(options), { key: "user:scripted-password-01234", ...options });
export const startHttpValue = (options: ServerOptions = {}) =>
  startScriptedServer(httpValueProtocol(), options);

/** Environment variables that make a running app use the server under the id `name`. */
export function modelEnv(
  name: string,
  server: ScriptedServer,
  more: Record<string, string> = {},
  kind = server.protocol,
): Record<string, string> {
  const settings = { KIND: kind, URL: server.url, KEY: server.key, MODEL: "scripted-model", ...more };
  if (kind === "sdwebui" || kind === "http-value") delete (settings as { MODEL?: string }).MODEL;
  const prefix = `MODEL_${name.toUpperCase().replaceAll("-", "_")}_`;
  return Object.fromEntries(Object.entries(settings).map(([key, value]) => [prefix + key, value]));
}
