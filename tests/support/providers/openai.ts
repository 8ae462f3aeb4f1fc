import type { FaultKind } from "./faults.ts";
import { findStudyData, type Painter, paint, writeCandidates } from "./replies.ts";
import type { Protocol, Reply, SeenRequest } from "./server.ts";

type ChatPart = { type: "text"; text: string } | { type: "image_url"; image_url: { url: string } };
interface ChatBody {
  model: string;
  seed?: number;
  messages: { role: "system" | "user"; content: string | ChatPart[] }[];
}

const isAuthorised: Protocol["isAuthorised"] = (request, key) =>
  request.class === "download" || request.headers.authorization === `Bearer ${key}`;

const models = (model: string): Reply => ({
  body: { object: "list", data: [{ id: model, object: "model", owned_by: "scripted" }] },
});

/** Chat completions with structured output, as vLLM and Ollama speak them. */
export function openAiChatProtocol(options: { model?: string } = {}): Protocol {
  return {
    name: "openai-compatible",
    basePath: "/v1",
    classify(method, path) {
      if (method === "POST" && path === "/v1/chat/completions") return "call";
      return method === "GET" && path === "/v1/models" ? "check" : null;
    },
    isAuthorised,
    givesImage: () => false,
    error,
    async answer(request, fault) {
      if (request.class === "check") return models(options.model ?? "scripted-model");
      const body = request.body as ChatBody;
      if (fault === "blocked") return chat({ content: "", finish_reason: "content_filter" });
      const text = await writeCandidates(findStudyData(chatTexts(request).user), body.seed ?? 0, fault);
      return chat({ content: text, finish_reason: fault === "truncated" ? "length" : "stop" }, body.model);
    },
  };
}

function chat({ content, finish_reason }: { content: string; finish_reason: string }, model = "m"): Reply {
  return {
    body: {
      id: "chatcmpl-scripted",
      object: "chat.completion",
      model,
      system_fingerprint: "fp_scripted",
      choices: [{ index: 0, message: { role: "assistant", content, refusal: null }, finish_reason }],
      usage: { prompt_tokens: 900, completion_tokens: content.length >> 2 },
    },
  };
}

/** All text that a chat call sent, and how many images. */
export function chatTexts(request: SeenRequest): { system: string; user: string; images: number } {
  const { messages } = request.body as ChatBody;
  const parts = (role: string): ChatPart[] =>
    messages
      .filter((message) => message.role === role)
      .flatMap(({ content }) => (typeof content === "string" ? [{ type: "text", text: content }] : content));
  const text = (role: string) =>
    parts(role)
      .map((part) => (part.type === "text" ? part.text : ""))
      .join("\n");
  return {
    system: text("system"),
    user: text("user"),
    images: parts("user").filter((part) => part.type === "image_url").length,
  };
}

interface ImageBody {
  model?: string;
  prompt: string;
  size: string;
  seed?: number;
  response_format?: "b64_json" | "url";
}

/** Image generations, as vLLM-Omni, LocalAI and SGLang speak them; answers with base64 or an address. */
export function openAiImagesProtocol(
  options: { painter?: Painter; model?: string; imageOrigin?: () => string } = {},
): Protocol {
  const files: Buffer[] = [];
  return {
    name: "openai-images",
    basePath: "/v1",
    classify(method, path) {
      if (method === "POST" && path === "/v1/images/generations") return "call";
      if (method === "GET" && /^\/files\/\d+\.png$/.test(path)) return "download";
      return method === "GET" && path === "/v1/models" ? "check" : null;
    },
    isAuthorised,
    givesImage: (request) => request.class !== "check",
    error,
    async answer(request, fault) {
      if (request.class === "check") return models(options.model ?? "scripted-model");
      if (request.class === "download") {
        const bytes = files[Number(/\d+/.exec(request.path)?.[0])] ?? Buffer.alloc(0);
        const bad = fault !== null && fault !== "wrong_count" && fault !== "blocked";
        const request0 = { prompt: "download", seed: 1, sizePx: 256 };
        return {
          headers: { "content-type": "image/png" },
          body: bad ? await paint(options.painter ?? "swatch", request0, fault) : bytes,
        };
      }
      const body = request.body as ImageBody;
      if (fault === "blocked") {
        return {
          status: 400,
          body: {
            error: {
              code: "content_policy_violation",
              message: "Your request was rejected by the safety system.",
              type: "invalid_request_error",
            },
          },
        };
      }
      const created = 1_700_000_000;
      if (fault === "wrong_count") return { body: { created, data: [] } };
      const sizePx = Number.parseInt(body.size, 10);
      const png = await paint(
        options.painter ?? "swatch",
        { prompt: body.prompt, seed: body.seed ?? 0, sizePx },
        fault,
      );
      if (body.response_format !== "url") {
        return { body: { created, data: [{ b64_json: png.toString("base64") }] } };
      }
      const path = `/files/${files.push(png) - 1}.png`;
      const origin = options.imageOrigin?.() ?? `http://${request.headers.host}`;
      return { body: { created, data: [{ url: `${origin}${path}` }] } };
    },
  };
}

function error(status: number, fault: FaultKind | null): Reply {
  const codes: Record<number, string> = {
    401: "invalid_api_key",
    404: "model_not_found",
    429: "rate_limit_exceeded",
  };
  const body = {
    error: { message: `scripted ${fault ?? status}`, type: "error", code: codes[status] ?? null },
  };
  return { status, body };
}
