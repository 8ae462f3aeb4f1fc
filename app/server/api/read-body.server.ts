import { RequestError } from "../../domain/errors.ts";

/** Room for a study with thousands of given prompts. */
export const API_BODY_MAX_BYTES = 2 * 1024 * 1024;
/** Beyond this the connection is given up. */
const DRAIN_MAX_BYTES = 8 * API_BODY_MAX_BYTES;

/** The JSON body. Throws 415, 413 or 400; never holds more than the limit. */
export async function readJson(request: Request): Promise<unknown> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (type !== "application/json" && !/^application\/[a-z0-9.+-]+\+json$/.test(type)) {
    throw new RequestError(
      "UNSUPPORTED_MEDIA_TYPE",
      "Send JSON with the header Content-Type: application/json.",
    );
  }
  const text = await readText(request);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new RequestError("BAD_REQUEST", "The body is not valid JSON.");
  }
  if (!isStorable(value)) {
    throw new RequestError("BAD_REQUEST", "Texts must be valid Unicode without the character U+0000.");
  }
  return value;
}

async function readText(request: Request): Promise<string> {
  const tooLarge = () =>
    new RequestError("BODY_TOO_LARGE", `A body may have at most ${API_BODY_MAX_BYTES} bytes.`);
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const reader = request.body?.getReader();
  let bytes = 0;
  let text = "";
  if (!reader) return text;
  try {
    for (;;) {
      const { done, value } = (await reader.read()) as { done: boolean; value?: Uint8Array };
      if (done && bytes > API_BODY_MAX_BYTES) throw tooLarge();
      if (done) return text + decoder.decode();
      bytes += value?.byteLength ?? 0;
      if (bytes > DRAIN_MAX_BYTES) throw tooLarge();
      // What is too much is read on and dropped: whoever still sends could not hear the answer.
      text = bytes > API_BODY_MAX_BYTES ? "" : text + decoder.decode(value, { stream: true });
    }
  } catch (error) {
    await reader.cancel().catch(() => {});
    if (error instanceof RequestError) throw error;
    throw new RequestError("BAD_REQUEST", "The body could not be read as UTF-8.");
  }
}

/** No NUL and no lone surrogate anywhere: PostgreSQL refuses both. A loop, because nesting may be deep. */
function isStorable(root: unknown): boolean {
  const fine = (text: string) => text.isWellFormed() && !text.includes("\u0000");
  const left: unknown[] = [root];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value === "string" && !fine(value)) return false;
    if (typeof value !== "object" || value === null) continue;
    for (const [key, child] of Object.entries(value)) {
      if (!fine(key)) return false;
      left.push(child);
    }
  }
  return true;
}
