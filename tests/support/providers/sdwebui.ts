import { type Painter, paint, withText } from "./replies.ts";
import type { Protocol } from "./server.ts";

interface Txt2Img {
  prompt: string;
  negative_prompt?: string;
  seed: number;
  steps?: number;
  cfg_scale?: number;
  width: number;
  height: number;
  sampler_name?: string;
}

const CHECKPOINT = "sd_xl_base_1.0";
const HASH = "31e35c80fc";

/** AUTOMATIC1111 and Forge: /sdapi/v1/txt2img; every picture carries prompt and seed as text, like the real one's. */
export function sdWebUiProtocol(options: { painter?: Painter } = {}): Protocol {
  return {
    name: "sdwebui",
    basePath: "",
    classify(method, path) {
      if (method === "POST" && path === "/sdapi/v1/txt2img") return "call";
      return method === "GET" && path === "/sdapi/v1/sd-models" ? "check" : null;
    },
    isAuthorised: (request, key) =>
      request.headers.authorization === `Basic ${Buffer.from(key).toString("base64")}`,
    givesImage: (request) => request.class === "call",
    error: (status, fault) => ({
      status,
      body: { error: "HTTPException", detail: `scripted ${fault ?? status}`, body: "", errors: "" },
    }),
    async answer(request, fault) {
      if (request.class === "check") {
        return {
          body: [{ title: `${CHECKPOINT}.safetensors [${HASH}]`, model_name: CHECKPOINT, hash: HASH }],
        };
      }
      const body = request.body as Txt2Img;
      const { prompt, seed, width, height } = body;
      const steps = body.steps ?? 20;
      const info = {
        prompt,
        seed,
        all_seeds: [seed],
        width,
        height,
        steps,
        cfg_scale: body.cfg_scale ?? 7,
        sampler_name: body.sampler_name ?? "Euler a",
        sd_model_name: CHECKPOINT,
        sd_model_hash: HASH,
        version: "v1.10.1",
      };
      const images: string[] = [];
      // The web UI has no safety filter of its own; extensions answer without an image.
      if (fault !== "wrong_count" && fault !== "blocked") {
        const png = await paint(options.painter ?? "swatch", { prompt, seed, sizePx: width }, fault);
        const note = `${prompt}\nSteps: ${steps}, Seed: ${seed}, Model: ${CHECKPOINT}`;
        images.push((fault === null ? withText(png, "parameters", note) : png).toString("base64"));
      }
      return { body: { images, parameters: body, info: JSON.stringify(info) } };
    },
  };
}
