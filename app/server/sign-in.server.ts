import type { RouterContextProvider } from "react-router";
import { isRole, type Role } from "../domain/roles.ts";
import { authContext, clientAddressContext, envContext } from "./context.server.ts";

export type SignInResult =
  | { kind: "ok"; headers: Headers; role: Role }
  | { kind: "refused"; status: number; message: string };

type Context = Readonly<RouterContextProvider>;

/** Calls better-auth's own handler, so that its rate limit counts. Our guard has checked the origin before. */
function callAuth(request: Request, context: Context, path: string, body: object): Promise<Response> {
  const { baseUrl } = context.get(envContext);
  return context.get(authContext).handler(
    new Request(`${baseUrl}/api/auth${path}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        origin: new URL(baseUrl).origin,
        cookie: request.headers.get("cookie") ?? "",
        "user-agent": request.headers.get("user-agent") ?? "",
        "x-turnwise-client": context.get(clientAddressContext),
      },
      body: JSON.stringify(body),
    }),
  );
}

function cookiesOf(response: Response): Headers {
  const headers = new Headers();
  for (const cookie of response.headers.getSetCookie()) headers.append("set-cookie", cookie);
  return headers;
}

/** Signs in with e-mail and password; `headers` carry the session cookie. */
export async function signIn(
  request: Request,
  context: Context,
  credentials: { email: string; password: string },
): Promise<SignInResult> {
  const response = await callAuth(request, context, "/sign-in/email", {
    email: credentials.email.trim().toLowerCase(),
    password: credentials.password,
  });
  if (response.ok) {
    const { user } = (await response.json()) as { user: { role?: string } };
    if (isRole(user.role)) return { kind: "ok", headers: cookiesOf(response), role: user.role };
    return { kind: "refused", status: 403, message: "Your account has no role. Ask an administrator." };
  }
  if (response.status === 429) {
    return { kind: "refused", status: 429, message: "Too many attempts. Wait a minute, then try again." };
  }
  if (response.status >= 500) throw new Error(`sign-in failed with ${response.status}`);
  return { kind: "refused", status: 401, message: "The e-mail address or the password is wrong." };
}

/**
 * Opens the first session of an account that was just made through an invitation. Its single-use link has proved who
 * asks, so this does not count against the sign-in limit of the address: a whole class may join behind one.
 */
export async function signInNewAccount(
  request: Request,
  context: Context,
  credentials: { email: string; password: string },
): Promise<Headers> {
  const response = await context.get(authContext).api.signInEmail({
    body: credentials,
    headers: new Headers({
      "user-agent": request.headers.get("user-agent") ?? "",
      "x-turnwise-client": context.get(clientAddressContext),
    }),
    asResponse: true,
  });
  if (!response.ok) throw new Error(`the first sign-in failed with ${response.status}`);
  return cookiesOf(response);
}

/**
 * Opens a session for a rater without a password, whose arrival has been checked and counted. Whoever was signed in in
 * this browser no longer is.
 */
export async function signInRater(request: Request, context: Context, userId: string): Promise<Headers> {
  const response = await context.get(authContext).api.openSession({
    body: { userId },
    headers: new Headers({
      "user-agent": request.headers.get("user-agent") ?? "",
      "x-turnwise-client": context.get(clientAddressContext),
    }),
    asResponse: true,
  });
  if (!response.ok) throw new Error(`opening a session failed with ${response.status}`);
  return cookiesOf(response);
}

/** Ends the session; the headers delete its cookie. */
export async function signOut(request: Request, context: Context): Promise<Headers> {
  return cookiesOf(await callAuth(request, context, "/sign-out", {}));
}
