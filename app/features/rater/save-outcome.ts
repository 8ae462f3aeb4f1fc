import { paths } from "../../domain/paths.ts";

/** "refused": the server understood and said no; asking again changes nothing. */
export type SaveOutcome = "saved" | "signed_out" | "refused" | "unreachable";

export type SaveReply = Pick<Response, "ok" | "status" | "redirected" | "url"> & {
  headers: Pick<Headers, "get">;
};

const JSON_TYPE = /^application\/([\w.-]+\+)?json\b/i;

/**
 * What a reply to a save means. Only JSON from the address that was asked says that something is stored: without a
 * session `fetch` follows the redirect to the sign-in page and ends at its HTML with status 200.
 */
export function saveOutcome(reply: SaveReply): SaveOutcome {
  if (reply.status === 401) return "signed_out";
  if (reply.redirected) return isSignIn(reply.url) ? "signed_out" : "unreachable";
  if (reply.status >= 500 || reply.status === 429) return "unreachable";
  if (!reply.ok) return "refused";
  return JSON_TYPE.test(reply.headers.get("content-type") ?? "") ? "saved" : "unreachable";
}

/** Whether an address, whole or from "/", is the sign-in page. */
export function isSignIn(address: string): boolean {
  return new URL(address, "http://here").pathname === paths.signIn();
}
