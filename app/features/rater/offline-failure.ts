import { data, isRouteErrorResponse } from "react-router";
import { isSignIn } from "./save-outcome.ts";

export interface FormFailure {
  error: { code: string; message: string; fields: Record<string, string> };
}

export const UNREACHABLE: FormFailure["error"] = {
  code: "UNREACHABLE",
  message:
    "Turnwise did not answer. What you entered is still here: check your connection and send it again.",
  fields: {},
};

export const SIGNED_OUT: FormFailure["error"] = {
  code: "SIGN_IN_NEEDED",
  message:
    "This was not sent: you are signed out. What you entered is still here. Sign in, then send it again.",
  fields: {},
};

/**
 * For `clientAction`: when the reply never came (no connection, server restarting) or was the way to the sign-in page,
 * the form stays as it is and says so. Its submission id is unchanged, so that sending it again has one effect.
 * Other redirects and refusals are passed on.
 */
export function offlineFailure(error: unknown) {
  // The status keeps the loaders from being asked as well, which would fail in turn.
  if (error instanceof Response && isSignIn(error.headers.get("location") ?? "")) {
    return failure(SIGNED_OUT, 401);
  }
  const isFault = isRouteErrorResponse(error) ? error.status >= 500 : error instanceof Error;
  if (!isFault) throw error;
  return failure(UNREACHABLE, 503);
}

function failure(error: FormFailure["error"], status: number) {
  const body: FormFailure = { error };
  return data(body, { status });
}
