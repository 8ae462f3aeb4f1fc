import { data, isRouteErrorResponse } from "react-router";

export interface FormFailure {
  error: { code: string; message: string; fields: Record<string, string> };
}

/**
 * For `clientAction`: when the reply never came (no connection, server restarting), the form stays as it is and says so.
 * Its submission id is unchanged, so that sending it again has one effect. Redirects and refusals are passed on.
 */
export function offlineFailure(error: unknown) {
  const isFault = isRouteErrorResponse(error) ? error.status >= 500 : error instanceof Error;
  if (!isFault) throw error;
  const failure: FormFailure = {
    error: {
      code: "UNREACHABLE",
      message:
        "Turnwise did not answer. What you entered is still here: check your connection and send it again.",
      fields: {},
    },
  };
  // The status keeps the loaders from being asked as well, which would fail in turn.
  return data(failure, { status: 503 });
}
