/** What a scripted rater reads off a page. */
import { type Reply, SimulationError } from "./client.ts";
import { alertText, parseTags, plainText } from "./html.ts";

/** A rater who agrees to everything that the page asks for. */
export function everyScope(page: Reply): [string, string][] {
  return parseTags(page.text())
    .filter((tag) => tag.name === "input" && tag.attributes.name === "scopes")
    .map((tag) => ["scopes", tag.attributes.value ?? ""]);
}

export function assignmentIdOf(page: Reply): string {
  const id = /^\/rate\/([^/?]+)/.exec(page.path)?.[1];
  if (id) return id;
  throw new SimulationError("unexpected page", `no task was started: ${alertText(page.text())}`);
}

/** Addresses of the pictures of a page, each once, in order. */
export function imagesOf(page: Reply): string[] {
  const sources = parseTags(page.text())
    .filter((tag) => tag.name === "img")
    .map((tag) => tag.attributes.src ?? "");
  return [...new Set(sources.filter((src) => src.startsWith("/images/")))];
}

export function completionCodeOf(page: Reply): string {
  const code = /completion code:?\s+([A-Z0-9][A-Z0-9_-]{2,})/i.exec(plainText(page.text()))?.[1];
  if (code) return code;
  throw new SimulationError(
    "unexpected page",
    `${page.path} shows no completion code: ${alertText(page.text())}`,
  );
}
