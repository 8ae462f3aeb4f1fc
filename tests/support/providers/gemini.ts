import type { FaultKind } from "./faults.ts";
import { findStudyData, type Painter, paint, writeCandidates } from "./replies.ts";
import type { Protocol, Reply, SeenRequest } from "./server.ts";

interface Part {
  text?: string;
  inlineData?: { mimeType: string; data: string };
}
interface Body {
  contents: { parts: Part[] }[];
  generationConfig?: { responseModalities?: string[]; seed?: number };
}

const wantsImage = (body: Body | null) =>
  body?.generationConfig?.responseModalities?.includes("IMAGE") ?? false;

/** The Gemini API: generateContent for text and for images, and models.get. */
export function geminiProtocol(options: { painter?: Painter; sizePx?: number } = {}): Protocol {
  return {
    name: "gemini",
    basePath: "",
    classify(method, path) {
      if (method === "POST" && /^\/v1beta\/models\/[^/:]+:generateContent$/.test(path)) return "call";
      return method === "GET" && /^\/v1beta\/models\/[^/:]+$/.test(path) ? "check" : null;
    },
    isAuthorised: (request, key) => request.headers["x-goog-api-key"] === key,
    givesImage: ({ body }) => wantsImage(body as Body | null),
    error,
    async answer(request, fault) {
      if (request.class === "check") {
        return { body: { name: request.path.slice("/v1beta/".length), version: "001" } };
      }
      const body = request.body as Body;
      const parts = body.contents.flatMap((content) => content.parts);
      const seed = body.generationConfig?.seed ?? 0;
      const text = parts.map((part) => part.text ?? "").join("\n");
      if (wantsImage(body)) {
        if (fault === "blocked") return reply([], "IMAGE_SAFETY", 0);
        if (fault === "wrong_count") return reply([{ text: "Here is your picture." }], "STOP", 5);
        const png = await paint(
          options.painter ?? "swatch",
          { prompt: text, seed, sizePx: options.sizePx ?? 512 },
          fault,
        );
        return reply([{ inlineData: { mimeType: "image/png", data: png.toString("base64") } }], "STOP", 1290);
      }
      if (fault === "blocked") {
        return {
          body: { promptFeedback: { blockReason: "SAFETY" }, usageMetadata: { promptTokenCount: 9 } },
        };
      }
      const answer = await writeCandidates(findStudyData(text), seed, fault);
      return reply([{ text: answer }], fault === "truncated" ? "MAX_TOKENS" : "STOP", answer.length >> 2);
    },
  };
}

function reply(parts: Part[], finishReason: string, tokens: number): Reply {
  const content = { role: "model", ...(parts.length > 0 ? { parts } : {}) };
  return {
    body: {
      candidates: [{ content, finishReason, index: 0 }],
      usageMetadata: { promptTokenCount: 1000, candidatesTokenCount: tokens, totalTokenCount: 1000 + tokens },
      modelVersion: "gemini-scripted-001",
    },
  };
}

function error(status: number, fault: FaultKind | null): Reply {
  // Google answers a wrong key with 400.
  if (fault === "unauthorized") {
    return {
      status: 400,
      body: {
        error: {
          code: 400,
          message: "API key not valid. Please pass a valid API key.",
          status: "INVALID_ARGUMENT",
          details: [{ "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: "API_KEY_INVALID" }],
        },
      },
    };
  }
  const names: Record<number, string> = {
    400: "INVALID_ARGUMENT",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    503: "UNAVAILABLE",
  };
  return {
    status,
    body: { error: { code: status, message: `scripted ${status}`, status: names[status] ?? "INTERNAL" } },
  };
}

/** All text that a model call sent, instructions included. */
export function geminiTexts(request: SeenRequest): { system: string; user: string; images: number } {
  const body = request.body as Body & { systemInstruction?: { parts: Part[] } };
  const parts = body.contents.flatMap((content) => content.parts);
  return {
    system: (body.systemInstruction?.parts ?? []).map((part) => part.text ?? "").join("\n"),
    user: parts.map((part) => part.text ?? "").join("\n"),
    images: parts.filter((part) => part.inlineData).length,
  };
}
