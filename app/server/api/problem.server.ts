import { isStorageFault } from "../../../db/errors.ts";
import { RequestError, type RequestErrorCode } from "../../domain/errors.ts";
import { ObjectStoreError } from "../../storage/errors.ts";

/** The body of every refusal (RFC 9457). */
export interface Problem {
  type: string;
  title: string;
  status: number;
  /** Stable, for programs. */
  code: RequestErrorCode | "INTERNAL";
  detail: string;
  /** What is wrong where, when fields of the body or the query are. */
  errors?: { field: string; message: string }[];
  /** What belongs to the code, e.g. until when. */
  details?: Record<string, unknown>;
}

const TITLES: Partial<Record<Problem["code"], string>> = {
  BAD_REQUEST: "The request cannot be understood",
  API_KEY_NEEDED: "An API key is needed",
  API_KEY_INVALID: "The API key is not valid",
  SCOPE_MISSING: "The API key may not do this",
  FORBIDDEN: "The key's owner may not do this",
  NOT_FOUND: "There is no such thing",
  METHOD_NOT_ALLOWED: "This address has no such method",
  INVALID_INPUT: "The input is not valid",
  SUBMISSION_ID_REUSED: "The idempotency key was used for something else",
  TOO_MANY_REQUESTS: "Too many requests",
  BODY_TOO_LARGE: "The body is too large",
  UNSUPPORTED_MEDIA_TYPE: "The body is not JSON",
  STORAGE_UNAVAILABLE: "The server cannot store anything right now",
  INTERNAL: "Something went wrong on the server",
};

/** Texts that speak of forms and pages, said for programs. */
const DETAILS: Partial<Record<Problem["code"], string>> = {
  SUBMISSION_ID_REUSED: "This Idempotency-Key was sent before with other content. Use a fresh one.",
  STORAGE_UNAVAILABLE:
    "The server cannot save right now. Try again in a moment with the same Idempotency-Key.",
};

export function problemTitle(code: Problem["code"]): string {
  const words = code.toLowerCase().replaceAll("_", " ");
  return TITLES[code] ?? words.charAt(0).toUpperCase() + words.slice(1);
}

/** Any error as a problem; faults of ours keep their cause to themselves. */
export function problemOf(error: unknown): Problem {
  const known = asRequestError(error);
  if (!known) {
    const detail = "The request was not carried out. Try again; report it if it keeps failing.";
    return {
      type: typeOf("INTERNAL"),
      title: problemTitle("INTERNAL"),
      status: 500,
      code: "INTERNAL",
      detail,
    };
  }
  const errors = Object.entries(known.fields).map(([field, message]) => ({ field, message }));
  return {
    type: typeOf(known.code),
    title: problemTitle(known.code),
    status: known.status,
    code: known.code,
    detail: DETAILS[known.code] ?? known.userMessage,
    ...(errors.length > 0 ? { errors } : {}),
    ...(Object.keys(known.details).length > 0 ? { details: known.details } : {}),
  };
}

export function problemResponse(error: unknown, headers: Record<string, string> = {}): Response {
  const problem = problemOf(error);
  return new Response(`${JSON.stringify(problem)}\n`, {
    status: problem.status,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store", ...headers },
  });
}

/** Where the documentation explains a code; relative, as RFC 9457 allows. */
function typeOf(code: Problem["code"]): string {
  return `/api/docs#error-${code}`;
}

function asRequestError(error: unknown): RequestError | null {
  if (error instanceof RequestError) return error;
  if (isStorageFault(error) || error instanceof ObjectStoreError) {
    return new RequestError("STORAGE_UNAVAILABLE", "The server cannot save right now.");
  }
  return null;
}
